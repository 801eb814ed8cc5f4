//! A ledger in four books, killed under load: whatever leaves one of them arrives in another once, and soon.

use std::collections::BTreeSet;
use std::fs;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use serde_json::Value;
use shared::kernel::Points;

use crate::bench::{BUDGET, free_port};
use crate::client::Person;
use crate::client::people::{grant, resident, staff};
use crate::demo::Demo;
use crate::step::Outcome;
use crate::{places, server};

use super::{Acknowledged, WRITERS, journal_of, kill_again_and_again, replay, write};

const BOOKS: u8 = 4;
const KILLS: u32 = 30;
/// A parcel is sent again after a minute at the latest.
const PATIENCE: Duration = Duration::from_secs(75);

/// Kills the server again and again while eight people pay each other across books.
pub fn kill() -> Outcome {
    let data = places::state().join("crash-books");
    let _ = fs::remove_dir_all(&data);
    let mut demo = Demo::open(data, free_port()?, free_port()?)?;
    demo.shards = BOOKS;
    let _issuer = demo.start_issuer()?;
    let mut portal = server::start(&demo.plan()?)?;
    let mut officer = staff(&demo, "officer")?;
    let people = (0..WRITERS).map(|index| resident(&demo, &format!("resident-{:04}", 7100 + index)));
    let people = people.collect::<Outcome<Vec<_>>>()?;
    for (index, person) in people.iter().enumerate() {
        grant(&mut officer, BUDGET, person.member, Points::new(points_of(index)).ok_or("the points of everybody")?)?;
    }
    let mut auditor = staff(&demo, "auditor")?;
    let acknowledged: [Acknowledged; WRITERS] = Default::default();
    let (stop, unknown) = (AtomicBool::new(false), AtomicU64::new(0));
    thread::scope(|scope| {
        for (index, (person, acknowledged)) in people.iter().zip(&acknowledged).enumerate() {
            let (payee, stop, unknown) = (people[(index + 1) % people.len()].member, &stop, &unknown);
            scope.spawn(move || write(person, payee, index, acknowledged, stop, unknown));
        }
        let killed = kill_again_and_again(&demo, &mut portal, KILLS);
        stop.store(true, Ordering::Relaxed);
        killed
    })?;
    let journals = settled(&mut auditor)?;
    let mut count = 0;
    for (index, acknowledged) in acknowledged.into_iter().enumerate() {
        let acknowledged = acknowledged.into_inner().map_err(|_| "a writer panicked")?;
        count += acknowledged.len();
        judge(&journals, points_of(index), &acknowledged.into_iter().map(|(_, seq)| seq).collect::<Vec<_>>())?;
    }
    let between: i64 =
        journals.iter().map(|entries| replay::check(entries).map(|book| book.under_way)).sum::<Outcome<_>>()?;
    let departed = keys(&journals, "departed").len();
    if between != 0 || count < 100 || departed < 20 {
        return Err(format!("{between} points between the books, {count} acknowledged, {departed} between books"));
    }
    let unknown = unknown.into_inner();
    eprintln!(
        "  {KILLS} kills in {BOOKS} books, {count} acknowledged, {unknown} answers lost, {departed} across, all arrived"
    );
    Ok(())
}

/// How much a writer is granted: it tells their accounts apart.
const fn points_of(index: usize) -> u64 {
    10_000 + index as u64
}

/// The journals, once everything that left has arrived.
fn settled(auditor: &mut Person) -> Outcome<Vec<Vec<Value>>> {
    let start = Instant::now();
    loop {
        let journals = (0..BOOKS).map(|shard| journal_of(auditor, shard)).collect::<Outcome<Vec<_>>>()?;
        let (left, come) = (keys(&journals, "departed"), keys(&journals, "arrived"));
        match left.difference(&come).count() {
            0 if left == come => return Ok(journals),
            0 => return Err("something arrived that never left".to_owned()),
            count if start.elapsed() > PATIENCE => return Err(format!("{count} payments never arrived")),
            _ => thread::park_timeout(Duration::from_millis(500)),
        }
    }
}

/// The departures that such acts name: book and entry.
fn keys(journals: &[Vec<Value>], kind: &str) -> BTreeSet<(u64, u64)> {
    let of_book = |(shard, entries): (usize, &Vec<Value>)| {
        let named = entries.iter().filter(|entry| entry["act"]["kind"] == kind).map(move |entry| match kind {
            "arrived" => (entry["act"]["shard"].as_u64(), entry["act"]["departure"].as_u64()),
            _ => (Some(shard as u64), entry["seq"].as_u64()),
        });
        named.map(|(shard, seq)| (shard.unwrap_or(u64::MAX), seq.unwrap_or(0))).collect::<Vec<_>>()
    };
    journals.iter().enumerate().flat_map(of_book).collect()
}

/// Every acknowledged payment is an entry of its own in the payer's book.
fn judge(journals: &[Vec<Value>], granted: u64, acknowledged: &[u64]) -> Outcome {
    let is_grant = |act: &Value| act["purpose"] == "grant" && act["amount"] == granted && act["credit"].is_string();
    let found =
        journals.iter().find_map(|entries| Some((entries, entries.iter().find(|entry| is_grant(&entry["act"]))?)));
    let (entries, grant) = found.ok_or_else(|| format!("nobody was granted {granted}"))?;
    let seqs: BTreeSet<u64> = acknowledged.iter().copied().collect();
    let is_theirs = |seq: &u64| {
        let act = entries.get(*seq as usize - 1).map(|entry| &entry["act"]);
        act.is_some_and(|act| act["purpose"] == "payment" && act["debit"] == grant["act"]["credit"])
    };
    match (seqs.len() == acknowledged.len(), seqs.iter().filter(|seq| !is_theirs(seq)).count()) {
        (true, 0) => Ok(()),
        (true, count) => Err(format!("{count} acknowledged payments are not in the journal")),
        (false, _) => Err("two acknowledged payments name one entry".to_owned()),
    }
}
