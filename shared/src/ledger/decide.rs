//! One command against what is known: the acts it comes to, or why not. Touches nothing.

use super::account::{Account, AccountKind, expired, issuer};
use super::command::{ByCode, Command, GrantReason, Leg, Parcel};
use super::lot::{Lot, Portion, Terms, Usage, take, total};
use super::overlay::Overlay;
use super::purse::{Purse, Tender, apportion, purses};
use super::refusal::Refusal;
use super::shard::transit;
use super::store::{Original, Reversible};
use super::types::{Act, Hold, HoldState, Purpose, ReleaseCause};
use std::borrow::Cow;

use crate::kernel::{AccountId, HoldId, Points, Timestamp, limit::LEGS_MAX, limit::PURSES_MAX};

/// The longest a hold lasts: a leap year. Keeps forgotten holds from tying points up, and moments in storage
/// far from 2^53.
pub const HOLD_SECONDS_MAX: i64 = 366 * 86_400;

/// What the command comes to at that moment: at least one act, or a refusal. Checks run in the order of
/// [`Refusal`]'s numbers.
pub fn decide(book: &Overlay, at: Timestamp, command: &Command) -> Result<Vec<Act>, Refusal> {
    match command {
        Command::Fund { budget, amount } => fund(book, *budget, *amount),
        Command::Grant { budget, to, amount, reason, terms } => {
            grant(book, at, (*budget, *to), *amount, reason, *terms)
        }
        Command::Pay { from, to, amount } => pay(book, at, *from, *to, *amount),
        Command::Hold { hold, from, amount, until } => hold_points(book, at, *hold, *from, *amount, *until),
        Command::Settle { hold, legs } => settle(book, at, *hold, legs),
        Command::Release { hold } => {
            let open = open(book, *hold)?;
            Ok(vec![released(open, open.amount, ReleaseCause::Void, open.lots.clone())])
        }
        Command::Expire { hold } => {
            let open = open(book, *hold)?;
            if at < open.until {
                return Err(Refusal::HoldNotDue);
            }
            Ok(vec![released(open, open.amount, ReleaseCause::Expired, open.lots.clone())])
        }
        Command::Lapse { account } => lapse(book, at, *account),
        Command::Correct { of, from, amount, reason } => correct(book, *of, *from, *amount, reason),
        Command::Purchase { from, shop, tender, takes, code } => {
            purchase(book, at, (*from, *shop), tender, takes, *code)
        }
        Command::Refund { of, shop, amount, reason } => refund(book, *of, *shop, *amount, reason),
        Command::Arrive(parcel) => arrive(book, parcel),
        Command::Return { of } => give_back(book, *of),
    }
}

fn fund(book: &Overlay, budget: AccountId, amount: Points) -> Result<Vec<Act>, Refusal> {
    let purpose = Purpose::Fund;
    let (source, _) = sides(book, issuer(), budget, amount, &purpose)?;
    // All that is in circulation was made here: while this sum is an amount, every balance is one.
    let made = u64::try_from(source.posted.saturating_neg()).ok().and_then(Points::new).unwrap_or(Points::MAX);
    made.plus(amount).ok_or(Refusal::Overflow)?;
    Ok(vec![Act::Transfer { debit: issuer(), credit: budget, amount, purpose, hold: None, lots: Vec::new() }])
}

/// Here value is issued: the lot begins.
fn grant(
    book: &Overlay,
    at: Timestamp,
    (debit, credit): (AccountId, AccountId),
    amount: Points,
    reason: &GrantReason,
    terms: Terms,
) -> Result<Vec<Act>, Refusal> {
    let purpose = Purpose::Grant { reason: reason.clone() };
    let (source, _) = sides(book, debit, credit, amount, &purpose)?;
    enough(posted(&source), amount)?;
    let lots = vec![Portion { lot: terms.lot(at), amount }];
    Ok(vec![Act::Transfer { debit, credit, amount, purpose, hold: None, lots }])
}

fn pay(
    book: &Overlay,
    at: Timestamp,
    debit: AccountId,
    credit: AccountId,
    amount: Points,
) -> Result<Vec<Act>, Refusal> {
    let purpose = Purpose::Payment;
    let (source, _) = sides(book, debit, credit, amount, &purpose)?;
    let lots = spend(&source, amount, |lot| lot.usage == Usage::ANY && lot.lives_at(at))?;
    Ok(vec![Act::Transfer { debit, credit, amount, purpose, hold: None, lots }])
}

fn lapse(book: &Overlay, at: Timestamp, account: AccountId) -> Result<Vec<Act>, Refusal> {
    let source = book.account(account, AccountKind::Person)?;
    let lots = source.portions_of(|lot| !lot.lives_at(at));
    // Not more than the account has, which is an amount.
    let amount = total(&lots).filter(|amount| !amount.is_zero()).ok_or(Refusal::NothingLapsed)?;
    Ok(vec![Act::Transfer { debit: account, credit: expired(), amount, purpose: Purpose::Lapse, hold: None, lots }])
}

