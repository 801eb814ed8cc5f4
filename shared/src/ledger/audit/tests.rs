use super::super::contract::world::{DEFAULT_SEED, World};
use super::super::contract::{NOW, person};
use super::super::{Head, Memory, Purpose, budget, fee, post};
use super::*;

/// A journal of random commands in which every kind of act occurs.
fn journal() -> Vec<Entry> {
    let store = Memory::new();
    let mut world = World::new(DEFAULT_SEED);
    while store.entries().len() < 120 {
        let (now, batch) = world.batch(20);
        post(&store, now, &batch).unwrap();
    }
    store.entries()
}

/// The entries numbered and chained anew: what somebody with the code, but not the old hashes, could make.
fn rechained(entries: Vec<Entry>) -> Vec<Entry> {
    let mut head = Head::GENESIS;
    let chain = |entry: Entry| {
        let entry = Entry::after(&head, entry.at, entry.command, entry.act).unwrap();
        head = Head::from(&entry);
        entry
    };
    entries.into_iter().map(chain).collect()
}

fn why(entries: &[Entry]) -> Option<Audited> {
    replay(entries).err().map(|error| error.why)
}

fn points(value: u64) -> Points {
    Points::new(value).unwrap()
}

#[test]
fn a_journal_as_it_was_written() {
    let journal = journal();
    let book = replay(&journal).unwrap();
    assert_eq!((book.seq, Some(book.hash)), (journal.len() as u64, journal.last().map(|entry| entry.hash)));
    assert_eq!(rechained(journal.clone()), journal);
    assert_eq!(replay([]), Ok(Book::default()));
}

#[test]
fn an_entry_dropped_repeated_or_moved_is_found() {
    let journal = journal();
    for index in 0..journal.len() {
        let mut dropped = journal.clone();
        dropped.remove(index);
        if index + 1 < journal.len() {
            assert_eq!(why(&dropped), Some(Audited::Gap), "{index}");
        }
        let mut repeated = journal.clone();
        repeated.insert(index, journal[index].clone());
        assert_eq!(why(&repeated), Some(Audited::Gap), "{index}");
        for other in [index + 1, index + 2, journal.len() - 1] {
            let mut moved = journal.clone();
            if index < other && other < journal.len() {
                moved.swap(index, other);
                assert_eq!(why(&moved), Some(Audited::Gap), "{index} {other}");
            }
        }
        let mut renumbered = journal.clone();
        renumbered.remove(index);
        renumbered.iter_mut().skip(index).for_each(|entry| entry.seq -= 1);
        if index + 1 < journal.len() {
            assert_eq!(why(&renumbered), Some(Audited::Chain), "{index}");
        }
    }
}

#[test]
fn entries_cut_off_at_the_end_show_in_the_head() {
    let journal = journal();
    let whole = replay(&journal).unwrap();
    for length in 0..journal.len() {
        // Either a settlement is cut in two, or the books end elsewhere than the ledger says.
        match replay(&journal[..length]) {
            Ok(book) => assert_ne!((book.seq, book.hash), (whole.seq, whole.hash)),
            Err(error) => assert_eq!(error.why, Audited::HalfSettled),
        }
    }
}

#[test]
fn any_bit_changed_is_found() {
    let journal = journal();
    let mut auditor = Auditor::default();
    for index in 0..journal.len() {
        let body = journal[index].body().unwrap();
        for bit in 0..body.len() * 8 {
            let mut bytes = body.clone();
            bytes[bit / 8] ^= 1 << (bit % 8);
            let Ok(changed) = Entry::from_body(&bytes, journal[index].hash) else { continue };
            // Some numbers have more than one spelling; then nothing was changed.
            if changed == journal[index] {
                continue;
            }
            let found = auditor.clone().take(&changed).err().map(|error| error.why);
            assert!(matches!(found, Some(Audited::Chain | Audited::Gap)), "{index} {bit}");
        }
        auditor.take(&journal[index]).unwrap();
        let mut entries = journal.clone();
        entries[index].hash[index % 32] ^= 1;
        assert_eq!(why(&entries), Some(Audited::Chain), "{index}");
    }
}

