//! Identity: an answer of a passkey verified and a session looked at, in the runtime and natively; and signing in over HTTP with
//! a thousand accounts in the Registry and with a hundred times as many.

use std::process::Command;
use std::thread;
use std::time::Instant;

use rusqlite::Connection;

use crate::client::Person;
use crate::client::people::{begin_sign_in, entered};
use crate::demo::Demo;
use crate::step::{Because, Outcome, read, step};
use crate::{build, places, server};

use super::figures::{Comparison, p99, percentile};
use super::ours::{Ours, database};
use super::{Pace, folder, free_port, in_turn, machine};

/// People who sign in at once.
const PEOPLE: u64 = 8;
/// Accounts in all, in each of the two towns.
const ACCOUNTS: [u64; 2] = [100_000, 1_000];
/// How often each is done between two looks at the clock: a look at a session is a thousand times as quick.
const TIMES: [(&str, u32); 2] = [("verify", 400), ("look", 100_000)];

/// Runs all rounds and gives the notes and rows of the table.
pub fn run(pace: Pace) -> Outcome<(Vec<String>, Vec<Comparison>)> {
    let mut rows = crossings(pace)?;
    rows.push(accounts(pace)?);
    let notes = vec![
        machine(pace),
        "verify: an answer of a passkey; look: a session, from message to message; the peer is the same code, native"
            .to_owned(),
        format!("sign-in: FinishSignIn over HTTP, {PEOPLE} people at once; ours has 100,000 accounts, the peer 1,000"),
    ];
    Ok((notes, rows))
}

/// How many a second in the runtime, and natively.
fn crossings(pace: Pace) -> Outcome<Vec<Comparison>> {
    build::edge(&["selftest"], "measured")?;
    let data = folder().join("identity-runtime");
    let _ = std::fs::remove_dir_all(&data);
    let demo = Demo::open(data, free_port()?, free_port()?)?;
    let running = server::start_alone(&server::Plan { module: "measured", ..demo.plan()? })?;
    let links = demo.staff_links();
    let code = links.first().and_then(|(_, link)| link.rsplit('/').next()).ok_or("no staff link")?;
    let seconds = |what: &str, times: u32| -> Outcome<f64> {
        let url = format!("http://127.0.0.1:{}/measure?code={code}&what={what}&times={times}", running.port);
        let start = Instant::now();
        ureq::get(&url).call().because(format!("measuring {what}"))?;
        Ok(start.elapsed().as_secs_f64())
    };
    let mut rounds: [Vec<(f64, f64)>; 2] = [Vec::new(), Vec::new()];
    // The first opens the objects and lets the engine optimise.
    for (_, _, counts) in pace.plan() {
        let native = native()?;
        for (((what, times), native), rounds) in TIMES.into_iter().zip(native).zip(&mut rounds) {
            // A request that does nothing is taken off.
            let took = seconds(what, times)? - seconds(what, 0)?;
            let (ours, peer) = (f64::from(times) / took, 1e6 / native);
            eprintln!("  {what}: {ours:.0}/s in the runtime, {peer:.0}/s natively");
            rounds.extend(counts.then_some((ours, peer)));
        }
    }
    let row = |(id, rounds): (&str, &Vec<(f64, f64)>)| {
        let (ours, peer) = rounds.iter().copied().unzip();
        Comparison { id: id.to_owned(), peer_name: "native", unit: "/s", clients: 1, ours, peer, latencies: None }
    };
    Ok(["identity-verify", "identity-look"].into_iter().zip(&rounds).map(row).collect())
}

/// Microseconds of a verification and of a look, natively.
fn native() -> Outcome<[f64; 2]> {
    let test = ["test", "--quiet", "--release", "--package", "edge", "--lib", "--features", "bench"];
    let said = read(
        Command::new("cargo")
            .args(test)
            .args(["identity::trial::native::measured", "--", "--nocapture"])
            .env("MEGURI_TIMES", TIMES.map(|(_, times)| times.to_string()).join(" "))
            .current_dir(places::root()),
    )?;
    let figures = said.lines().find_map(|line| line.strip_prefix("measured ")).ok_or("nothing was measured")?;
    let figures: Vec<f64> = figures.split(' ').filter_map(|figure| figure.parse().ok()).collect();
    figures.try_into().map_err(|_| "not two figures".to_owned())
}

