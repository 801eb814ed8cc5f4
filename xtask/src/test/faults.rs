//! The server under faults: the contract suites inside the runtime, and kill -9 under load.

pub mod books;
pub mod live;
pub mod replay;

use std::fs;
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use shared::kernel::{CommandId, MemberNumber, Points};

use crate::bench::{BUDGET, free_port};
use crate::client::people::{grant, resident, staff};
use crate::client::{Payer, Person};
use crate::demo::Demo;
use crate::step::{Because, Outcome};
use crate::{build, places, server};

use super::backup;

const WRITERS: usize = 8;
const KILLS: u32 = 100;

/// Runs the suites that every store must pass, and the rollback test, inside the runtime.
pub fn selftest() -> Outcome {
    build::edge(&["selftest"], build::SELFTEST)?;
    let data = places::state().join("selftest");
    let _ = fs::remove_dir_all(&data);
    let demo = Demo::open(data, free_port()?, free_port()?)?;
    let plan = server::Plan { module: "selftest", ..demo.plan()? };
    let running = server::start_alone(&plan)?;
    let url = format!("http://127.0.0.1:{}/selftest", running.port);
    // An object that answers nobody any more must not keep us.
    let patience = Some(Duration::from_secs(120));
    let answer = ureq::get(&url).config().http_status_as_error(false).timeout_global(patience).build().call();
    let mut answer = answer.map_err(|error| format!("the selftest did not answer: {error}"))?;
    let said = answer.body_mut().read_to_string().map_err(|error| error.to_string())?;
    eprintln!("{said}");
    if answer.status() == 200 { Ok(()) } else { Err("a case failed inside the runtime".to_owned()) }
}

/// Far below what an asker waits for an answer at most.
const AT_ONCE: Duration = Duration::from_secs(5);

/// What a writer knows was acknowledged: its command, and the entry it was told.
type Acknowledged = Mutex<Vec<(CommandId, u64)>>;

/// Kills the server a hundred times, or the objects alone, while eight people pay each other; then everything acknowledged must be there once,
/// the sum zero and the chain whole.
pub fn kill() -> Outcome {
    let data = places::state().join("crash");
    let _ = fs::remove_dir_all(&data);
    let demo = Demo::open(data, free_port()?, free_port()?)?;
    let _issuer = demo.start_issuer()?;
    let mut portal = server::start(&demo.plan()?)?;
    let mut officer = staff(&demo, "officer")?;
    let people = (0..WRITERS)
        .map(|index| resident(&demo, &format!("resident-{:04}", 7000 + index)))
        .collect::<Outcome<Vec<_>>>()?;
    let start = Points::new(10_000).ok_or("ten thousand points")?;
    for person in &people {
        grant(&mut officer, BUDGET, person.member, start)?;
    }
    let mut auditor = staff(&demo, "auditor")?;
    let before = journal(&mut auditor)?.len() as u64;
    let (acknowledged, stop, unknown) = (Acknowledged::default(), AtomicBool::new(false), AtomicU64::new(0));
    let saved = thread::scope(|scope| {
        for (index, person) in people.iter().enumerate() {
            let payee = people[(index + 1) % people.len()].member;
            let (acknowledged, stop, unknown) = (&acknowledged, &stop, &unknown);
            scope.spawn(move || write(person, payee, index, acknowledged, stop, unknown));
        }
        let killed = kill_again_and_again(&demo, &mut portal, KILLS);
        let known = acknowledged.lock().map(|list| list.iter().map(|(_, seq)| *seq).collect()).unwrap_or_default();
        let saved = killed.and_then(|()| backup::save(&demo, known));
        stop.store(true, Ordering::Relaxed);
        saved
    });
    let saved = saved?;
    backup::judge(&saved, &demo, &mut portal, &mut auditor)?;
    without_objects(&demo, &mut portal, &mut auditor)?;
    another_key(&demo, &mut portal, &mut auditor)?;
    let entries = journal(&mut auditor)?;
    let acknowledged = acknowledged.into_inner().map_err(|_| "a writer panicked")?;
    judge(&entries, &acknowledged, before)?;
    eprintln!(
        "  {KILLS} kills, {} acknowledged, {} answers lost, {} entries, nothing missing",
        acknowledged.len(),
        unknown.into_inner(),
        entries.len()
    );
    Ok(())
}

fn kill_again_and_again(demo: &Demo, portal: &mut server::Server, kills: u32) -> Outcome {
    let plan = demo.plan()?;
    for round in 0..kills {
        // Different moments within a commit, the same in every run.
        let moment = Duration::from_millis(200 + u64::from(round * 37 % 300));
        let start = Instant::now();
        while start.elapsed() < moment {
            thread::yield_now();
            thread::park_timeout(Duration::from_millis(5));
        }
        if round % 4 == 3 {
            // The portal lives on, with what it had asked.
            portal.kill_objects();
            portal.start_objects(&plan)?;
        } else {
            portal.kill();
            *portal = server::start(&plan)?;
        }
    }
    Ok(())
}

