//! Storage itself: all or nothing, reads as planned, batches larger than one value.

use super::super::{Account, AccountKind, Act, Changes, Entry, Head, Holding, Portion, Purpose, Reads, Remembered};
use super::*;

fn head(store: &dyn LedgerStore) -> Result<Head, String> {
    store.read(&Reads::default()).map(|snapshot| snapshot.head).map_err(broken)
}

/// Changes of one payment from person 1 to the new person 7, as a batch would make them.
fn one_payment(head: &Head, id: CommandId) -> Result<Changes, String> {
    let (debit, credit) = (person(1), person(7));
    let lot = YEAR.lot(NOW);
    let lots = vec![Portion { lot, amount: points(1) }];
    let act = Act::Transfer { debit, credit, amount: points(1), purpose: Purpose::Payment, hold: None, lots };
    let entry = Entry::after(head, NOW, id, act).map_err(broken)?;
    let receipt = Receipt { first_seq: entry.seq, last_seq: entry.seq, at: NOW };
    let account = |id, posted| Account {
        posted: posted as i64,
        lots: vec![Holding { lot, posted: points(posted), held: Points::ZERO }],
        ..Account::empty(id, AccountKind::Person)
    };
    Ok(Changes {
        entries: vec![entry],
        accounts: vec![account(debit, 99), account(credit, 1)],
        ends: vec![(credit, Some(lot.last_day))],
        holds: vec![],
        commands: vec![Remembered { id, body: [0; 32], receipt }],
        ..Changes::default()
    })
}

fn refused_whole(store: &dyn LedgerStore, changes: &Changes) -> Result<(), String> {
    let before = (head(store)?, store.totals().map_err(broken)?);
    check(store.commit(changes).is_err(), "the commit was taken")?;
    same("the ledger", &(head(store)?, store.totals().map_err(broken)?), &before)?;
    stands(store, person(1), 100, 100)?;
    stands(store, person(7), 0, 0)?;
    in_order(store).map(drop)
}

pub(super) fn command_twice(store: &dyn LedgerStore) -> Result<(), String> {
    set_up(store)?;
    let known = request(0, fund(1)).id;
    refused_whole(store, &one_payment(&head(store)?, known)?)?;
    // The same changes under a fresh id are fine, so it was the id.
    store.commit(&one_payment(&head(store)?, request(9, fund(1)).id)?).map_err(broken)?;
    stands(store, person(7), 1, 1)?;
    in_order(store).map(drop)
}

pub(super) fn entry_twice(store: &dyn LedgerStore) -> Result<(), String> {
    set_up(store)?;
    let head = head(store)?;
    let earlier = Head { seq: head.seq - 1, ..head };
    refused_whole(store, &one_payment(&earlier, request(9, fund(1)).id)?)
}

pub(super) fn plan(store: &dyn LedgerStore) -> Result<(), String> {
    same("genesis", &head(store)?, &Head::GENESIS)?;
    set_up(store)?;
    told(store, NOW, 10, vec![hold(1, 1, 10, NOW.plus_seconds(9)), hold(2, 2, 10, NOW.plus_seconds(9))])?;
    let known = request(1, fund(1)).id;
    let reads = Reads {
        commands: vec![known, request(99, fund(1)).id],
        accounts: vec![person(8), purse()],
        holds: vec![hold_id(1), hold_id(9)],
        // Entry 1 is no grant, entry 999 is none at all.
        originals: vec![1, 3, 999],
    };
    let snapshot = store.read(&reads).map_err(broken)?;
    same("commands", &snapshot.commands.iter().map(|command| command.id).collect(), &vec![known])?;
    same("holds", &snapshot.holds.iter().map(|hold| hold.id).collect(), &vec![hold_id(1)])?;
    let mut accounts: Vec<_> = snapshot.accounts.iter().map(|account| account.id).collect();
    accounts.sort();
    accounts.dedup();
    same("grants", &snapshot.originals.iter().map(|original| original.seq).collect(), &vec![3])?;
    let mut wanted = vec![purse(), person(1), person(2)];
    wanted.sort();
    same("accounts, with those of holds and grants", &accounts, &wanted)?;
    let journal = store.journal(0, 1000).map_err(broken)?;
    same("head", &Some(snapshot.head), &journal.last().map(Head::from))?;
    same("a page", &store.journal(1, 2).map_err(broken)?, &journal.get(1..3).unwrap_or_default().to_vec())
}

/// 2,500 grants with the longest reason: more than a megabyte of entries in one batch.
pub(super) fn large(store: &dyn LedgerStore) -> Result<(), String> {
    let reason = GrantReason::parse(&"鬱".repeat(80)).map_err(|error| error.to_string())?;
    let mut commands = vec![fund(2_500)];
    commands.extend((0..2_500u32).map(|number| Command::Grant {
        budget: purse(),
        to: AccountId::derive("large", &number.to_be_bytes()),
        amount: points(1),
        reason: reason.clone(),
        terms: YEAR,
    }));
    let receipts = told(store, NOW, 0, commands.clone())?;
    same("again", &told(store, NOW, 0, commands)?, &receipts)?;
    stands(store, purse(), 0, 0)?;
    same("entries", &in_order(store)?, &2_501)
}
