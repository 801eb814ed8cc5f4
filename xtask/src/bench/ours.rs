//! Our side: a demo town of its own in a fresh folder, and people in it.

use std::path::PathBuf;

use rusqlite::Connection;
use shared::kernel::{CommandId, MemberNumber, Points};
use shared::wire::{self, Told};

use crate::backup::databases_in;
use crate::client::http::Shape;
use crate::client::{Payer, Person, pay, people};
use crate::demo::Demo;
use crate::server::{self, Running, Server};
use crate::step::{Because, Outcome, step};

use super::load::Load;
use super::random::Random;
use super::{folder, free_port};

/// The budget of the demo town that points are granted from.
pub const BUDGET: &str = "kyojo";

/// The portal and the card issuer, running.
pub struct Ours {
    /// The town.
    pub demo: Demo,
    _issuer: Running,
    portal: Server,
}

impl Ours {
    /// Starts both in a folder of that name, emptied first.
    pub fn start(name: &str) -> Outcome<Self> {
        step("start the portal", || {
            let data = folder().join(name);
            // Nothing there is as good as emptied; what cannot be emptied fails on opening.
            let _ = std::fs::remove_dir_all(&data);
            let demo = Demo::open(data, free_port()?, free_port()?)?;
            let issuer = demo.start_issuer()?;
            let portal = server::start(&demo.plan()?)?;
            Ok(Self { demo, _issuer: issuer, portal })
        })
    }

    /// Stops the portal, does something to its data, and starts it again.
    pub fn while_stopped(&mut self, work: impl FnOnce(&Demo) -> Outcome) -> Outcome {
        self.portal.kill();
        work(&self.demo)?;
        self.portal = server::start(&self.demo.plan()?)?;
        Ok(())
    }

    /// That many residents, each with a passkey and as many points as their index gives.
    pub fn residents(&self, count: u64, points: impl Fn(u64) -> u64) -> Outcome<Vec<Person>> {
        step(&format!("{count} residents join"), || {
            let people: Vec<Person> = (1..=count)
                .map(|number| people::resident(&self.demo, &format!("resident-{number:04}")))
                .collect::<Outcome<_>>()?;
            let mut officer = people::staff(&self.demo, "officer")?;
            for (index, person) in (0..).zip(&people) {
                let points = Points::try_from(points(index)).because("the points of everybody")?;
                people::grant(&mut officer, BUDGET, person.member, points)?;
            }
            Ok(people)
        })
    }
}

/// The database with that table, among those of a class of objects.
pub fn database(demo: &Demo, class: &str, table: &str) -> Outcome<PathBuf> {
    let folder = demo.data.join("objects").join(class);
    let sql = format!("SELECT 1 FROM {table}");
    let has_it = |path: &PathBuf| Connection::open(path).and_then(|opened| opened.prepare(&sql).map(drop)).is_ok();
    let mut databases = databases_in(&folder)?.into_iter().map(|name| folder.join(name));
    databases.find(has_it).ok_or_else(|| format!("no {table} in {}", folder.display()))
}

/// One client that pays a point to one of the payees, over and over.
pub struct Pays {
    head: String,
    payees: Vec<MemberNumber>,
    random: Random,
}

impl Pays {
    /// As that person.
    pub fn new(person: &Person, payees: Vec<MemberNumber>, seed: u64) -> Outcome<Self> {
        Ok(Self { head: Payer::head_of(person)?, payees, random: Random::new(seed) })
    }
}

impl Load for Pays {
    fn ask(&mut self, request: &mut Vec<u8>) -> Outcome {
        let to = *self.random.choose(&self.payees).ok_or("nobody to pay")?;
        let amount = Points::try_from(1).because("one point")?;
        let body = pay::envelope(CommandId::from_bytes(self.random.bytes()), to, amount)?;
        request.extend_from_slice(format!("{}{}\r\n\r\n", self.head, body.len()).as_bytes());
        request.extend_from_slice(&body);
        Ok(())
    }

    fn check(&mut self, shape: &Shape, bytes: &[u8]) -> Outcome<bool> {
        Ok(shape.status == 200 && matches!(wire::decode(&shape.body(bytes)?), Ok(Told::Ledger(Ok(_)))))
    }
}
