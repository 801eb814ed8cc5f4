//! Random commands against the ledger in memory, with everything that must always hold checked after each one.

use std::collections::BTreeMap;

use shared::kernel::{AccountId, Points};
use shared::ledger::contract::world::{DEFAULT_SEED, World};
use shared::ledger::{
    AccountKind, Act, Auditor, Book, Entry, HoldState, Holding, Memory, Purpose, ReleaseCause, Views, post, replay,
};

fn seed() -> u64 {
    std::env::var("MEGURI_SEED").ok().and_then(|text| text.parse().ok()).unwrap_or(DEFAULT_SEED)
}

/// Conservation, floors, and holds behind the held points.
fn check_invariants(store: &Memory) {
    let mut held: BTreeMap<AccountId, u64> = BTreeMap::new();
    for hold in store.holds().iter().filter(|hold| hold.state == HoldState::Open) {
        *held.entry(hold.account).or_default() += hold.amount.get();
    }
    let mut sum = 0;
    for account in store.accounts() {
        sum += account.posted;
        assert_eq!(account.held.get(), held.remove(&account.id).unwrap_or(0), "{account:?}");
        assert!(account.kind == AccountKind::Issuer || account.free() >= 0, "{account:?}");
        assert!(account.posted.unsigned_abs() <= Points::MAX.get(), "{account:?}");
        assert!(account.is_sound(), "{account:?}");
    }
    assert_eq!(sum, 0);
    assert_eq!(held, BTreeMap::new(), "holds of nobody");
}

/// The books rebuilt from the journal are those in the store.
fn check_book(store: &Memory, book: &Book) {
    let accounts: Vec<_> = store
        .accounts()
        .iter()
        .map(|account| {
            let of_lot = |one: &Holding| (one.lot, (one.posted.get() as i64, one.held.get() as i64));
            let lots: BTreeMap<_, _> = account.lots.iter().map(of_lot).collect();
            (account.id, account.kind, account.posted, account.held.get() as i64, lots)
        })
        .collect();
    let rebuilt: Vec<_> = book
        .accounts
        .iter()
        .map(|(id, account)| (*id, account.kind, account.posted, account.held, account.lots.clone()))
        .collect();
    assert_eq!(accounts, rebuilt);
    let holds: Vec<_> =
        store.holds().iter().map(|hold| (hold.id, hold.account, hold.amount, hold.until, hold.state)).collect();
    let rebuilt: Vec<_> =
        book.holds.iter().map(|(id, hold)| (*id, hold.account, hold.amount, hold.until, hold.state)).collect();
    assert_eq!(holds, rebuilt);
}

/// Which kind of step an entry is, to see that all occur.
fn step(entry: &Entry) -> &'static str {
    match &entry.act {
        Act::Transfer { purpose, .. } => match purpose {
            Purpose::Fund => "fund",
            Purpose::Grant { .. } => "grant",
            Purpose::Payment => "payment",
            Purpose::Reward => "reward",
            Purpose::Fee => "fee",
            Purpose::Lapse => "lapse",
            Purpose::Correction { .. } => "correction",
            Purpose::Purchase => "purchase",
            Purpose::Refund { .. } => "refund",
            Purpose::Returned { .. } => "returned",
        },
        Act::Departed { .. } | Act::Arrived { .. } => "between books",
        Act::Held { .. } => "held",
        Act::Released { why: ReleaseCause::Rest, .. } => "rest",
        Act::Released { why: ReleaseCause::Void, .. } => "void",
        Act::Released { why: ReleaseCause::Expired, .. } => "expired",
    }
}

#[derive(Default)]
struct Seen {
    commands: usize,
    repeated: usize,
    refusals: BTreeMap<u16, usize>,
    steps: BTreeMap<&'static str, usize>,
}

fn live(seed: u64, commands: usize, seen: &mut Seen) {
    let mut world = World::new(seed);
    let store = Memory::new();
    let mut auditor = Auditor::default();
    let mut entries = 0;
    for _ in 0..commands {
        let now = world.tick();
        let request = world.request();
        let before = store.clone();
        let answer = post(&store, now, std::slice::from_ref(&request)).unwrap()[0];
        seen.commands += 1;
        let new = store.entries_from(entries);
        match answer {
            Ok(receipt) if receipt.last_seq > entries as u64 => {
                assert_eq!((receipt.first_seq, receipt.last_seq), (entries as u64 + 1, (entries + new.len()) as u64));
                assert!(new.iter().all(|entry| entry.command == request.id && entry.at == receipt.at));
            }
            Ok(_) => {
                seen.repeated += 1;
                assert_eq!(store, before, "a repeated command changed something");
            }
            Err(refusal) => {
                *seen.refusals.entry(refusal.number()).or_default() += 1;
                assert_eq!(store, before, "a refused command changed something");
            }
        }
        for entry in &new {
            auditor.take(entry).unwrap();
            *seen.steps.entry(step(entry)).or_default() += 1;
        }
        entries += new.len();
        check_invariants(&store);
    }
    check_book(&store, &auditor.finish().unwrap());
    check_book(&store, &replay(&store.entries()).unwrap());
    assert!(store.totals().unwrap().hold_true());
}

/// Says which world failed, also where the failure is a panic deep inside.
struct Trace(u64);
impl Drop for Trace {
    fn drop(&mut self) {
        if std::thread::panicking() {
            eprintln!("failed with MEGURI_SEED={}", self.0);
        }
    }
}

#[test]
fn a_million_commands() {
    let mut seen = Seen::default();
    for offset in 0..4_010 {
        let seed = seed().wrapping_add(offset);
        let _trace = Trace(seed);
        live(seed, 250, &mut seen);
    }
    println!(
        "{} commands, {} repeated, refusals {:?}, steps {:?}",
        seen.commands, seen.repeated, seen.refusals, seen.steps
    );
    assert!(seen.commands >= 1_000_000);
    // A simulation that never gets somewhere proves nothing about it.
    assert!(seen.repeated > 5_000);
    assert_eq!(seen.refusals.keys().copied().collect::<Vec<_>>(), (3..=23).collect::<Vec<_>>());
    assert_eq!(seen.steps.len(), 13, "{:?}", seen.steps);
    assert!(
        seen.refusals.values().chain(seen.steps.values()).all(|count| *count >= 30),
        "{:?} {:?}",
        seen.refusals,
        seen.steps
    );
}

/// Cutting a sequence of commands into batches changes neither an answer nor a row.
#[test]
fn batches_are_only_faster() {
    for offset in 0..40 {
        let seed = seed().wrapping_add(offset);
        let _trace = Trace(seed);
        let mut world = World::new(seed);
        let (together, alone) = (Memory::new(), Memory::new());
        for _ in 0..30 {
            let (now, batch) = world.batch(40);
            let answers = post(&together, now, &batch).unwrap();
            let one_by_one: Vec<_> =
                batch.iter().map(|request| post(&alone, now, std::slice::from_ref(request)).unwrap()[0]).collect();
            assert_eq!(answers, one_by_one);
            assert_eq!(together, alone);
        }
    }
}
