//! P5: what ten times the people and ten times the history cost somebody who pays.

use rusqlite::Connection;

use crate::client::Person;
use crate::demo::Demo;
use crate::step::{Because, Outcome, step};

use super::figures::{Comparison, p99};
use super::load::{Until, drive};
use super::ours::{Ours, Pays, database};
use super::{Pace, in_turn, machine};

/// People who pay each other at once.
const CLIENTS: u64 = 50;
/// Accounts and entries of the two towns.
const TOWNS: [(u64, u64); 2] = [(100_000, 1_000_000), (10_000, 100_000)];
const POINTS_EACH: u64 = 40_000;

struct Town {
    ours: Ours,
    people: Vec<Person>,
    name: String,
    seed: u64,
}

impl Town {
    fn start((accounts, entries): (u64, u64)) -> Outcome<Self> {
        let mut ours = Ours::start(&format!("growth-{accounts}"))?;
        let people = ours.residents(CLIENTS, |_| POINTS_EACH)?;
        let name = format!("{accounts} accounts, {entries} entries");
        step(&format!("fill up to {name}"), || ours.while_stopped(|demo| fill(demo, accounts, entries)))?;
        Ok(Self { ours, people, name, seed: accounts })
    }

    /// The median and the 99th percentile of a payment, in milliseconds.
    fn pay(&mut self, seconds: u64) -> Outcome<(f64, f64)> {
        let mut loads = Vec::new();
        for (index, person) in self.people.iter().enumerate() {
            let others = self.people.iter().enumerate().filter(|(other, _)| *other != index);
            self.seed += 1;
            let seed = self.seed.wrapping_mul(0x2545_f491_4f6c_dd1d);
            loads.push(Pays::new(person, others.map(|(_, person)| person.member).collect(), seed)?);
        }
        let tally = drive(self.ours.demo.port, Until::Seconds(seconds), &mut loads)?.sound("the portal")?;
        let (half, most) = (tally.percentile(50), tally.percentile(99));
        eprintln!("  {}: {:.0} payments/s, p50 {half:.2} ms, p99 {most:.2} ms", self.name, tally.rate());
        Ok((half, most))
    }
}

/// Both towns in every round.
pub fn run(pace: Pace) -> Outcome<(Vec<String>, Vec<Comparison>)> {
    let [large, small] = TOWNS.map(Town::start);
    let mut towns = [large?, small?];
    let pairs = in_turn(pace, &mut towns, Town::pay)?;
    let notes = vec![
        format!("{}; {CLIENTS} people pay each other", machine(pace)),
        format!("ours: {}; the peer: {}", towns[0].name, towns[1].name),
    ];
    let row = Comparison {
        id: "P5-pay".to_owned(),
        peer_name: "a tenth of it",
        unit: "ms, p99 of a payment",
        clients: CLIENTS as usize,
        ours: p99(&pairs[0]),
        peer: p99(&pairs[1]),
        latencies: Some(pairs),
    };
    Ok((notes, vec![row]))
}

/// Accounts nobody uses, as rich as the residents', and entries between them, each as large as a grant. Their hashes are
/// no chain: nothing here is proven at night.
fn fill(demo: &Demo, accounts: u64, entries: u64) -> Outcome {
    let path = database(demo, "meguri-Ledger", "entry")?;
    let opened = Connection::open(&path).because(path.display())?;
    let count = |table: &str| -> Outcome<u64> {
        let sql = format!("SELECT count(*) FROM {table}");
        opened.query_row(&sql, [], |row| row.get::<_, i64>(0)).because("counting").map(i64::unsigned_abs)
    };
    let (had, written) = (count("account")?, count("entry")?);
    let sql = format!(
        "BEGIN;
         CREATE TEMP TABLE somebody (n INTEGER PRIMARY KEY, id BLOB);
         WITH RECURSIVE n (n) AS (VALUES (1) UNION ALL SELECT n + 1 FROM n WHERE n < {accounts} - {had})
         INSERT INTO somebody SELECT n, randomblob(16) FROM n;
         INSERT INTO account (id, kind, posted, held, lots, ends)
           SELECT s.id, p.kind, p.posted, p.held, p.lots, p.ends
           FROM somebody AS s, (SELECT * FROM account WHERE kind = 0 LIMIT 1) AS p ORDER BY s.id;
         WITH RECURSIVE n (n) AS (VALUES ({written} + 1) UNION ALL SELECT n + 1 FROM n WHERE n < {entries})
         INSERT INTO entry SELECT n, p.at, p.body, randomblob(32) FROM n, (SELECT at, body FROM entry ORDER BY seq DESC LIMIT 1) AS p;
         INSERT INTO posting SELECT s.id, e.seq, side.column1
           FROM entry AS e, (VALUES (1), (-1)) AS side
           JOIN somebody AS s ON s.n = 1 + (e.seq * 7919 + side.column1 * 104729) % ({accounts} - {had})
           WHERE e.seq > {written};
         INSERT INTO command SELECT randomblob(16), randomblob(32), seq, seq, at FROM entry WHERE seq > {written};
         COMMIT;"
    );
    opened.execute_batch(&sql).because("filling the Ledger")?;
    let found = (count("account")?, count("entry")?, count("posting")? >= 2 * (entries - written));
    if found == (accounts, entries, true) { Ok(()) } else { Err(format!("{found:?} instead of {accounts}, {entries}")) }
}
