//! Lots: what is spent first, what ends when, what goes to nobody else, what is taken back.

use super::super::{Holding, Lot, Refusal, Selection, expired, reward_legs};
use super::*;
use crate::kernel::Day;

const fn for_days(valid_days: u16) -> Terms {
    Terms { valid_days, ..YEAR }
}

/// The last moment of a day so many days after NOW's, and the first behind it.
fn around_the_end(days: i32) -> (Timestamp, Timestamp) {
    let end = NOW.day().plus(days + 1).at_minute(0);
    (Timestamp(end.0 - 1), end)
}

/// What there is and what of it is set aside, by the last day counted from NOW's.
fn lots(store: &dyn LedgerStore, of: u8) -> Result<Vec<(i32, u64, u64)>, String> {
    let line = |one: &Holding| (one.lot.last_day.0 - NOW.day().0, one.posted.get(), one.held.get());
    Ok(balance(store, person(of))?.lots.iter().map(line).collect())
}

fn funded(store: &dyn LedgerStore, grants: Vec<Command>) -> Result<Vec<Receipt>, String> {
    told(store, NOW, 0, [vec![fund(10_000)], grants].concat())
}

fn lapse(of: u8) -> Command {
    Command::Lapse { account: person(of) }
}

pub(super) fn order(store: &dyn LedgerStore) -> Result<(), String> {
    let paid = Terms { origin: Origin::Paid, valid_days: 9, ..YEAR };
    funded(store, vec![grant_on(for_days(9), 1, 10)?, grant_on(for_days(3), 1, 10)?, grant_on(paid, 1, 10)?])?;
    told(store, NOW.plus_seconds(86_400), 10, vec![grant_on(for_days(8), 1, 10)?])?;
    same("before", &lots(store, 1)?, &vec![(3, 10, 0), (9, 10, 0), (9, 10, 0), (9, 10, 0)])?;
    // The soonest, then the oldest; of one day what was granted before what was paid for.
    told(store, NOW.plus_seconds(86_400), 11, vec![pay(1, 2, 15), pay(1, 2, 7)])?;
    same("left", &lots(store, 1)?, &vec![(9, 8, 0), (9, 10, 0)])?;
    let got = balance(store, person(2))?.lots;
    let origins: Vec<_> = got.iter().map(|one| (one.lot.origin, one.posted.get())).collect();
    same("got", &origins, &vec![(Origin::Granted, 10), (Origin::Granted, 10), (Origin::Paid, 2)])?;
    // Points of one lot are one lot again where they meet.
    told(store, NOW.plus_seconds(86_400), 13, vec![pay(2, 1, 22)])?;
    same("together", &lots(store, 1)?, &vec![(3, 10, 0), (9, 10, 0), (9, 10, 0), (9, 10, 0)])?;
    in_order(store).map(drop)
}

pub(super) fn ends(store: &dyn LedgerStore) -> Result<(), String> {
    funded(store, vec![grant_on(for_days(3), 1, 10)?, grant_on(for_days(5), 1, 10)?])?;
    let (last, over) = around_the_end(3);
    told(store, last, 10, vec![pay(1, 2, 1)])?;
    let before = balance_at(store, person(1), last)?;
    same(
        "on the last day",
        &(before.lapsed, before.available, before.ends_next(last)),
        &(Points::ZERO, 19, Some((points(9), NOW.day().plus(3)))),
    )?;
    same("too soon", &tell(store, last, 11, vec![lapse(1)])?, &vec![Err(Refusal::NothingLapsed)])?;
    // From the first moment of the next day on nothing of it is spent, whether or not it has been taken out.
    let after = balance_at(store, person(1), over)?;
    same("the day after", &(after.posted, after.lapsed, after.available), &(19, points(9), 10))?;
    same("what ends next", &after.ends_next(over), &Some((points(10), NOW.day().plus(5))))?;
    let short = Err(Refusal::Insufficient { missing: points(1) });
    same("too late", &tell(store, over, 12, vec![pay(1, 2, 11)])?, &vec![short])?;
    // Days late, twice, and once more after more has ended.
    let late = over.plus_seconds(3 * 86_400);
    told(store, late, 13, vec![lapse(1)])?;
    same("twice", &tell(store, late, 14, vec![lapse(1)])?, &vec![Err(Refusal::NothingLapsed)])?;
    stands(store, expired(), 19, 19)?;
    stands(store, person(1), 0, 0)?;
    let line = store.statement(person(1), Selection::ALL, 1).map_err(broken)?.pop().ok_or("no line")?;
    let days: Vec<Day> = line.lots.iter().map(|portion| portion.lot.last_day).collect();
    same("the days it ended on", &days, &vec![NOW.day().plus(3), NOW.day().plus(5)])?;
    in_order(store).map(drop)
}

pub(super) fn lapsing(store: &dyn LedgerStore) -> Result<(), String> {
    funded(store, vec![grant_on(for_days(5), 1, 10)?, grant_on(for_days(3), 2, 10)?, grant_on(for_days(9), 3, 10)?])?;
    let day = |days| NOW.day().plus(days);
    let found = |day, limit| store.lapsing(day, limit).map_err(broken);
    same("none", &found(day(3), 10)?, &vec![])?;
    same("one", &found(day(4), 10)?, &vec![person(2)])?;
    same("soonest first", &found(day(6), 10)?, &vec![person(2), person(1)])?;
    same("a page", &found(day(6), 1)?, &vec![person(2)])?;
    let (_, over) = around_the_end(5);
    told(store, over, 10, vec![lapse(2)])?;
    same("what is done is not found again", &found(day(6), 10)?, &vec![person(1)])?;
    in_order(store).map(drop)
}

