use super::super::contract::world::{DEFAULT_SEED, World};
use super::super::contract::{NOW, YEAR, person, shop_account};
use super::super::{Head, Memory, Purpose, Terms, budget, expired, fee, issuer, post};
use super::*;
use crate::kernel::{Day, Shards};

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

fn of(amount: Points) -> Vec<Portion> {
    vec![Portion { lot: YEAR.lot(NOW), amount }]
}

/// Even with fresh numbers and hashes, books that break a rule are not believed.
#[test]
fn rules_are_checked_behind_a_good_chain() {
    let transfer = |debit, credit, amount: Points, purpose, hold| {
        let lots = if purpose == Purpose::Fund { vec![] } else { of(amount) };
        Act::Transfer { debit, credit, amount, purpose, hold, lots }
    };
    let (b, p, q) = (budget("b"), person(1), person(2));
    let id = HoldId::from_bytes([1; 16]);
    let until = NOW.plus_seconds(10);
    let fund = || transfer(issuer(), b, points(9), Purpose::Fund, None);
    let grant = || transfer(b, p, points(9), Purpose::Grant { reason: "x".to_owned().try_into().unwrap() }, None);
    let held = |amount| Act::Held { hold: id, account: p, amount: points(amount), until, lots: of(points(amount)) };
    let reward = |amount| transfer(p, q, points(amount), Purpose::Reward, Some(id));
    let back =
        |amount, why| Act::Released { hold: id, account: p, amount: points(amount), why, lots: of(points(amount)) };
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
        let acts = [(fund(), false, 0), (grant(), false, 0)].into_iter().chain(acts);
        assert_eq!(why(&chained(acts)), wanted, "case {number}");
    }
}

/// Entries with good numbers and hashes: each act under a command of its own, but those joined to the one in front.
fn chained(acts: impl IntoIterator<Item = (Act, bool, i64)>) -> Vec<Entry> {
    let mut head = Head::GENESIS;
    let mut command = 0u8;
    let entry = |(act, joined, seconds): (Act, bool, i64)| {
        command += u8::from(!joined);
        let id = CommandId::from_bytes([command; 16]);
        let entry = Entry::after(&head, NOW.plus_seconds(seconds), id, act).unwrap();
        head = Head::from(&entry);
        entry
    };
    acts.into_iter().map(entry).collect()
}

/// What leaves for another book and comes from one, behind a good chain.
#[test]
fn what_travels_is_checked_behind_a_good_chain() {
    let (b, p, q, r) = (budget("b"), person(1), person(2), person(3));
    let shard = Shards::try_from(2).unwrap().numbered(1).unwrap();
    let transfer = |debit, credit, amount, purpose| {
        let lots = if purpose == Purpose::Fund { vec![] } else { of(points(amount)) };
        Act::Transfer { debit, credit, amount: points(amount), purpose, hold: None, lots }
    };
    let grant = || Purpose::Grant { reason: "x".to_owned().try_into().unwrap() };
    let departed = |debit, to, amount, purpose| {
        let (amount, hold) = (points(amount), None);
        Act::Departed { debit, to, shard, amount, purpose, hold, lots: of(amount) }
    };
    let arrived = |seq, from, credit, amount, purpose| {
        let (departure, amount) = (Departure { shard, seq }, points(amount));
        Act::Arrived { departure, from, credit, amount, purpose, lots: of(amount) }
    };
    // The first departure of a case is entry 3.
    let back = |of_entry, credit, amount| transfer(transit(shard), credit, amount, Purpose::Returned { of: of_entry });
    use Purpose::{Fee, Fund, Lapse, Payment, Purchase};
    for (number, (acts, wanted)) in [
        (vec![departed(p, r, 9, Payment), back(3, p, 9)], None),
        (vec![departed(p, r, 4, Purchase), arrived(7, r, q, 5, Payment), arrived(8, r, p, 1, Payment)], None),
        (vec![arrived(7, r, q, 5, Payment), transfer(q, p, 5, Payment)], None),
        (vec![departed(p, r, 10, Payment)], Some(Audited::Floor)),
        (vec![departed(p, p, 1, Payment)], Some(Audited::Nothing)),
        (vec![departed(p, r, 0, Payment)], Some(Audited::Nothing)),
        (vec![departed(p, r, 1, Fee)], Some(Audited::Kind)),
        (vec![departed(p, r, 1, Lapse)], Some(Audited::Kind)),
        (vec![departed(b, p, 1, Payment)], Some(Audited::Kind)),
        (vec![arrived(7, r, q, 5, Payment), arrived(7, r, q, 5, Payment)], Some(Audited::Command)),
        (vec![arrived(7, r, r, 5, Payment)], Some(Audited::Nothing)),
        (vec![arrived(7, r, b, 5, Payment)], Some(Audited::Kind)),
        (vec![arrived(7, issuer(), b, 5, Fund)], Some(Audited::Kind)),
        (vec![departed(p, r, 9, Payment), back(3, p, 8)], Some(Audited::Original)),
        (vec![departed(p, r, 9, Payment), back(3, q, 9)], Some(Audited::Original)),
        (vec![departed(p, r, 9, Payment), back(2, p, 9)], Some(Audited::Original)),
        (vec![departed(p, r, 4, Payment), back(3, p, 4), back(3, p, 4)], Some(Audited::Original)),
    ]
    .into_iter()
    .enumerate()
    {
        let acts = [transfer(issuer(), b, 9, Fund), transfer(b, p, 9, grant())].into_iter().chain(acts);
        assert_eq!(why(&chained(acts.map(|act| (act, false, 0)))), wanted, "case {number}");
    }
}