fn correct(
    book: &Overlay,
    of: u64,
    from: AccountId,
    amount: Points,
    reason: &GrantReason,
) -> Result<Vec<Act>, Refusal> {
    some(amount)?;
    let original = original(book, of, Reversible::Grant, from)?;
    let (debit, credit) = (original.credit, original.debit);
    let purpose = Purpose::Correction { of, reason: reason.clone() };
    let (source, _) = sides(book, debit, credit, amount, &purpose)?;
    let lots = spend(&source, amount, |lot| original.lots.iter().any(|granted| granted.lot == *lot))?;
    if amount > original.left() {
        return Err(Refusal::ExceedsOriginal { left: original.left() });
    }
    Ok(vec![Act::Transfer { debit, credit, amount, purpose, hold: None, lots }])
}

fn purchase(
    book: &Overlay,
    at: Timestamp,
    (debit, credit): (AccountId, AccountId),
    tender: &Tender,
    takes: &[Usage],
    code: Option<ByCode>,
) -> Result<Vec<Act>, Refusal> {
    let amount = tendered(tender)?;
    let purpose = Purpose::Purchase;
    let (source, _) = sides(book, debit, credit, amount.unwrap_or(Points::MAX), &purpose)?;
    let amount = amount.ok_or(Refusal::Overflow)?;
    let there = purses(&source.lots, at);
    let parts = match tender {
        Tender::Chosen(parts) => parts.clone(),
        Tender::Whatever(amount) => {
            apportion(&there, takes, *amount).map_err(|missing| Refusal::Insufficient { missing })?
        }
    };
    let missing = |(purse, part): (&Purse, &Points)| part.minus(there.get(purse).copied().unwrap_or_default());
    let missing = parts.iter().filter_map(missing).try_fold(Points::ZERO, Points::plus).ok_or(Refusal::Overflow)?;
    if !missing.is_zero() {
        return Err(Refusal::Insufficient { missing });
    }
    if let Some(usage) = parts.keys().find_map(|purse| purse.is_refused(takes)) {
        return Err(Refusal::CouponNotTaken { usage });
    }
    if code.is_some_and(|code| at >= code.before) {
        return Err(Refusal::CodeExpired);
    }
    let mut lots = Vec::new();
    for (purse, part) in &parts {
        lots.extend(spend(&source, *part, |lot| Purse::of(lot) == *purse && lot.lives_at(at))?);
    }
    lots.sort_by_key(|portion| portion.lot);
    Ok(vec![Act::Transfer { debit, credit, amount, purpose, hold: None, lots }])
}

/// How much is tendered, in parts that make sense; none if it is beyond any amount.
fn tendered(tender: &Tender) -> Result<Option<Points>, Refusal> {
    let parts = match tender {
        Tender::Whatever(amount) => return Ok(Some(*amount)),
        Tender::Chosen(parts) => parts,
    };
    if parts.is_empty() {
        return Err(Refusal::NoLegs);
    }
    if parts.len() > PURSES_MAX {
        return Err(Refusal::TooManyLegs);
    }
    parts.values().try_for_each(|part| some(*part))?;
    Ok(parts.values().try_fold(Points::ZERO, |sum, part| sum.plus(*part)))
}

fn refund(book: &Overlay, of: u64, shop: AccountId, amount: Points, reason: &GrantReason) -> Result<Vec<Act>, Refusal> {
    some(amount)?;
    let original = original(book, of, Reversible::Purchase, shop)?;
    let (debit, credit) = (original.credit, original.debit);
    let purpose = Purpose::Refund { of, reason: reason.clone() };
    let (source, _) = sides(book, debit, credit, amount, &purpose)?;
    enough(posted(&source), amount)?;
    let lots = original.last_spent(amount).ok_or(Refusal::ExceedsOriginal { left: original.left() })?;
    Ok(vec![Act::Transfer { debit, credit, amount, purpose, hold: None, lots }])
}

/// What is to be taken back, if it went to that account.
fn original(book: &Overlay, of: u64, what: Reversible, went_to: AccountId) -> Result<&Original, Refusal> {
    let fits = |original: &&Original| original.what == what && original.credit == went_to;
    book.original(of).filter(fits).ok_or(Refusal::OriginalUnknown)
}

/// Refused is only what can never be taken in: an account of another kind stays one. All there is was made in one book, so no
/// account leaves its bounds by it.
fn arrive(book: &Overlay, parcel: &Parcel) -> Result<Vec<Act>, Refusal> {
    let Parcel { departure, from, to, amount, purpose, lots } = parcel.clone();
    some(amount)?;
    book.account(to, purpose.kinds().1)?;
    Ok(vec![Act::Arrived { departure, from, credit: to, amount, purpose, lots }])
}