/// One town with its people.
struct Town {
    ours: Ours,
    people: Vec<Person>,
    accounts: u64,
}

impl Town {
    fn start(accounts: u64) -> Outcome<Self> {
        let mut ours = Ours::start(&format!("identity-{accounts}"))?;
        let people = ours.residents(PEOPLE, |_| 1)?;
        step(&format!("fill up to {accounts} accounts"), || ours.while_stopped(|demo| fill(demo, accounts)))?;
        Ok(Self { ours, people, accounts })
    }

    /// Everybody signs in over and over, for that long: how long each took, in milliseconds.
    fn sign_ins(&mut self, seconds: u64) -> Outcome<Vec<f64>> {
        let origin = self.ours.demo.origin();
        let each = thread::scope(|scope| {
            let started: Vec<_> =
                self.people.iter_mut().map(|person| scope.spawn(|| sign_ins(person, &origin, seconds))).collect();
            started
                .into_iter()
                .map(|one| one.join().map_err(|_| "a thread panicked".to_owned())?)
                .collect::<Outcome<Vec<_>>>()
        });
        Ok(each?.concat())
    }
}

fn sign_ins(person: &mut Person, origin: &str, seconds: u64) -> Outcome<Vec<f64>> {
    let (start, mut took) = (Instant::now(), Vec::new());
    while start.elapsed().as_secs() < seconds {
        let answer = begin_sign_in(&mut person.browser, origin, &mut person.device)?;
        let asked = Instant::now();
        entered(person.browser.tell(origin, &answer)?)?;
        took.push(asked.elapsed().as_secs_f64() * 1e3);
    }
    Ok(took)
}

fn accounts(pace: Pace) -> Outcome<Comparison> {
    let [large, small] = ACCOUNTS.map(Town::start);
    let pairs = in_turn(pace, &mut [large?, small?], |town, seconds| {
        let took = town.sign_ins(seconds)?;
        let (half, most) = (percentile(&took, 50), percentile(&took, 99));
        eprintln!("  {} accounts: {} sign-ins, p50 {half:.2} ms, p99 {most:.2} ms", town.accounts, took.len());
        Ok((half, most))
    })?;
    Ok(Comparison {
        id: "identity-accounts".to_owned(),
        peer_name: "1,000 accounts",
        unit: "ms, p99 of a sign-in",
        clients: PEOPLE as usize,
        ours: p99(&pairs[0]),
        peer: p99(&pairs[1]),
        latencies: Some(pairs),
    })
}

/// Accounts nobody uses, each as large as that of the first resident, with a passkey, a session and three lines of its log.
fn fill(demo: &Demo, accounts: u64) -> Outcome {
    let path = database(demo, "meguri-Registry", "person")?;
    let opened = Connection::open(&path).because(path.display())?;
    let sql = format!(
        "BEGIN;
         WITH RECURSIVE n (n) AS (VALUES (1) UNION ALL SELECT n + 1 FROM n WHERE n < {accounts} - {PEOPLE})
         INSERT INTO person (id, card_key, name_key, member, record, sealed)
           SELECT randomblob(16), randomblob(32), randomblob(32), -n, p.record, p.sealed
           FROM n, (SELECT record, sealed FROM person WHERE card_key IS NOT NULL LIMIT 1) AS p;
         INSERT INTO passkey SELECT randomblob(16), person.id, randomblob(32), p.record
           FROM person, (SELECT record FROM passkey LIMIT 1) AS p WHERE person.member < 0;
         INSERT INTO session SELECT randomblob(32), person.id, p.seen_at, p.record
           FROM person, (SELECT seen_at, record FROM session LIMIT 1) AS p WHERE person.member < 0;
         INSERT INTO log (person, seq, hash, sealed, day) SELECT person.id, seq.column1, randomblob(32), p.sealed, p.day
           FROM person, (VALUES (1), (2), (3)) AS seq, (SELECT sealed, day FROM log LIMIT 1) AS p WHERE person.member < 0;
         COMMIT;"
    );
    opened.execute_batch(&sql).because("filling the Registry")?;
    let count: i64 = opened
        .query_row("SELECT count(*) FROM person WHERE card_key IS NOT NULL", [], |row| row.get(0))
        .because("counting")?;
    if u64::try_from(count) == Ok(accounts) { Ok(()) } else { Err(format!("{count} accounts instead of {accounts}")) }
}
