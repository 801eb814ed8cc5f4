use super::super::shard::Place;
use super::super::{Head, Request, Snapshot, budget, fee, post};
use super::*;
use crate::kernel::{CommandId, PersonId};
use crate::ledger::contract::{NOW, YEAR, person};
use crate::ledger::{Holding, Memory, Original, Views, account_of};

const UNTIL: Timestamp = NOW.plus_seconds(100);

fn points(value: u64) -> Points {
    Points::new(value).unwrap()
}

fn hold_id(number: u8) -> HoldId {
    HoldId::from_bytes([number; 16])
}

fn reason() -> GrantReason {
    GrantReason::parse("清掃").unwrap()
}

fn account(id: AccountId, kind: AccountKind, posted: i64, held: u64) -> Account {
    let lots = if kind == AccountKind::Person && posted > 0 {
        vec![Holding { lot: YEAR.lot(NOW), posted: points(posted as u64), held: points(held) }]
    } else {
        vec![]
    };
    Account { id, kind, posted, held: points(held), lots }
}

fn of(amount: u64) -> Vec<Portion> {
    vec![Portion { lot: YEAR.lot(NOW), amount: points(amount) }]
}

fn hold_in(number: u8, state: HoldState, until: Timestamp) -> Hold {
    Hold { id: hold_id(number), account: person(1), amount: points(10), until, state, lots: of(10) }
}

/// Twenty granted, five of them taken back.
fn granted(seq: u64, to: AccountId) -> Original {
    Original { seq, what: Reversible::Grant, debit: budget("b"), credit: to, lots: of(20), reversed: points(5) }
}

/// Person 1 has 100 of which 40 are held, person 2 nothing, budget `b` 50. Holds 1 to 5: open, settled,
/// released, expired, open but due. Entry 3 granted person 1 20, of which 5 were taken back; entry 4 granted person 9 20.
fn book() -> Overlay {
    Overlay::new(
        Place::WHOLE,
        Snapshot {
            head: Head { seq: 9, at: NOW, hash: [9; 32] },
            accounts: vec![
                account(issuer(), AccountKind::Issuer, -150, 0),
                account(budget("b"), AccountKind::Budget, 50, 0),
                account(person(1), AccountKind::Person, 100, 40),
                account(person(2), AccountKind::Person, 0, 0),
            ],
            holds: vec![
                hold_in(1, HoldState::Open, UNTIL),
                hold_in(2, HoldState::Settled, UNTIL),
                hold_in(3, HoldState::Released, UNTIL),
                hold_in(4, HoldState::Expired, NOW),
                hold_in(5, HoldState::Open, NOW),
            ],
            commands: vec![],
            originals: vec![granted(3, person(1)), granted(4, person(9))],
        },
    )
}

fn fund(to: AccountId, amount: u64) -> Command {
    Command::Fund { budget: to, amount: points(amount) }
}

fn grant(from: AccountId, to: AccountId, amount: u64) -> Command {
    Command::Grant { budget: from, to, amount: points(amount), reason: reason(), terms: YEAR }
}

fn correct(of: u64, amount: u64) -> Command {
    let from = if of == 4 { person(9) } else { person(1) };
    Command::Correct { of, from, amount: points(amount), reason: reason() }
}

fn lapse(account: AccountId) -> Command {
    Command::Lapse { account }
}

fn pay(from: AccountId, to: AccountId, amount: u64) -> Command {
    Command::Pay { from, to, amount: points(amount) }
}

fn hold(number: u8, from: AccountId, amount: u64, until: Timestamp) -> Command {
    Command::Hold { hold: hold_id(number), from, amount: points(amount), until }
}

fn leg(to: AccountId, kind: AccountKind, amount: u64) -> Leg {
    Leg { to, kind, amount: points(amount) }
}

fn to(number: u8, amount: u64) -> Leg {
    leg(person(number), AccountKind::Person, amount)
}

fn settle(number: u8, legs: &[Leg]) -> Command {
    Command::Settle { hold: hold_id(number), legs: legs.to_vec() }
}

fn release(number: u8) -> Command {
    Command::Release { hold: hold_id(number) }
}

fn expire(number: u8) -> Command {
    Command::Expire { hold: hold_id(number) }
}

fn missing(value: u64) -> Refusal {
    Refusal::Insufficient { missing: points(value) }
}