/// Even with fresh numbers and hashes, books that break a rule are not believed.
#[test]
fn rules_are_checked_behind_a_good_chain() {
    let transfer = |debit, credit, amount, purpose, hold| Act::Transfer { debit, credit, amount, purpose, hold };
    let (b, p, q) = (budget("b"), person(1), person(2));
    let id = HoldId::from_bytes([1; 16]);
    let until = NOW.plus_seconds(10);
    let fund = || transfer(issuer(), b, points(9), Purpose::Fund, None);
    let grant = || transfer(b, p, points(9), Purpose::Grant { reason: "x".to_owned().try_into().unwrap() }, None);
    let held = |amount| Act::Held { hold: id, account: p, amount: points(amount), until };
    let reward = |amount| transfer(p, q, points(amount), Purpose::Reward, Some(id));
    let back = |amount, why| Act::Released { hold: id, account: p, amount: points(amount), why };
    let pay = |from, to, amount| transfer(from, to, points(amount), Purpose::Payment, None);
    use Audited::{Due, Floor, HalfSettled, Kind, Nothing};
    use ReleaseCause::{Expired, Rest, Void};
    // Each act under a command of its own, but those joined by `true` to the one in front; seconds after NOW.
    for (number, (acts, wanted)) in [
        (vec![(held(5), false, 0), (reward(5), false, 0)], None),
        (vec![(held(5), false, 0), (reward(2), false, 0), (back(3, Rest), true, 0)], None),
        (vec![(held(5), false, 0), (back(5, Expired), false, 10)], None),
        (vec![(held(5), false, 0), (back(5, Void), false, 3), (pay(p, q, 9), false, 3)], None),
        (vec![(pay(p, q, 10), false, 0)], Some(Floor)),
        (vec![(held(10), false, 0)], Some(Floor)),
        (vec![(held(5), false, 0), (pay(p, q, 5), false, 0)], Some(Floor)),
        (vec![(pay(p, q, 0), false, 0)], Some(Nothing)),
        (vec![(pay(p, p, 1), false, 0)], Some(Nothing)),
        (vec![(pay(b, q, 1), false, 0)], Some(Kind)),
        (vec![(pay(p, issuer(), 1), false, 0)], Some(Kind)),
        (vec![(transfer(fee(), b, points(1), Purpose::Fund, None), false, 0)], Some(Kind)),
        (vec![(held(5), false, 0), (held(1), false, 0)], Some(Audited::Hold)),
        (vec![(reward(1), false, 0)], Some(Audited::Hold)),
        (vec![(held(5), false, 0), (reward(6), false, 0)], Some(Audited::Hold)),
        (vec![(held(5), false, 0), (reward(5), false, 0), (reward(1), true, 0)], Some(Audited::Hold)),
        (vec![(held(5), false, 0), (reward(2), false, 0)], Some(HalfSettled)),
        (vec![(held(5), false, 0), (reward(2), false, 0), (back(3, Rest), false, 0)], Some(HalfSettled)),
        (vec![(held(5), false, 0), (reward(2), false, 0), (pay(p, q, 1), true, 0)], Some(HalfSettled)),
        (vec![(held(5), false, 0), (reward(2), false, 0), (back(2, Rest), true, 0)], Some(Audited::Hold)),
        (vec![(held(5), false, 0), (reward(2), false, 0), (back(3, Void), true, 0)], Some(Audited::Hold)),
        (vec![(held(5), false, 0), (back(4, Void), false, 0)], Some(Audited::Hold)),
        (vec![(held(5), false, 0), (back(5, Rest), false, 0)], Some(Audited::Hold)),
        (vec![(held(5), false, 0), (back(5, Void), false, 0), (back(5, Void), false, 0)], Some(Audited::Hold)),
        (vec![(held(5), false, 0), (reward(5), false, 10)], Some(Due)),
        (vec![(held(5), false, 0), (back(5, Expired), false, 9)], Some(Due)),
        (vec![(held(5), false, 10)], Some(Due)),
        (vec![(pay(p, q, 1), false, 1), (pay(p, q, 1), false, 0)], Some(Audited::Clock)),
    ]
    .into_iter()
    .enumerate()
    {
        let mut head = Head::GENESIS;
        let mut entries = Vec::new();
        let mut command = 0u8;
        for (act, joined, seconds) in [(fund(), false, 0), (grant(), false, 0)].into_iter().chain(acts) {
            command += u8::from(!joined);
            let id = CommandId::from_bytes([command; 16]);
            let entry = Entry::after(&head, NOW.plus_seconds(seconds), id, act).unwrap();
            head = Head::from(&entry);
            entries.push(entry);
        }
        assert_eq!(why(&entries), wanted, "case {number}");
    }
}

#[test]
fn a_command_that_comes_back_is_found() {
    let mut journal = journal();
    let last = journal.len() - 1;
    journal[last].command = journal[0].command;
    assert_eq!(why(&rechained(journal)), Some(Audited::Command));
}