/// To the very lots it left from. What another command had taken back with it is nobody's to give again: that does not return.
fn give_back(book: &Overlay, of: u64) -> Result<Vec<Act>, Refusal> {
    let original = book.original(of).ok_or(Refusal::OriginalUnknown)?;
    let Reversible::Departure { shard } = original.what else { return Err(Refusal::OriginalUnknown) };
    let amount = original.left();
    some(amount)?;
    let (debit, credit, purpose) = (transit(shard), original.debit, Purpose::Returned { of });
    book.account(credit, AccountKind::Person)?;
    Ok(vec![Act::Transfer { debit, credit, amount, purpose, hold: None, lots: original.lots.clone() }])
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
    enough(account.free_of(|lot| lot.usage == Usage::ANY && lot.lives_at(at)), amount)?;
    // What is set aside must still be worth something when it is paid out, and no hold makes value live longer.
    let will_do = |lot: &Lot| lot.usage == Usage::ANY && lot.outlives(until);
    let lots = spend(&account, amount, will_do).map_err(|refusal| match refusal {
        Refusal::Insufficient { missing } => Refusal::EndsBefore { missing },
        other => other,
    })?;
    Ok(vec![Act::Held { hold, account: from, amount, until, lots }])
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
    let mut acts = Vec::with_capacity(legs.len().saturating_add(1));
    let mut rest = Some(hold.amount);
    let mut lots = hold.lots.clone();
    for leg in legs {
        let purpose = match leg.kind {
            AccountKind::Person => Purpose::Reward,
            AccountKind::Fee => Purpose::Fee,
            AccountKind::Budget
            | AccountKind::Issuer
            | AccountKind::Expired
            | AccountKind::Shop
            | AccountKind::Transit => {
                return Err(Refusal::WrongAccountKind);
            }
        };
        book.account(leg.to, leg.kind)?;
        rest = rest.and_then(|rest| rest.minus(leg.amount));
        // Where they do not suffice, the sum below is refused; lots that do not come to their hold are found on applying.
        let (taken, left) = take(&lots, leg.amount).unwrap_or_default();
        lots = left;
        let (debit, credit) = (hold.account, leg.to);
        acts.push(Act::Transfer { debit, credit, amount: leg.amount, purpose, hold: Some(hold.id), lots: taken });
    }
    let rest = rest.ok_or(Refusal::LegsExceedHold)?;
    if !rest.is_zero() {
        acts.push(released(hold, rest, ReleaseCause::Rest, lots));
    }
    Ok(acts)
}

fn released(hold: &Hold, amount: Points, why: ReleaseCause, lots: Vec<Portion>) -> Act {
    Act::Released { hold: hold.id, account: hold.account, amount, why, lots }
}

fn open(book: &Overlay, id: HoldId) -> Result<&Hold, Refusal> {
    let hold = book.hold(id).ok_or(Refusal::HoldUnknown)?;
    match hold.state {
        HoldState::Open => Ok(hold),
        HoldState::Settled | HoldState::Released | HoldState::Expired => Err(Refusal::HoldResolved),
    }
}

fn sides<'a>(
    book: &'a Overlay,
    debit: AccountId,
    credit: AccountId,
    amount: Points,
    purpose: &Purpose,
) -> Result<(Cow<'a, Account>, Cow<'a, Account>), Refusal> {
    some(amount)?;
    if debit == credit {
        return Err(Refusal::SameAccount);
    }
    let (debit_kind, credit_kind) = purpose.kinds();
    Ok((book.account(debit, debit_kind)?, book.account(credit, credit_kind)?))
}

/// What an account has whose value is not in lots.
fn posted(account: &Account) -> Points {
    u64::try_from(account.posted).ok().and_then(Points::new).unwrap_or(Points::ZERO)
}

fn some(amount: Points) -> Result<(), Refusal> {
    if amount.is_zero() { Err(Refusal::ZeroAmount) } else { Ok(()) }
}

fn enough(available: Points, amount: Points) -> Result<(), Refusal> {
    match amount.minus(available) {
        Some(missing) if !missing.is_zero() => Err(Refusal::Insufficient { missing }),
        _ => Ok(()),
    }
}

/// That much of the lots that will do, the soonest to end first. Lots that contradict their account are found on applying.
fn spend(account: &Account, amount: Points, will_do: impl Fn(&Lot) -> bool) -> Result<Vec<Portion>, Refusal> {
    let portions = account.portions_of(&will_do);
    match take(&portions, amount) {
        Some((taken, _)) => Ok(taken),
        None => enough(account.free_of(&will_do), amount).map(|()| Vec::new()),
    }
}

#[cfg(test)]
mod tests;