const DAY: i64 = 86_400;

/// Books whose sums are right and whose lots are not.
#[test]
fn lots_are_checked_behind_a_good_chain() {
    let (b, p, q) = (budget("b"), person(1), person(2));
    let terms = |days, usage| Terms { valid_days: days, usage: Usage(usage), ..YEAR }.lot(NOW);
    let (soon, later, coupon) = (terms(3, 0), terms(5, 0), terms(4, 1));
    let portions = |lots: &[(Lot, u64)]| -> Vec<Portion> {
        lots.iter().map(|&(lot, amount)| Portion { lot, amount: points(amount) }).collect()
    };
    let all = |lots: &[(Lot, u64)]| points(lots.iter().map(|(_, amount)| amount).sum());
    let transfer = |debit, credit, purpose, lots: &[(Lot, u64)]| Act::Transfer {
        debit,
        credit,
        amount: all(lots),
        purpose,
        hold: None,
        lots: portions(lots),
    };
    let reason = || "x".to_owned().try_into().unwrap();
    let grant = |lots: &[(Lot, u64)]| transfer(b, p, Purpose::Grant { reason: reason() }, lots);
    let pay = |lots: &[(Lot, u64)]| transfer(p, q, Purpose::Payment, lots);
    let lapse = |lots: &[(Lot, u64)]| transfer(p, expired(), Purpose::Lapse, lots);
    let correct = |of, lots: &[(Lot, u64)]| transfer(p, b, Purpose::Correction { of, reason: reason() }, lots);
    let hold = HoldId::from_bytes([1; 16]);
    let held = |days: i32, lots: &[(Lot, u64)]| Act::Held {
        hold,
        account: p,
        amount: all(lots),
        until: NOW.day().plus(days).at_minute(0),
        lots: portions(lots),
    };
    let void = |lots: &[(Lot, u64)]| Act::Released {
        hold,
        account: p,
        amount: all(lots),
        why: ReleaseCause::Void,
        lots: portions(lots),
    };
    let fund = Act::Transfer {
        debit: issuer(),
        credit: b,
        amount: points(99),
        purpose: Purpose::Fund,
        hold: None,
        lots: vec![],
    };
    let off = |act: Act| match act {
        Act::Transfer { debit, credit, amount, purpose, hold, lots } => {
            Act::Transfer { debit, credit, amount: amount.plus(points(1)).unwrap(), purpose, hold, lots }
        }
        other => other,
    };
    let from_hold = |act: Act| match act {
        Act::Transfer { debit, credit, amount, purpose, lots, .. } => {
            Act::Transfer { debit, credit, amount, purpose, hold: Some(hold), lots }
        }
        other => other,
    };
    let buy = |lots: &[(Lot, u64)]| transfer(p, shop_account(1), Purpose::Purchase, lots);
    let refund = |from, of, lots: &[(Lot, u64)]| transfer(from, p, Purpose::Refund { of, reason: reason() }, lots);
    let s = shop_account(1);
    use Audited::{Choice, Floor, LastDay, Lots, Original};
    // Entries 2 to 4 grant 5 of each lot.
    for (number, (acts, wanted)) in [
        (vec![(pay(&[(soon, 5), (later, 1)]), 0), (lapse(&[(later, 4)]), 6 * DAY)], None),
        (vec![(held(4, &[(soon, 5), (later, 1)]), 0), (void(&[(soon, 5), (later, 1)]), 0)], None),
        (vec![(held(5, &[(later, 5)]), 0), (correct(2, &[(soon, 5)]), 0)], None),
        (vec![(pay(&[(later, 1)]), 0)], Some(Choice)),
        (vec![(pay(&[(soon, 4), (later, 1)]), 0)], Some(Choice)),
        (vec![(pay(&[(coupon, 1)]), 0)], Some(Choice)),
        (vec![(pay(&[(later, 1), (soon, 5)]), 0)], Some(Lots)),
        (vec![(pay(&[(soon, 1), (soon, 1)]), 0)], Some(Lots)),
        (vec![(off(pay(&[(soon, 1)])), 0)], Some(Lots)),
        (vec![(pay(&[(soon, 6)]), 0)], Some(Floor)),
        (vec![(pay(&[(soon, 1)]), 4 * DAY)], Some(LastDay)),
        (vec![(lapse(&[(soon, 5)]), 2 * DAY)], Some(LastDay)),
        (vec![(held(5, &[(soon, 1)]), 0)], Some(LastDay)),
        (vec![(held(4, &[(later, 1)]), 0)], Some(Choice)),
        (vec![(held(4, &[(soon, 1)]), 0), (void(&[(later, 1)]), 0)], Some(Lots)),
        (vec![(held(4, &[(soon, 5)]), 0), (lapse(&[(soon, 1)]), 4 * DAY)], Some(Floor)),
        (vec![(held(4, &[(soon, 5)]), 0), (from_hold(lapse(&[(soon, 5)])), 0)], Some(Audited::Hold)),
        (vec![(held(4, &[(soon, 5)]), 0), (from_hold(pay(&[(soon, 5)])), 0)], Some(Audited::Hold)),
        (vec![(correct(2, &[(later, 1)]), 0)], Some(Original)),
        (vec![(correct(1, &[(soon, 1)]), 0)], Some(Original)),
        (vec![(correct(2, &[(soon, 3)]), 0), (correct(2, &[(soon, 3)]), 0)], Some(Original)),
        // Entry 5 is the first of these.
        (vec![(buy(&[(soon, 2), (coupon, 3)]), 0), (refund(s, 5, &[(soon, 2), (coupon, 3)]), 9 * DAY)], None),
        (vec![(buy(&[(soon, 2), (coupon, 3)]), 0), (refund(s, 5, &[(coupon, 1)]), 0)], None),
        (vec![(buy(&[(coupon, 3)]), 0), (buy(&[(soon, 5), (later, 1)]), 0)], None),
        (vec![(buy(&[(soon, 4), (later, 1)]), 0)], Some(Choice)),
        (vec![(buy(&[(soon, 1)]), 4 * DAY)], Some(LastDay)),
        (vec![(buy(&[(coupon, 6)]), 0)], Some(Floor)),
        (vec![(from_hold(buy(&[(soon, 1)])), 0)], Some(Audited::Hold)),
        (vec![(buy(&[(soon, 2), (coupon, 3)]), 0), (refund(s, 5, &[(soon, 1)]), 0)], Some(Original)),
        (vec![(buy(&[(soon, 2), (coupon, 3)]), 0), (refund(s, 5, &[(soon, 2), (coupon, 2)]), 0)], Some(Original)),
        (vec![(buy(&[(soon, 2)]), 0), (refund(s, 5, &[(soon, 3)]), 0)], Some(Original)),
        (vec![(buy(&[(soon, 2)]), 0), (refund(s, 5, &[(later, 2)]), 0)], Some(Original)),
        (vec![(buy(&[(soon, 2)]), 0), (refund(shop_account(2), 5, &[(soon, 2)]), 0)], Some(Original)),
        (vec![(buy(&[(soon, 2)]), 0), (refund(s, 2, &[(soon, 2)]), 0)], Some(Original)),
        (vec![(buy(&[(soon, 2)]), 0), (correct(5, &[(soon, 1)]), 0)], Some(Original)),
        (vec![(grant(&[(soon, 1), (later, 1)]), 0)], Some(Lots)),
        (vec![(grant(&[(soon, 1)]), DAY)], Some(LastDay)),
        (vec![(grant(&[(Lot { last_day: Day(0), ..soon }, 1)]), 0)], Some(LastDay)),
    ]
    .into_iter()
    .enumerate()
    {
        let start = [fund.clone(), grant(&[(soon, 5)]), grant(&[(coupon, 5)]), grant(&[(later, 5)])];
        let start = start.into_iter().map(|act| (act, false, 0));
        let acts = start.chain(acts.into_iter().map(|(act, seconds)| (act, false, seconds)));
        assert_eq!(why(&chained(acts)), wanted, "case {number}");
    }
}

#[test]
fn a_command_that_comes_back_is_found() {
    let mut journal = journal();
    let last = journal.len() - 1;
    journal[last].command = journal[0].command;
    assert_eq!(why(&rechained(journal)), Some(Audited::Command));
}