#[test]
fn transfers_are_refused() {
    let (b, new) = (budget("b"), budget("new"));
    for (command, refusal) in [
        (fund(b, 0), Refusal::ZeroAmount),
        (fund(issuer(), 1), Refusal::SameAccount),
        (fund(fee(), 1), Refusal::WrongAccountKind),
        (fund(person(1), 1), Refusal::WrongAccountKind),
        (fund(b, Points::MAX.get() - 149), Refusal::Overflow),
        (fund(new, Points::MAX.get()), Refusal::Overflow),
        (grant(b, person(2), 0), Refusal::ZeroAmount),
        (grant(b, b, 1), Refusal::SameAccount),
        (grant(person(1), person(2), 1), Refusal::WrongAccountKind),
        (grant(issuer(), person(2), 1), Refusal::WrongAccountKind),
        (grant(b, new, 51), missing(1)),
        (grant(new, person(2), 7), missing(7)),
        (pay(person(1), person(2), 0), Refusal::ZeroAmount),
        (pay(person(1), person(1), 1), Refusal::SameAccount),
        (pay(person(1), b, 1), Refusal::WrongAccountKind),
        (pay(person(1), fee(), 1), Refusal::WrongAccountKind),
        (pay(person(1), issuer(), 1), Refusal::WrongAccountKind),
        (pay(issuer(), person(1), 1), Refusal::WrongAccountKind),
        (pay(fee(), person(1), 1), Refusal::WrongAccountKind),
        (pay(b, person(1), 1), Refusal::WrongAccountKind),
        (pay(person(1), person(2), 61), missing(1)),
        (pay(person(2), person(1), 1), missing(1)),
        (pay(person(9), person(1), 5), missing(5)),
        (pay(person(1), person(2), Points::MAX.get()), missing(Points::MAX.get() - 60)),
        (lapse(person(1)), Refusal::NothingLapsed),
        (lapse(person(9)), Refusal::NothingLapsed),
        (lapse(b), Refusal::WrongAccountKind),
        (lapse(expired()), Refusal::WrongAccountKind),
        (correct(9, 1), Refusal::OriginalUnknown),
        (correct(3, 0), Refusal::ZeroAmount),
        (correct(3, 16), Refusal::ExceedsOriginal { left: points(15) }),
        (correct(3, 61), missing(1)),
        (correct(4, 1), missing(1)),
    ] {
        assert_eq!(decide(&book(), NOW, &command), Err(refusal), "{command:?}");
    }
}

#[test]
fn holds_are_refused() {
    let too_long = Timestamp(NOW.plus_seconds(HOLD_SECONDS_MAX).0 + 1);
    // The first moment that the lot, which ends with the 365th day, does not see.
    let beyond = Timestamp(NOW.day().plus(366).at_minute(0).0 + 1);
    let budget_leg = leg(budget("b"), AccountKind::Budget, 1);
    for (command, refusal) in [
        (hold(9, person(1), 0, UNTIL), Refusal::ZeroAmount),
        (hold(1, person(1), 1, UNTIL), Refusal::HoldExists),
        (hold(3, person(1), 1, UNTIL), Refusal::HoldExists),
        (hold(9, person(1), 1, NOW), Refusal::HoldExpired),
        (hold(9, person(1), 1, too_long), Refusal::HoldTooLong),
        (hold(9, person(1), 1, Timestamp(i64::MAX)), Refusal::HoldTooLong),
        (hold(9, budget("b"), 1, UNTIL), Refusal::WrongAccountKind),
        (hold(9, issuer(), 1, UNTIL), Refusal::WrongAccountKind),
        (hold(9, person(1), 61, UNTIL), missing(1)),
        (hold(9, person(1), 61, beyond), missing(1)),
        (hold(9, person(1), 60, beyond), Refusal::EndsBefore { missing: points(60) }),
        (settle(1, &[]), Refusal::NoLegs),
        (settle(1, &[to(2, 1); 5]), Refusal::TooManyLegs),
        (settle(1, &[to(2, 1), to(2, 0)]), Refusal::ZeroAmount),
        (settle(9, &[to(2, 1)]), Refusal::HoldUnknown),
        (settle(2, &[to(2, 1)]), Refusal::HoldResolved),
        (settle(5, &[to(2, 1)]), Refusal::HoldExpired),
        (settle(1, &[to(2, 1), to(1, 1)]), Refusal::SameAccount),
        (settle(1, &[leg(fee(), AccountKind::Person, 1)]), Refusal::WrongAccountKind),
        (settle(1, &[leg(person(2), AccountKind::Fee, 1)]), Refusal::WrongAccountKind),
        (settle(1, &[leg(person(8), AccountKind::Fee, 1)]), Refusal::WrongAccountKind),
        (settle(1, &[leg(issuer(), AccountKind::Issuer, 1)]), Refusal::WrongAccountKind),
        (settle(1, &[budget_leg]), Refusal::WrongAccountKind),
        (settle(1, &[to(2, 11)]), Refusal::LegsExceedHold),
        (settle(1, &[to(2, 6), to(3, 5)]), Refusal::LegsExceedHold),
        (settle(1, &[to(2, 11), to(3, 1)]), Refusal::LegsExceedHold),
        (settle(1, &[to(2, Points::MAX.get()); 4]), Refusal::LegsExceedHold),
        (release(9), Refusal::HoldUnknown),
        (release(2), Refusal::HoldResolved),
        (release(3), Refusal::HoldResolved),
        (release(4), Refusal::HoldResolved),
        (expire(9), Refusal::HoldUnknown),
        (expire(4), Refusal::HoldResolved),
        (expire(1), Refusal::HoldNotDue),
    ] {
        assert_eq!(decide(&book(), NOW, &command), Err(refusal), "{command:?}");
    }
}

