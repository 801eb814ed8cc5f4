//! P3: durable transfers a second. Ours over HTTP with session and object hop, beside PostgreSQL straight from pgbench
//! and beside axum over HTTP.
//!
//! Hot: everybody pays into one account. Spread: fifty accounts pay each other. Every acknowledged transfer of every
//! contestant is looked for afterwards.

use crate::client::Person;
use crate::places;
use crate::server::Running;
use crate::step::{Outcome, step};

use super::figures::Comparison;
use super::load::{Until, drive};
use super::ours::Ours;
use super::postgres::Postgres;
use super::{Pace, axum, machine, ours};

mod replay;

/// Concurrent clients.
const CLIENTS: usize = 64;
/// Accounts that pay each other where the load is spread.
const SPREAD: usize = 50;
/// What everybody begins with.
const POINTS_EACH: u64 = 40_000;
/// What everybody begins with at the peers, where it does not have to fit a budget.
const PEER_POINTS_EACH: u64 = 1_000_000_000;

/// Where the payments go.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Shape {
    Hot,
    Spread,
}

impl Shape {
    const ALL: [Self; 2] = [Self::Hot, Self::Spread];

    const fn word(self) -> &'static str {
        match self {
            Self::Hot => "hot",
            Self::Spread => "spread",
        }
    }

    /// Index of the account that a client pays from.
    const fn payer(self, client: usize) -> usize {
        match self {
            Self::Hot => client,
            Self::Spread => client % SPREAD,
        }
    }

    /// Indices of the accounts that a client pays into. One more person than clients, whom everybody pays, is the hot one.
    fn payees(self, client: usize) -> Vec<usize> {
        match self {
            Self::Hot => vec![CLIENTS],
            Self::Spread => (0..SPREAD).filter(|&index| index != self.payer(client)).collect(),
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Who {
    Ours,
    Pgbench,
    Axum,
}

/// Everything that runs, and what each has acknowledged so far. The peer ends before the database it writes.
struct Field {
    ours: Ours,
    people: Vec<Person>,
    axum: Running,
    postgres: Postgres,
    acknowledged_ours: u64,
    acknowledged_peers: u64,
    seed: u64,
}

/// Runs all rounds and gives the notes and rows of the table.
pub fn run(pace: Pace) -> Outcome<(Vec<String>, Vec<Comparison>)> {
    let mut field = Field::start()?;
    let mut measured: Vec<(Shape, Who, f64)> = Vec::new();
    for (round, seconds, counts) in pace.plan() {
        step(&if counts { format!("round {round} of {}", pace.rounds) } else { "warm-up".to_owned() }, || {
            let mut order = [Who::Ours, Who::Pgbench, Who::Axum];
            if round % 2 == 0 {
                order.reverse();
            }
            for shape in Shape::ALL {
                for who in order {
                    let rate = field.measure(shape, who, seconds)?;
                    eprintln!("  {:<7} {who:?}: {rate:.0} transfers/s", shape.word());
                    measured.extend(counts.then_some((shape, who, rate)));
                }
            }
            Ok(())
        })?;
    }
    let mut notes = vec![
        format!("{}; {CLIENTS} clients", machine(pace)),
        "durable: fsync on for both; hot: all pay into one account; spread: 50 accounts pay each other".to_owned(),
        "ours: HTTP, session, object hop, SQLite; pgbench: one stored function, prepared; axum: HTTP, session look-up, the same function".to_owned(),
    ];
    notes.push(field.verify()?);
    Ok((notes, comparisons(&measured)))
}

fn comparisons(measured: &[(Shape, Who, f64)]) -> Vec<Comparison> {
    let rates = |shape, who| -> Vec<f64> {
        measured.iter().filter(|one| (one.0, one.1) == (shape, who)).map(|one| one.2).collect()
    };
    let row = |shape: Shape, who, suffix, peer_name| Comparison {
        id: format!("P3-{}{suffix}", shape.word()),
        peer_name,
        unit: "transfers/s",
        clients: CLIENTS,
        ours: rates(shape, Who::Ours),
        peer: rates(shape, who),
        latencies: None,
    };
    let against = [(Who::Pgbench, "", "pgbench"), (Who::Axum, "-http", "axum")];
    against.into_iter().flat_map(|(who, suffix, name)| Shape::ALL.map(|shape| row(shape, who, suffix, name))).collect()
}

impl Field {
    fn start() -> Outcome<Self> {
        let postgres = Postgres::start()?;
        prepare(&postgres)?;
        let axum = axum::start(&postgres)?;
        let ours = Ours::start("ledger")?;
        let people = ours.residents(CLIENTS as u64 + 1, |_| POINTS_EACH)?;
        Ok(Self { ours, people, axum, postgres, acknowledged_ours: 0, acknowledged_peers: 0, seed: 1 })
    }

    /// Another seed for each client of each run: a command's id is never used twice.
    const fn seed(&mut self) -> u64 {
        self.seed += 1;
        self.seed.wrapping_mul(0x2545_f491_4f6c_dd1d)
    }

    fn measure(&mut self, shape: Shape, who: Who, seconds: u64) -> Outcome<f64> {
        match who {
            Who::Ours => self.measure_ours(shape, seconds),
            Who::Pgbench => self.measure_pgbench(shape, seconds),
            Who::Axum => self.measure_axum(shape, seconds),
        }
    }

    fn measure_ours(&mut self, shape: Shape, seconds: u64) -> Outcome<f64> {
        let mut loads = Vec::new();
        for client in 0..CLIENTS {
            let payees =
                shape.payees(client).into_iter().filter_map(|index| Some(self.people.get(index)?.member)).collect();
            let seed = self.seed();
            let payer = self.people.get(shape.payer(client)).ok_or("too few people")?;
            loads.push(ours::Pays::new(payer, payees, seed)?);
        }
        let tally = drive(self.ours.demo.port, Until::Seconds(seconds), &mut loads)?.sound("the portal")?;
        self.acknowledged_ours += tally.right;
        Ok(tally.rate())
    }

    fn measure_axum(&mut self, shape: Shape, seconds: u64) -> Outcome<f64> {
        let mut loads = Vec::new();
        for client in 0..CLIENTS {
            let account = |index: usize| index as u64 + 1;
            let payees = shape.payees(client).into_iter().map(account).collect();
            loads.push(axum::Pays::new(self.axum.port, account(shape.payer(client)), payees, self.seed()));
        }
        let tally = drive(self.axum.port, Until::Seconds(seconds), &mut loads)?.sound("axum")?;
        self.acknowledged_peers += tally.right;
        Ok(tally.rate())
    }

    fn measure_pgbench(&mut self, shape: Shape, seconds: u64) -> Outcome<f64> {
        let script = places::root().join(format!("xtask/bench/ledger/{}.sql", shape.word()));
        let counted = self.postgres.pgbench(&script, CLIENTS, seconds)?;
        self.acknowledged_peers += counted.transactions;
        Ok(counted.rate)
    }

    /// Every acknowledged transfer is there and no point was made or lost, on either side.
    fn verify(&self) -> Outcome<String> {
        step("look for every acknowledged transfer", || {
            let granted = POINTS_EACH * self.people.len() as u64;
            let hot = self.people.last().ok_or("too few people")?;
            let ours = replay::verify(&self.ours.demo, hot, self.acknowledged_ours, granted)?;
            let entries = self.postgres.number("SELECT count(*) FROM entry")?;
            if entries != self.acknowledged_peers {
                return Err(format!("PostgreSQL keeps {entries} entries of {} acknowledged", self.acknowledged_peers));
            }
            let total = self.postgres.number("SELECT sum(balance) FROM account")?;
            if total != PEER_POINTS_EACH * (CLIENTS as u64 + 1) {
                return Err(format!("PostgreSQL's balances come to {total}"));
            }
            Ok(format!("every acknowledged transfer found, sums conserved: {ours} of ours, {entries} of the peers"))
        })
    }
}

/// Tables, accounts and sessions of the peers.
fn prepare(postgres: &Postgres) -> Outcome {
    postgres.file(&places::root().join("xtask/bench/ledger/schema.sql"))?;
    let accounts = CLIENTS + 1;
    postgres
        .sql(&format!("INSERT INTO account SELECT id, {PEER_POINTS_EACH} FROM generate_series(1, {accounts}) AS id"))?;
    let sessions: Vec<String> = (1..=CLIENTS as u64)
        .map(|account| format!("('{}', {account}, now() + interval '1 day')", axum::session(account)))
        .collect();
    postgres.sql(&format!("INSERT INTO session VALUES {}", sessions.join(", ")))?;
    postgres.sql("VACUUM ANALYZE").map(drop)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nobody_pays_themself_and_the_hot_account_only_receives() {
        for client in 0..CLIENTS {
            for shape in Shape::ALL {
                let (payer, payees) = (shape.payer(client), shape.payees(client));
                assert!(!payees.contains(&payer) && !payees.is_empty());
                assert!(payer < CLIENTS && payees.iter().all(|&payee| payee <= CLIENTS));
            }
            assert_eq!(Shape::Hot.payees(client), [CLIENTS]);
            assert_eq!(Shape::Spread.payees(client).len(), SPREAD - 1);
        }
    }

    #[test]
    fn every_peer_has_a_row_for_each_shape() {
        let measured = [(Shape::Hot, Who::Ours, 30.0), (Shape::Hot, Who::Pgbench, 10.0), (Shape::Hot, Who::Axum, 5.0)];
        let rows = comparisons(&measured);
        let ids: Vec<&str> = rows.iter().map(|row| row.id.as_str()).collect();
        assert_eq!(ids, ["P3-hot", "P3-spread", "P3-hot-http", "P3-spread-http"]);
        assert_eq!(rows.iter().take(1).map(Comparison::ratio).sum::<f64>(), 3.0);
    }
}
