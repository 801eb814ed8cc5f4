//! Holds: setting aside, paying out, giving back, racing.

use super::super::{Account, AccountKind, HoldState, Holding, OpenHold, Refusal, Selection, fee, reward_legs};
use super::*;

const SOON: Timestamp = NOW.plus_seconds(60);
const LATER: Timestamp = NOW.plus_seconds(3600);

fn leg(to: u8, amount: u64) -> Leg {
    Leg { to: person(to), kind: AccountKind::Person, amount: points(amount) }
}

pub(super) fn balance(store: &dyn LedgerStore) -> Result<(), String> {
    set_up(store)?;
    told(
        store,
        NOW,
        10,
        vec![hold(2, 1, 30, LATER), hold(3, 1, 20, SOON), hold(1, 1, 10, LATER), hold(4, 2, 1, SOON)],
    )?;
    let wanted = [(3, 20, SOON), (1, 10, LATER), (2, 30, LATER)];
    let wanted = wanted.map(|(hold, amount, until)| OpenHold { hold: hold_id(hold), amount: points(amount), until });
    let balances = store.balances(&[person(9), person(1), person(1)], NOW).map_err(broken)?;
    let held = Balance {
        account: person(1),
        posted: 100,
        held: points(60),
        lapsed: Points::ZERO,
        available: 40,
        lots: vec![Holding { lot: YEAR.lot(NOW), posted: points(100), held: points(60) }],
        holds: wanted.to_vec(),
    };
    let none = Balance::of(Account::empty(person(9), AccountKind::Person), vec![], NOW);
    same("balances", &balances, &vec![none, held.clone(), held])?;
    let ending: Vec<_> = store.ending(3).map_err(broken)?.iter().map(|hold| hold.id).collect();
    same("ending", &ending, &vec![hold_id(3), hold_id(4), hold_id(1)])?;
    same(
        "beyond",
        &tell(store, NOW, 20, vec![pay(1, 2, 41)])?,
        &vec![Err(Refusal::Insufficient { missing: points(1) })],
    )?;
    told(store, NOW, 21, vec![pay(1, 2, 40)])?;
    stands(store, person(1), 60, 0)?;
    in_order(store).map(drop)
}

pub(super) fn rest(store: &dyn LedgerStore) -> Result<(), String> {
    set_up(store)?;
    told(store, NOW, 10, vec![hold(1, 1, 60, LATER)])?;
    let receipts = told(store, NOW, 11, vec![settle(1, reward_legs(person(2), points(50), 5))])?;
    let last = receipts.last().ok_or("no receipt")?;
    same("entries of the settlement", &(last.last_seq - last.first_seq + 1), &3)?;
    stands(store, person(1), 50, 50)?;
    stands(store, person(2), 148, 148)?;
    stands(store, fee(), 2, 2)?;
    // A hold that is paid out in full leaves no rest.
    let receipts = told(store, NOW, 12, vec![hold(2, 1, 50, LATER), settle(2, vec![leg(2, 20), leg(3, 30)])])?;
    let last = receipts.last().ok_or("no receipt")?;
    same("entries of the settlement", &(last.last_seq - last.first_seq + 1), &2)?;
    stands(store, person(1), 0, 0)?;
    let lines = store.statement(person(1), Selection::ALL, 2).map_err(broken)?;
    same("holds on the statement", &lines.iter().map(|line| line.hold).collect(), &vec![Some(hold_id(2)); 2])?;
    in_order(store).map(drop)
}

/// Settling, releasing and expiring race in every order, in one batch and in batches of their own: one wins.
pub(super) fn once(store: &dyn LedgerStore) -> Result<(), String> {
    set_up(store)?;
    let mut number = 10;
    for (id, first) in [(1, 0), (2, 1), (3, 2)] {
        for together in [true, false] {
            let id = id * 2 + u8::from(together);
            // Time has to pass for expiry to win, and it never goes back.
            let until = if first == 2 { NOW.plus_seconds(number.into()) } else { LATER };
            told(store, NOW, number, vec![hold(id, 1, 10, until)])?;
            let now = if first == 2 { until } else { NOW };
            let hold = hold_id(id);
            let mut rivals = [settle(id, vec![leg(2, 4)]), Command::Release { hold }, Command::Expire { hold }];
            rivals.rotate_left(first);
            let answers = if together {
                tell(store, now, number + 1, rivals.to_vec())?
            } else {
                let mut answers = Vec::new();
                for (offset, rival) in (1..).zip(rivals) {
                    answers.extend(tell(store, now, number + offset, vec![rival])?);
                }
                answers
            };
            check(answers.first().is_some_and(Result::is_ok), format_args!("the first lost: {answers:?}"))?;
            let losers = answers.get(1..).unwrap_or_default();
            same("the others", &losers.to_vec(), &vec![Err(Refusal::HoldResolved); 2])?;
            same(
                "taken",
                &tell(store, now, number + 4, vec![self::hold(id, 1, 1, LATER)])?,
                &vec![Err(Refusal::HoldExists)],
            )?;
            number += 10;
        }
    }
    stands(store, person(1), 92, 92)?;
    in_order(store).map(drop)
}

pub(super) fn time(store: &dyn LedgerStore) -> Result<(), String> {
    set_up(store)?;
    told(store, NOW, 10, vec![hold(1, 1, 10, SOON), hold(2, 1, 10, SOON)])?;
    let just_before = Timestamp(SOON.0 - 1);
    let expire = |id| Command::Expire { hold: hold_id(id) };
    same("early", &tell(store, just_before, 20, vec![expire(1)])?, &vec![Err(Refusal::HoldNotDue)])?;
    told(store, just_before, 21, vec![settle(1, vec![leg(2, 10)])])?;
    same("late", &tell(store, SOON, 22, vec![settle(2, vec![leg(2, 10)])])?, &vec![Err(Refusal::HoldExpired)])?;
    told(store, SOON, 23, vec![expire(2)])?;
    same("twice", &tell(store, SOON, 24, vec![expire(2)])?, &vec![Err(Refusal::HoldResolved)])?;
    stands(store, person(1), 90, 90)?;
    same("ending", &store.ending(9).map_err(broken)?, &vec![])?;
    in_order(store).map(drop)
}

pub(super) fn clock(store: &dyn LedgerStore) -> Result<(), String> {
    set_up(store)?;
    told(store, NOW, 10, vec![hold(1, 1, 10, SOON)])?;
    told(store, SOON, 11, vec![pay(1, 2, 1)])?;
    let settled = tell(store, NOW, 12, vec![settle(1, vec![leg(2, 10)])])?;
    same("after the clock went back", &settled, &vec![Err(Refusal::HoldExpired)])?;
    let receipts = told(store, NOW, 13, vec![Command::Expire { hold: hold_id(1) }])?;
    same("moment", &receipts.first().map(|receipt| receipt.at), &Some(SOON))?;
    let reads = super::super::Reads { holds: vec![hold_id(1)], ..Default::default() };
    let states: Vec<_> = store.read(&reads).map_err(broken)?.holds.iter().map(|hold| hold.state).collect();
    same("state", &states, &vec![HoldState::Expired])?;
    in_order(store).map(drop)
}