/// Where two refusals apply, the one with the lower number is answered.
#[test]
fn the_first_refusal_is_answered() {
    let many = [to(2, 0); 5];
    for (command, refusal, other) in [
        (settle(9, &many), Refusal::TooManyLegs, Refusal::ZeroAmount),
        (settle(9, &[]), Refusal::NoLegs, Refusal::HoldUnknown),
        (settle(9, &[to(2, 0)]), Refusal::ZeroAmount, Refusal::HoldUnknown),
        (settle(2, &[to(1, 1)]), Refusal::HoldResolved, Refusal::SameAccount),
        (settle(5, &[to(1, 1)]), Refusal::HoldExpired, Refusal::SameAccount),
        (
            settle(1, &[leg(issuer(), AccountKind::Issuer, 1), to(1, 1)]),
            Refusal::SameAccount,
            Refusal::WrongAccountKind,
        ),
        (
            settle(1, &[to(2, 50), leg(issuer(), AccountKind::Issuer, 1)]),
            Refusal::WrongAccountKind,
            Refusal::LegsExceedHold,
        ),
        (hold(1, person(1), 0, UNTIL), Refusal::ZeroAmount, Refusal::HoldExists),
        (hold(1, person(1), 1, NOW), Refusal::HoldExists, Refusal::HoldExpired),
        (hold(9, budget("b"), 1, NOW), Refusal::HoldExpired, Refusal::WrongAccountKind),
        (hold(9, budget("b"), 999, UNTIL), Refusal::WrongAccountKind, missing(1)),
        (pay(person(1), person(1), 0), Refusal::ZeroAmount, Refusal::SameAccount),
        (pay(issuer(), issuer(), 1), Refusal::SameAccount, Refusal::WrongAccountKind),
        (pay(person(2), fee(), 1), Refusal::WrongAccountKind, missing(1)),
        (fund(fee(), Points::MAX.get()), Refusal::WrongAccountKind, Refusal::Overflow),
    ] {
        assert_eq!(decide(&book(), NOW, &command), Err(refusal), "{command:?}");
        assert!(refusal.number() < other.number());
    }
}

#[test]
fn what_commands_come_to() {
    let (b, p, q) = (budget("b"), person(1), person(2));
    let transfer = |debit, credit, amount: Points, purpose, hold| {
        let lots = if purpose == Purpose::Fund { vec![] } else { of(amount.get()) };
        Act::Transfer { debit, credit, amount, purpose, hold, lots }
    };
    let given_back = |number, amount, why| {
        let lots = of(amount);
        Act::Released { hold: hold_id(number), account: p, amount: points(amount), why, lots }
    };
    let taken_back = Purpose::Correction { of: 3, reason: reason() };
    let held =
        |amount| Act::Held { hold: hold_id(9), account: p, amount: points(amount), until: UNTIL, lots: of(amount) };
    let all = Points::MAX.get() - 150;
    let one = Some(hold_id(1));
    let reward = |amount| transfer(p, q, points(amount), Purpose::Reward, one);
    let fee_leg = leg(fee(), AccountKind::Fee, 1);
    for (command, acts) in [
        (fund(b, all), vec![transfer(issuer(), b, points(all), Purpose::Fund, None)]),
        (grant(b, q, 50), vec![transfer(b, q, points(50), Purpose::Grant { reason: reason() }, None)]),
        (pay(p, q, 60), vec![transfer(p, q, points(60), Purpose::Payment, None)]),
        (hold(9, p, 60, UNTIL), vec![held(60)]),
        (correct(3, 15), vec![transfer(p, b, points(15), taken_back, None)]),
        (settle(1, &[to(2, 10)]), vec![reward(10)]),
        (
            settle(1, &[to(2, 4), fee_leg, to(2, 3)]),
            vec![
                reward(4),
                transfer(p, fee(), points(1), Purpose::Fee, one),
                reward(3),
                given_back(1, 2, ReleaseCause::Rest),
            ],
        ),
        (release(1), vec![given_back(1, 10, ReleaseCause::Void)]),
        (release(5), vec![given_back(5, 10, ReleaseCause::Void)]),
        (expire(5), vec![given_back(5, 10, ReleaseCause::Expired)]),
    ] {
        assert_eq!(decide(&book(), NOW, &command), Ok(acts), "{command:?}");
    }
}