pub(super) fn held(store: &dyn LedgerStore) -> Result<(), String> {
    funded(store, vec![grant_on(for_days(3), 1, 10)?, grant_on(for_days(5), 1, 30)?])?;
    let (last, over) = around_the_end(5);
    let ends_before = Err(Refusal::EndsBefore { missing: points(1) });
    same("too much", &tell(store, NOW, 10, vec![hold(1, 1, 31, over)])?, &vec![ends_before])?;
    let beyond = Err(Refusal::EndsBefore { missing: points(1) });
    same("too long", &tell(store, NOW, 11, vec![hold(1, 1, 1, over.plus_seconds(1))])?, &vec![beyond])?;
    told(store, NOW, 12, vec![hold(1, 1, 20, over), hold(2, 1, 10, over)])?;
    same("set aside", &lots(store, 1)?, &vec![(3, 10, 0), (5, 30, 30)])?;
    // Paid at the last moment, in the very lots that were set aside; the rest is free, and lapses a moment later.
    told(store, last, 14, vec![Command::Settle { hold: hold_id(1), legs: reward_legs(person(2), points(15), 20) }])?;
    same("the helper", &lots(store, 2)?, &vec![(5, 12, 0)])?;
    same("the rest", &lots(store, 1)?, &vec![(3, 10, 0), (5, 15, 10)])?;
    // What is set aside stays until its hold ends.
    told(store, over, 15, vec![lapse(1)])?;
    same("left", &lots(store, 1)?, &vec![(5, 10, 10)])?;
    same("waiting", &store.lapsing(over.day(), 9).map_err(broken)?, &vec![person(2)])?;
    told(store, over, 16, vec![Command::Expire { hold: hold_id(2) }, lapse(1), lapse(2)])?;
    stands(store, person(1), 0, 0)?;
    stands(store, expired(), 15 + 10 + 12, 15 + 10 + 12)?;
    in_order(store).map(drop)
}

pub(super) fn bound(store: &dyn LedgerStore) -> Result<(), String> {
    let coupon = Terms { usage: Usage(7), ..YEAR };
    funded(store, vec![grant_on(coupon, 1, 50)?, grant(1, 5)?])?;
    stands(store, person(1), 55, 5)?;
    let short = Err(Refusal::Insufficient { missing: points(1) });
    let later = NOW.plus_seconds(60);
    same("to nobody else", &tell(store, NOW, 10, vec![pay(1, 2, 6), hold(1, 1, 6, later)])?, &vec![short, short])?;
    told(store, NOW, 12, vec![pay(1, 2, 5)])?;
    same("the rest", &balance(store, person(1))?.lots.iter().map(|one| one.lot.usage).collect(), &vec![Usage(7)])?;
    // It lapses like everything else.
    let (_, over) = around_the_end(365);
    told(store, over, 13, vec![lapse(1)])?;
    stands(store, expired(), 50, 50)?;
    in_order(store).map(drop)
}

pub(super) fn corrected(store: &dyn LedgerStore) -> Result<(), String> {
    let receipts = funded(store, vec![grant_on(for_days(9), 1, 40)?, grant_on(for_days(3), 1, 10)?])?;
    let of = receipts.get(1).map(|receipt| receipt.first_seq).ok_or("no receipt")?;
    let reason = reason()?;
    let correct_of =
        |from, of, amount| Command::Correct { of, from: person(from), amount: points(amount), reason: reason.clone() };
    let correct = |of, amount| correct_of(1, of, amount);
    // Entry 1 made value, entry 999 is none.
    let wrong = vec![correct(1, 1), correct(999, 1), correct_of(2, of, 1), correct(of, 0), correct(of, 41)];
    same(
        "refused",
        &tell(store, NOW, 10, wrong)?,
        &vec![
            Err(Refusal::OriginalUnknown),
            Err(Refusal::OriginalUnknown),
            Err(Refusal::OriginalUnknown),
            Err(Refusal::ZeroAmount),
            Err(Refusal::Insufficient { missing: points(1) }),
        ],
    )?;
    told(store, NOW, 20, vec![correct(of, 30)])?;
    same("left", &lots(store, 1)?, &vec![(3, 10, 0), (9, 10, 0)])?;
    stands(store, purse(), 10_000 - 20, 10_000 - 20)?;
    // More of the same lot does not make the grant larger.
    told(store, NOW, 21, vec![grant_on(for_days(9), 1, 40)?])?;
    let exceeds = Err(Refusal::ExceedsOriginal { left: points(10) });
    same("more than was granted", &tell(store, NOW, 22, vec![correct(of, 11)])?, &vec![exceeds])?;
    told(store, NOW, 23, vec![correct(of, 10)])?;
    let nothing = Err(Refusal::ExceedsOriginal { left: Points::ZERO });
    same("again", &tell(store, NOW, 24, vec![correct(of, 1)])?, &vec![nothing])?;
    // What was spent cannot be taken from another lot, and a grant can be taken back by the command behind it.
    let next = in_order(store)? + 1;
    let answers = tell(
        store,
        NOW,
        30,
        vec![grant_on(for_days(20), 2, 5)?, pay(2, 3, 3), correct_of(2, next, 3), correct_of(2, next, 2)],
    )?;
    let short = Err(Refusal::Insufficient { missing: points(1) });
    same("spent", &answers.get(2).copied(), &Some(short))?;
    check(answers.last().is_some_and(Result::is_ok), format_args!("{answers:?}"))?;
    let kept: Vec<Lot> = balance(store, person(3))?.lots.iter().map(|one| one.lot).collect();
    same("who was paid keeps it", &kept, &vec![for_days(20).lot(NOW)])?;
    in_order(store).map(drop)
}
