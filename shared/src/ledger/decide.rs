//! One command against what is known: the acts it comes to, or why not. Touches nothing.

use super::command::{Command, GrantReason, Leg};
use super::overlay::Overlay;
use super::refusal::Refusal;
use super::types::{Account, AccountKind, Act, Hold, HoldState, Purpose, ReleaseCause, issuer};
use crate::kernel::{AccountId, HoldId, Points, Timestamp, limit::LEGS_MAX};

/// The longest a hold lasts: a leap year. Keeps forgotten holds from tying points up, and moments in storage
/// far from 2^53.
pub const HOLD_SECONDS_MAX: i64 = 366 * 86_400;

/// What the command comes to at that moment: at least one act, or a refusal. Checks run in the order of
/// [`Refusal`]'s numbers.
pub fn decide(book: &Overlay, at: Timestamp, command: &Command) -> Result<Vec<Act>, Refusal> {
    match command {
        Command::Fund { budget, amount } => fund(book, *budget, *amount),
        Command::Grant { budget, to, amount, reason } => grant(book, *budget, *to, *amount, reason),
        Command::Pay { from, to, amount } => transfer(book, *from, *to, *amount, Purpose::Payment),
        Command::Hold { hold, from, amount, until } => hold_points(book, at, *hold, *from, *amount, *until),
        Command::Settle { hold, legs } => settle(book, at, *hold, legs),
        Command::Release { hold } => {
            let open = open(book, *hold)?;
            Ok(vec![released(open, open.amount, ReleaseCause::Void)])
        }
        Command::Expire { hold } => {
            let open = open(book, *hold)?;
            if at < open.until {
                return Err(Refusal::HoldNotDue);
            }
            Ok(vec![released(open, open.amount, ReleaseCause::Expired)])
        }
    }
}

fn fund(book: &Overlay, budget: AccountId, amount: Points) -> Result<Vec<Act>, Refusal> {
    let purpose = Purpose::Fund;
    let (source, _) = sides(book, issuer(), budget, amount, &purpose)?;
    // All that is in circulation was made here: while this sum is an amount, every balance is one.
    let made = u64::try_from(source.posted.saturating_neg()).ok().and_then(Points::new).unwrap_or(Points::MAX);
    made.plus(amount).ok_or(Refusal::Overflow)?;
    Ok(vec![Act::Transfer { debit: issuer(), credit: budget, amount, purpose, hold: None }])
}

fn grant(
    book: &Overlay,
    budget: AccountId,
    to: AccountId,
    amount: Points,
    reason: &GrantReason,
) -> Result<Vec<Act>, Refusal> {
    transfer(book, budget, to, amount, Purpose::Grant { reason: reason.clone() })
}

fn transfer(
    book: &Overlay,
    debit: AccountId,
    credit: AccountId,
    amount: Points,
    purpose: Purpose,
) -> Result<Vec<Act>, Refusal> {
    let (source, _) = sides(book, debit, credit, amount, &purpose)?;
    enough(&source, amount)?;
    Ok(vec![Act::Transfer { debit, credit, amount, purpose, hold: None }])
}

fn hold_points(
    book: &Overlay,
    at: Timestamp,
    hold: HoldId,
    from: AccountId,
    amount: Points,
    until: Timestamp,
) -> Result<Vec<Act>, Refusal> {
    some(amount)?;
    if book.hold(hold).is_some() {
        return Err(Refusal::HoldExists);
    }
    if until <= at {
        return Err(Refusal::HoldExpired);
    }
    if until > at.plus_seconds(HOLD_SECONDS_MAX) {
        return Err(Refusal::HoldTooLong);
    }
    let account = book.account(from, AccountKind::Person)?;
    enough(&account, amount)?;
    Ok(vec![Act::Held { hold, account: from, amount, until }])
}

fn settle(book: &Overlay, at: Timestamp, hold: HoldId, legs: &[Leg]) -> Result<Vec<Act>, Refusal> {
    if legs.is_empty() {
        return Err(Refusal::NoLegs);
    }
    if legs.len() > LEGS_MAX {
        return Err(Refusal::TooManyLegs);
    }
    legs.iter().try_for_each(|leg| some(leg.amount))?;
    let hold = open(book, hold)?;
    if at >= hold.until {
        return Err(Refusal::HoldExpired);
    }
    // The rest goes back by itself: a leg to the holder would be a second way to say the same.
    if legs.iter().any(|leg| leg.to == hold.account) {
        return Err(Refusal::SameAccount);
    }
    let mut acts = Vec::with_capacity(legs.len() + 1);
    let mut rest = Some(hold.amount);
    for leg in legs {
        let purpose = match leg.kind {
            AccountKind::Person => Purpose::Reward,
            AccountKind::Fee => Purpose::Fee,
            AccountKind::Budget | AccountKind::Issuer => return Err(Refusal::WrongAccountKind),
        };
        book.account(leg.to, leg.kind)?;
        rest = rest.and_then(|rest| rest.minus(leg.amount));
        let (debit, credit) = (hold.account, leg.to);
        acts.push(Act::Transfer { debit, credit, amount: leg.amount, purpose, hold: Some(hold.id) });
    }
    let rest = rest.ok_or(Refusal::LegsExceedHold)?;
    if !rest.is_zero() {
        acts.push(released(hold, rest, ReleaseCause::Rest));
    }
    Ok(acts)
}

fn released(hold: &Hold, amount: Points, why: ReleaseCause) -> Act {
    Act::Released { hold: hold.id, account: hold.account, amount, why }
}

fn open(book: &Overlay, id: HoldId) -> Result<&Hold, Refusal> {
    let hold = book.hold(id).ok_or(Refusal::HoldUnknown)?;
    match hold.state {
        HoldState::Open => Ok(hold),
        HoldState::Settled | HoldState::Released | HoldState::Expired => Err(Refusal::HoldResolved),
    }
}

fn sides(
    book: &Overlay,
    debit: AccountId,
    credit: AccountId,
    amount: Points,
    purpose: &Purpose,
) -> Result<(Account, Account), Refusal> {
    some(amount)?;
    if debit == credit {
        return Err(Refusal::SameAccount);
    }
    let (debit_kind, credit_kind) = purpose.kinds();
    Ok((book.account(debit, debit_kind)?, book.account(credit, credit_kind)?))
}

fn some(amount: Points) -> Result<(), Refusal> {
    if amount.is_zero() { Err(Refusal::ZeroAmount) } else { Ok(()) }
}

fn enough(account: &Account, amount: Points) -> Result<(), Refusal> {
    let available = u64::try_from(account.available()).ok().and_then(Points::new).unwrap_or(Points::ZERO);
    match amount.minus(available) {
        Some(missing) if !missing.is_zero() => Err(Refusal::Insufficient { missing }),
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests;