#[test]
fn refusals_have_stable_numbers_in_order() {
    use crate::kernel::Level;
    let all = [
        (Refusal::NotAllowed, false),
        (Refusal::StepUp { needs: Level::Passkey }, true),
        (Refusal::CommandReused, false),
        (Refusal::NoLegs, false),
        (Refusal::TooManyLegs, false),
        (Refusal::ZeroAmount, false),
        (Refusal::HoldExists, false),
        (Refusal::HoldUnknown, true),
        (Refusal::HoldResolved, false),
        (Refusal::HoldExpired, false),
        (Refusal::HoldTooLong, false),
        (Refusal::HoldNotDue, true),
        (Refusal::SameAccount, false),
        (Refusal::WrongAccountKind, false),
        (Refusal::LegsExceedHold, false),
        (Refusal::Overflow, false),
        (missing(1), true),
        (Refusal::EndsBefore { missing: points(1) }, true),
        (Refusal::NothingLapsed, true),
        (Refusal::OriginalUnknown, false),
        (Refusal::ExceedsOriginal { left: points(1) }, false),
        (Refusal::CouponNotTaken { usage: Usage(1) }, false),
        (Refusal::CodeExpired, false),
        (Refusal::ShopClosed, true),
        (Refusal::ExceedsCode { max: points(1) }, false),
    ];
    for ((refusal, transient), number) in all.into_iter().zip(1..) {
        assert_eq!(refusal.number(), number);
        assert_eq!(refusal.transient(), transient, "{refusal:?}");
    }
}

/// All the value there can be goes through every kind of account, so no sum on the way is out of bounds.
#[test]
fn all_the_value_there_can_be() {
    let store = Memory::new();
    let (b, p) = (budget("b"), account_of(PersonId::from_bytes([1; 16])));
    let max = Points::MAX.get();
    let commands = [
        fund(b, max),
        grant(b, p, max),
        pay(p, person(2), max),
        hold(1, person(2), max, UNTIL),
        settle(1, &[leg(fee(), AccountKind::Fee, max)]),
    ];
    let requests: Vec<_> = (0..)
        .zip(commands)
        .map(|(number, command)| Request { id: CommandId::from_bytes([number; 16]), command })
        .collect();
    let answers = post(&store, NOW, &requests).unwrap();
    assert!(answers.iter().all(Result::is_ok), "{answers:?}");
    let balances = store.balances(&[issuer(), fee(), p], NOW).unwrap();
    assert_eq!(balances.iter().map(|balance| balance.posted).collect::<Vec<_>>(), [-(max as i64), max as i64, 0]);
    let more = Request { id: CommandId::from_bytes([99; 16]), command: fund(b, 1) };
    assert_eq!(post(&store, NOW, &[more]), Ok(vec![Err(Refusal::Overflow)]));
}

/// Rows that contradict each other stop the batch instead of being believed.
#[test]
fn broken_rows_are_a_fault() {
    let held = |held, with_account: bool| {
        let accounts = if with_account { vec![account(person(1), AccountKind::Person, 100, held)] } else { vec![] };
        let holds = vec![hold_in(1, HoldState::Open, UNTIL)];
        Overlay::new(
            Place::WHOLE,
            Snapshot { head: Head::GENESIS, accounts, holds, commands: vec![], originals: vec![] },
        )
    };
    let requests =
        [settle(1, &[to(2, 10)]), release(1)].map(|command| Request { id: CommandId::from_bytes([1; 16]), command });
    for request in requests {
        assert!(held(10, true).post(NOW, &request).is_ok_and(|answer| answer.is_ok()));
        assert!(held(9, true).post(NOW, &request).is_err());
        assert!(held(0, false).post(NOW, &request).is_err());
    }
}