/// A portal that has lost the objects says so, at once and in a page, and goes on as soon as they are back.
fn without_objects(demo: &Demo, portal: &mut server::Server, auditor: &mut Person) -> Outcome {
    portal.kill_objects();
    for path in ["/readyz", "/", "/me", "/help"] {
        let asked = Instant::now();
        let answer = auditor.browser.get(&format!("{}{path}", auditor.origin))?.answer;
        if answer.status != 500 || asked.elapsed() > AT_ONCE {
            return Err(format!("{path} answered {} after {:?} without the objects", answer.status, asked.elapsed()));
        }
    }
    portal.start_objects(&demo.plan()?)?;
    for path in ["/", "/me", "/help"] {
        let answer = auditor.browser.get(&format!("{}{path}", auditor.origin))?.answer;
        if answer.status != 200 {
            return Err(format!("{path} answered {} when the objects were back", answer.status));
        }
    }
    Ok(())
}

/// A new sealing key, the server killed again and again while it comes into use; then the old one goes.
fn another_key(demo: &Demo, portal: &mut server::Server, auditor: &mut Person) -> Outcome {
    const NAME: &str = "MEGURI_SEAL_KEY";
    let (new, mut kills) = (format!("2:{}", "5e".repeat(32)), 0);
    let mut with = |keys: &dyn Fn(&str) -> String, portal: &mut server::Server| -> Outcome {
        let mut plan = demo.plan()?;
        for (_, value) in plan.environment.iter_mut().filter(|(name, _)| name == NAME) {
            *value = keys(value);
        }
        portal.kill();
        kills += 1;
        *portal = server::start(&plan)?;
        Ok(())
    };
    for moment in (0..10).map(|round| Duration::from_millis(round * 3)) {
        with(&|old| format!("{new},1:{old}"), portal)?;
        thread::park_timeout(moment);
    }
    let ready = format!("{}/readyz", auditor.origin);
    let start = Instant::now();
    while auditor.browser.get(&ready)?.answer.text().contains("true") {
        if start.elapsed() > Duration::from_secs(30) {
            return Err("the new key does not come into use".to_owned());
        }
        thread::park_timeout(Duration::from_millis(20));
    }
    with(&|_| new.clone(), portal)?;
    for path in ["/me", "/me/log"] {
        let status = auditor.browser.get(&format!("{}{path}", auditor.origin))?.answer.status;
        if status != 200 {
            return Err(format!("{path} answered {status} under the new key alone"));
        }
    }
    eprintln!("  {kills} kills while a new key came into use, everything opens under it");
    Ok(())
}

fn write(
    person: &Person,
    payee: MemberNumber,
    index: usize,
    acknowledged: &Acknowledged,
    stop: &AtomicBool,
    unknown: &AtomicU64,
) {
    let one = Points::new(1).unwrap_or_default();
    let mut connection = None;
    let mut number = 0u64;
    while !stop.load(Ordering::Relaxed) {
        let Some(payer) = connection.as_mut() else {
            connection = Payer::connect(person).ok();
            thread::park_timeout(Duration::from_millis(5));
            continue;
        };
        number += 1;
        let command = CommandId::derive("crash", format!("{index} {number}").as_bytes());
        match Payer::pay(payer, command, payee, one) {
            Ok(Ok(posted)) => {
                if let Ok(mut list) = acknowledged.lock() {
                    list.push((command, posted.receipt.first_seq));
                }
            }
            // Refusals do not happen here but for an empty account; either way nothing is owed.
            Ok(Err(_)) => {}
            Err(_) => {
                unknown.fetch_add(1, Ordering::Relaxed);
                connection = None;
            }
        }
    }
}

/// The whole journal, of a ledger in one book.
pub fn journal(auditor: &mut Person) -> Outcome<Vec<serde_json::Value>> {
    journal_of(auditor, 0)
}

/// The whole journal of a book, a page at a time.
fn journal_of(auditor: &mut Person, shard: u8) -> Outcome<Vec<serde_json::Value>> {
    let mut entries: Vec<serde_json::Value> = Vec::new();
    loop {
        let after = entries.last().and_then(|entry| entry["seq"].as_u64()).unwrap_or(0);
        let url = format!("{}/api/v1/ledger/entries?after={after}&shard={shard}", auditor.origin);
        let page = auditor.browser.get(&url)?;
        if page.answer.status != 200 {
            return Err(format!("the journal answered {}", page.answer.status));
        }
        let text = page.answer.text();
        let lines: Vec<serde_json::Value> =
            text.lines().map(serde_json::from_str).collect::<Result<_, _>>().because("the journal")?;
        if lines.is_empty() {
            return Ok(entries);
        }
        entries.extend(lines);
    }
}

fn judge(entries: &[serde_json::Value], acknowledged: &[(CommandId, u64)], before: u64) -> Outcome {
    replay::check(entries)?;
    let mut seqs: Vec<u64> = acknowledged.iter().map(|(_, seq)| *seq).collect();
    seqs.sort_unstable();
    seqs.dedup();
    if seqs.len() != acknowledged.len() {
        return Err("two acknowledged payments name one entry".to_owned());
    }
    if acknowledged.len() < 100 {
        return Err(format!("only {} payments were acknowledged: too few to mean anything", acknowledged.len()));
    }
    let missing = seqs.iter().filter(|&&seq| {
        seq <= before
            || entries
                .get(seq as usize - 1)
                .is_none_or(|entry| entry["seq"].as_u64() != Some(seq) || entry["act"]["purpose"] != "payment")
    });
    match missing.count() {
        0 => Ok(()),
        count => Err(format!("{count} acknowledged payments are not in the journal")),
    }
}
