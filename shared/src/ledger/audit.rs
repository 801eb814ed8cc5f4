//! The second model: rebuilds every balance and hold from the journal alone. Written without the first one,
//! so that a mistake has to be made twice to pass.

use std::collections::{BTreeMap, BTreeSet};

use super::account::AccountKind;
use super::lot::{Lot, Portion, Usage};
use super::purse::Purse;
use super::shard::transit;
use super::types::{Act, Departure, Entry, HoldState, Purpose, ReleaseCause};
use crate::kernel::{AccountId, CommandId, Day, Digest, HoldId, Points, Timestamp, digest};

/// Why a journal is not believed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("entry {seq}: {why}")]
pub struct AuditError {
    /// The number the entry should have.
    pub seq: u64,
    /// What is wrong with it.
    pub why: Audited,
}

/// What an audit finds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Audited {
    /// A number is missing, repeated or out of order.
    #[error("the number does not follow")]
    Gap,
    /// It cannot be written as bytes.
    #[error("not an entry")]
    Malformed,
    /// The hash is not that of the entry behind the one in front.
    #[error("the hash does not follow")]
    Chain,
    /// It is earlier than the one in front.
    #[error("earlier than the one in front")]
    Clock,
    /// The command ended before.
    #[error("its command ended before")]
    Command,
    /// The command in front left a settlement half done.
    #[error("a settlement is half done")]
    HalfSettled,
    /// It moves nothing, or from an account to itself.
    #[error("moves nothing")]
    Nothing,
    /// An account would be of two kinds.
    #[error("an account is of another kind")]
    Kind,
    /// An account would be below its floor.
    #[error("an account is below its floor")]
    Floor,
    /// The balances do not sum to zero.
    #[error("the balances do not sum to zero")]
    Sum,
    /// The hold does not exist, is resolved, is somebody else's or not that large; or it exists already.
    #[error("the hold does not fit")]
    Hold,
    /// The hold is settled too late or expired too early.
    #[error("the hold's time does not fit")]
    Due,
    /// The lots do not come to the amount, or are not those set aside.
    #[error("the lots do not fit")]
    Lots,
    /// A lot is spent after its last day, set aside beyond it, or lapses before.
    #[error("a lot's last day does not fit")]
    LastDay,
    /// A lot that is bound to a use goes to another person, or one that ends sooner was passed over.
    #[error("another lot was to be spent")]
    Choice,
    /// There is no such grant or purchase, or more of it is taken back than there was, or not what was spent last.
    #[error("what is taken back does not fit")]
    Original,
}

/// An account as the journal tells it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BookAccount {
    /// What it is for.
    pub kind: AccountKind,
    /// Points in minus points out.
    pub posted: i64,
    /// Points set aside.
    pub held: i64,
    /// Of a person: what there is of each lot, and what of it is set aside. Nothing of a lot is no line.
    pub lots: BTreeMap<Lot, (i64, i64)>,
}

/// A hold as the journal tells it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BookHold {
    /// Whose points.
    pub account: AccountId,
    /// How many when it was made.
    pub amount: Points,
    /// How many are still set aside.
    pub left: Points,
    /// Until when.
    pub until: Timestamp,
    /// How it stands.
    pub state: HoldState,
    /// How many are still set aside of each lot.
    pub lots: BTreeMap<Lot, i64>,
}

/// A grant, purchase or departure as the journal tells it: between whom, and what of each lot was not taken back.
#[derive(Debug, Clone, PartialEq, Eq)]
struct BookOriginal {
    debit: AccountId,
    credit: AccountId,
    left: BTreeMap<Lot, i64>,
}

impl BookOriginal {
    fn new((debit, credit): (AccountId, AccountId), lots: &[Portion]) -> Self {
        Self { debit, credit, left: lots.iter().map(|one| (one.lot, one.amount.signed())).collect() }
    }
}

/// The ledger rebuilt (再計算した台帳).
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Book {
    /// Every account that was ever touched.
    pub accounts: BTreeMap<AccountId, BookAccount>,
    /// Every hold.
    pub holds: BTreeMap<HoldId, BookHold>,
    /// The last entry's number; 0 if there is none.
    pub seq: u64,
    /// The last entry's hash. Compared with the head the ledger answers, it shows entries cut off at the end.
    pub hash: Digest,
}

/// Takes a journal page by page.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Auditor {
    book: Book,
    at: Option<Timestamp>,
    command: Option<CommandId>,
    ended: BTreeSet<CommandId>,
    settling: Option<HoldId>,
    grants: BTreeMap<u64, BookOriginal>,
    purchases: BTreeMap<u64, BookOriginal>,
    departures: BTreeMap<u64, BookOriginal>,
    arrivals: BTreeSet<Departure>,
}

/// The whole journal, from its first entry, or the first thing that is wrong with it.
pub fn replay<'a>(entries: impl IntoIterator<Item = &'a Entry>) -> Result<Book, AuditError> {
    let mut auditor = Auditor::default();
    for entry in entries {
        auditor.take(entry)?;
    }
    auditor.finish()
}

impl Auditor {
    /// The next entry.
    pub fn take(&mut self, entry: &Entry) -> Result<(), AuditError> {
        let seq = self.book.seq.saturating_add(1);
        self.check(seq, entry).map_err(|why| AuditError { seq, why })
    }

    /// The books after the last entry. Refused inside a settlement.
    pub fn finish(self) -> Result<Book, AuditError> {
        let sum: i128 = self.book.accounts.values().map(|account| i128::from(account.posted)).sum();
        let seq = self.book.seq.saturating_add(1);
        match self.settling {
            Some(_) => Err(AuditError { seq, why: Audited::HalfSettled }),
            None if sum != 0 => Err(AuditError { seq, why: Audited::Sum }),
            None => Ok(self.book),
        }
    }

    /// The books as far as they were read.
    pub fn book(&self) -> &Book {
        &self.book
    }

    fn check(&mut self, seq: u64, entry: &Entry) -> Result<(), Audited> {
        if entry.seq != seq {
            return Err(Audited::Gap);
        }
        let body = postcard::to_allocvec(&(entry.seq, entry.at, entry.command, &entry.act));
        if digest(&[&self.book.hash, &body.map_err(|_| Audited::Malformed)?]) != entry.hash {
            return Err(Audited::Chain);
        }
        if self.at.is_some_and(|at| entry.at < at) {
            return Err(Audited::Clock);
        }
        if self.command != Some(entry.command) {
            if self.settling.is_some() {
                return Err(Audited::HalfSettled);
            }
            self.ended.extend(self.command);
            if self.ended.contains(&entry.command) {
                return Err(Audited::Command);
            }
        }
        if self.settling.is_some_and(|hold| hold_of(&entry.act) != Some(hold)) {
            return Err(Audited::HalfSettled);
        }
        self.act(seq, entry.at, &entry.act)?;
        self.book.seq = seq;
        self.book.hash = entry.hash;
        self.at = Some(entry.at);
        self.command = Some(entry.command);
        Ok(())
    }

    fn act(&mut self, seq: u64, at: Timestamp, act: &Act) -> Result<(), Audited> {
        match act {
            Act::Transfer { debit, credit, amount, purpose, hold, lots } => {
                if debit == credit {
                    return Err(Audited::Nothing);
                }
                let to = purpose.kinds().1;
                let value = self.may_leave(at, *debit, *amount, purpose, *hold, lots)?;
                self.reversible(seq, at, (*debit, *credit), purpose, lots)?;
                self.debit(*debit, purpose, *hold, value, lots)?;
                self.add(*credit, to, (1, 0), value, lots)
            }
            Act::Departed { debit, to, shard, amount, purpose, hold, lots } => {
                if debit == to {
                    return Err(Audited::Nothing);
                }
                travels(purpose)?;
                let value = self.may_leave(at, *debit, *amount, purpose, *hold, lots)?;
                let (under_way, between) = (transit(*shard), (*debit, *to));
                match purpose {
                    // They begin where they arrive; from here they may only come back.
                    Purpose::Payment | Purpose::Purchase | Purpose::Reward => {
                        self.departures.insert(seq, BookOriginal::new((*debit, under_way), lots));
                    }
                    Purpose::Grant { .. } => granted_on(at, lots)?,
                    _ => self.reversible(seq, at, between, purpose, lots)?,
                }
                self.debit(*debit, purpose, *hold, value, lots)?;
                self.add(under_way, AccountKind::Transit, (1, 0), value, lots)
            }
            Act::Arrived { departure, from, credit, amount, purpose, lots } => {
                if from == credit {
                    return Err(Audited::Nothing);
                }
                travels(purpose)?;
                let value = positive(*amount)?;
                come_to(lots, value)?;
                if !self.arrivals.insert(*departure) {
                    return Err(Audited::Command);
                }
                match purpose {
                    Purpose::Grant { .. } => {
                        self.grants.insert(seq, BookOriginal::new((*from, *credit), lots));
                    }
                    Purpose::Purchase => {
                        self.purchases.insert(seq, BookOriginal::new((*from, *credit), lots));
                    }
                    _ => {}
                }
                self.add(transit(departure.shard), AccountKind::Transit, (-1, 0), value, lots)?;
                self.add(*credit, purpose.kinds().1, (1, 0), value, lots)
            }
            Act::Held { hold, account, amount, until, lots } => {
                if *until <= at {
                    return Err(Audited::Due);
                }
                let value = positive(*amount)?;
                come_to(lots, value)?;
                let last_moment = Timestamp(until.0.saturating_sub(1));
                self.soonest(*account, lots, |lot| lot.usage == Usage::ANY, last_moment.day())?;
                let (account, amount, until) = (*account, *amount, *until);
                let aside = lots.iter().map(|portion| (portion.lot, portion.amount.signed())).collect();
                let new = BookHold { account, amount, left: amount, until, state: HoldState::Open, lots: aside };
                if self.book.holds.insert(*hold, new).is_some() {
                    return Err(Audited::Hold);
                }
                self.add(account, AccountKind::Person, (0, 1), value, lots)
            }
            Act::Released { hold, account, amount, why, lots } => {
                let value = positive(*amount)?;
                come_to(lots, value)?;
                self.give_back(at, *hold, *account, *amount, *why)?;
                self.out_of_hold(*hold, lots)?;
                self.add(*account, AccountKind::Person, (0, -1), value, lots)
            }
        }
    }

    /// Whether that may go out of an account, in those lots. Its amount.
    fn may_leave(
        &mut self,
        at: Timestamp,
        debit: AccountId,
        amount: Points,
        purpose: &Purpose,
        hold: Option<HoldId>,
        lots: &[Portion],
    ) -> Result<i64, Audited> {
        let value = positive(amount)?;
        if *purpose != Purpose::Fund {
            come_to(lots, value)?;
        } else if !lots.is_empty() {
            return Err(Audited::Lots);
        }
        match hold {
            Some(_) if !matches!(purpose, Purpose::Reward | Purpose::Fee) => return Err(Audited::Hold),
            Some(hold) => self.pay_out(at, hold, debit, amount, lots)?,
            None => self.chosen(at, debit, purpose, lots)?,
        }
        Ok(value)
    }

    /// Out of an account, and out of what is set aside there if a hold stands behind it.
    fn debit(
        &mut self,
        id: AccountId,
        purpose: &Purpose,
        hold: Option<HoldId>,
        value: i64,
        lots: &[Portion],
    ) -> Result<(), Audited> {
        let held = if hold.is_some() { -1 } else { 0 };
        self.add(id, purpose.kinds().0, (-1, held), value, lots)
    }

    /// Whether a transfer that no hold stands behind takes the lots it has to.
    fn chosen(&self, at: Timestamp, debit: AccountId, purpose: &Purpose, lots: &[Portion]) -> Result<(), Audited> {
        match purpose {
            Purpose::Payment => self.soonest(debit, lots, |lot| lot.usage == Usage::ANY, at.day()),
            // Of each purse by itself.
            Purpose::Purchase => {
                lots.iter().map(|one| Purse::of(&one.lot)).collect::<BTreeSet<_>>().into_iter().try_for_each(|purse| {
                    let of_purse: Vec<_> = lots.iter().filter(|one| Purse::of(&one.lot) == purse).copied().collect();
                    self.soonest(debit, &of_purse, |lot| Purse::of(lot) == purse, at.day())
                })
            }
            Purpose::Lapse if lots.iter().any(|portion| at.day() <= portion.lot.last_day) => Err(Audited::LastDay),
            // Paid from a hold only.
            Purpose::Reward | Purpose::Fee => Err(Audited::Hold),
            Purpose::Lapse
            | Purpose::Fund
            | Purpose::Grant { .. }
            | Purpose::Correction { .. }
            | Purpose::Refund { .. }
            | Purpose::Returned { .. } => Ok(()),
        }
    }

    /// The portions are of lots that fit and can be spent on that day, and nothing such that ends sooner than the last of them
    /// was left.
    fn soonest(&self, of: AccountId, lots: &[Portion], fits: impl Fn(&Lot) -> bool, on: Day) -> Result<(), Audited> {
        if lots.iter().any(|portion| !fits(&portion.lot)) {
            return Err(Audited::Choice);
        }
        if lots.iter().any(|portion| portion.lot.last_day < on) {
            return Err(Audited::LastDay);
        }
        let will_do = |lot: &Lot| fits(lot) && on <= lot.last_day;
        let Some(last) = lots.last().map(|portion| portion.lot) else { return Ok(()) };
        let account = self.book.accounts.get(&of).ok_or(Audited::Floor)?;
        for (lot, (posted, held)) in account.lots.range(..last).filter(|(lot, _)| will_do(lot)) {
            let taken: u64 = lots.iter().filter(|one| one.lot == *lot).map(|one| one.amount.get()).sum();
            if i64::try_from(taken).ok() != posted.checked_sub(*held) {
                return Err(Audited::Choice);
            }
        }
        Ok(())
    }

    /// What begins with a grant or purchase, and what is taken back of it.
    fn reversible(
        &mut self,
        seq: u64,
        at: Timestamp,
        (debit, credit): (AccountId, AccountId),
        purpose: &Purpose,
        lots: &[Portion],
    ) -> Result<(), Audited> {
        let new = || BookOriginal::new((debit, credit), lots);
        match purpose {
            Purpose::Grant { .. } => {
                granted_on(at, lots)?;
                self.grants.insert(seq, new());
                Ok(())
            }
            Purpose::Purchase => {
                self.purchases.insert(seq, new());
                Ok(())
            }
            // All of it, or none.
            Purpose::Returned { of } => {
                take_back(self.departures.get_mut(of), debit, credit, lots)?;
                let rest = self.departures.remove(of).is_some_and(|original| !original.left.is_empty());
                if rest { Err(Audited::Original) } else { Ok(()) }
            }
            Purpose::Correction { of, .. } => take_back(self.grants.get_mut(of), debit, credit, lots),
            Purpose::Refund { of, .. } => take_back(self.purchases.get_mut(of), debit, credit, lots),
            Purpose::Fund | Purpose::Payment | Purpose::Reward | Purpose::Fee | Purpose::Lapse => Ok(()),
        }
    }

    /// A settlement's leg: the hold must be open, or be in the middle of this very settlement.
    fn pay_out(
        &mut self,
        at: Timestamp,
        id: HoldId,
        debit: AccountId,
        amount: Points,
        lots: &[Portion],
    ) -> Result<(), Audited> {
        let hold = self.book.holds.get_mut(&id).ok_or(Audited::Hold)?;
        let fits = hold.state == HoldState::Open || self.settling == Some(id);
        if !fits || hold.account != debit || self.settling.is_some_and(|other| other != id) {
            return Err(Audited::Hold);
        }
        if at >= hold.until {
            return Err(Audited::Due);
        }
        hold.left = hold.left.minus(amount).ok_or(Audited::Hold)?;
        hold.state = HoldState::Settled;
        self.settling = (!hold.left.is_zero()).then_some(id);
        self.out_of_hold(id, lots)
    }

    /// Always all that is left.
    fn give_back(
        &mut self,
        at: Timestamp,
        id: HoldId,
        account: AccountId,
        amount: Points,
        why: ReleaseCause,
    ) -> Result<(), Audited> {
        let hold = self.book.holds.get_mut(&id).ok_or(Audited::Hold)?;
        let (before, after) = match why {
            ReleaseCause::Rest => (HoldState::Settled, HoldState::Settled),
            ReleaseCause::Void => (HoldState::Open, HoldState::Released),
            ReleaseCause::Expired => (HoldState::Open, HoldState::Expired),
        };
        let mid_settlement = self.settling == Some(id);
        if hold.state != before || hold.account != account || hold.left != amount {
            return Err(Audited::Hold);
        }
        if mid_settlement != (why == ReleaseCause::Rest) {
            return Err(Audited::Hold);
        }
        if why == ReleaseCause::Expired && at < hold.until {
            return Err(Audited::Due);
        }
        hold.left = Points::ZERO;
        hold.state = after;
        self.settling = None;
        Ok(())
    }

    /// Of the lots the hold set aside, and no more of each than it did.
    fn out_of_hold(&mut self, id: HoldId, lots: &[Portion]) -> Result<(), Audited> {
        let hold = self.book.holds.get_mut(&id).ok_or(Audited::Hold)?;
        for Portion { lot, amount } in lots {
            let aside = hold.lots.get_mut(lot).ok_or(Audited::Lots)?;
            *aside = aside.checked_sub(amount.signed()).filter(|left| *left >= 0).ok_or(Audited::Lots)?;
        }
        hold.lots.retain(|_, aside| *aside > 0);
        Ok(())
    }

    /// Adds the value to what is posted and what is held, with those signs.
    fn add(
        &mut self,
        id: AccountId,
        kind: AccountKind,
        (posted, held): (i64, i64),
        value: i64,
        lots: &[Portion],
    ) -> Result<(), Audited> {
        if !kind.admits(id) {
            return Err(Audited::Kind);
        }
        let new = BookAccount { kind, posted: 0, held: 0, lots: BTreeMap::new() };
        let account = self.book.accounts.entry(id).or_insert(new);
        if account.kind != kind {
            return Err(Audited::Kind);
        }
        account.posted = moved(account.posted, posted, value)?;
        account.held = moved(account.held, held, value)?;
        let has_a_floor = !matches!(kind, AccountKind::Issuer | AccountKind::Transit);
        if has_a_floor && (account.posted < account.held || account.held < 0) {
            return Err(Audited::Floor);
        }
        if kind == AccountKind::Person {
            for Portion { lot, amount } in lots {
                let amount = amount.signed();
                let of_lot = account.lots.entry(*lot).or_default();
                *of_lot = (moved(of_lot.0, posted, amount)?, moved(of_lot.1, held, amount)?);
                if of_lot.1 < 0 || of_lot.0 < of_lot.1 {
                    return Err(Audited::Floor);
                }
            }
            account.lots.retain(|_, of_lot| of_lot.0 > 0);
        }
        Ok(())
    }
}

/// The portions are some, each of something and each lot once, in order, and together the value.
fn come_to(lots: &[Portion], value: i64) -> Result<(), Audited> {
    let sum: i128 = lots.iter().map(|portion| i128::from(portion.amount.get())).sum();
    let ordered = lots.windows(2).all(|pair| matches!(pair, [one, next] if one.lot < next.lot));
    let fits = sum == i128::from(value) && ordered && lots.iter().all(|portion| !portion.amount.is_zero());
    if fits { Ok(()) } else { Err(Audited::Lots) }
}

/// What goes from book to book: what is for somebody. What every book has of its own stays.
const fn travels(purpose: &Purpose) -> Result<(), Audited> {
    match purpose {
        Purpose::Grant { .. }
        | Purpose::Payment
        | Purpose::Reward
        | Purpose::Purchase
        | Purpose::Correction { .. }
        | Purpose::Refund { .. } => Ok(()),
        Purpose::Fund | Purpose::Fee | Purpose::Lapse | Purpose::Returned { .. } => Err(Audited::Kind),
    }
}

/// One lot, which begins that day.
fn granted_on(at: Timestamp, lots: &[Portion]) -> Result<(), Audited> {
    match lots {
        [Portion { lot, .. }] if lot.issued == at.day() && lot.last_day >= lot.issued => Ok(()),
        [_] => Err(Audited::LastDay),
        _ => Err(Audited::Lots),
    }
}

/// From whom it went to, to whom it came from; of each lot no more than is left, and of lots spent sooner nothing before
/// those spent later are back.
fn take_back(
    original: Option<&mut BookOriginal>,
    debit: AccountId,
    credit: AccountId,
    lots: &[Portion],
) -> Result<(), Audited> {
    let original = original.filter(|one| (one.credit, one.debit) == (debit, credit)).ok_or(Audited::Original)?;
    for Portion { lot, amount } in lots {
        let left = original.left.get_mut(lot).ok_or(Audited::Original)?;
        *left = left.checked_sub(amount.signed()).filter(|left| *left >= 0).ok_or(Audited::Original)?;
    }
    original.left.retain(|_, left| *left > 0);
    let later_is_left = |last: &Lot| lots.first().is_some_and(|first| *last > first.lot);
    match original.left.last_key_value() {
        Some((last, _)) if later_is_left(last) => Err(Audited::Original),
        _ => Ok(()),
    }
}

fn hold_of(act: &Act) -> Option<HoldId> {
    match act {
        Act::Transfer { hold, .. } | Act::Departed { hold, .. } => *hold,
        Act::Arrived { .. } => None,
        Act::Held { hold, .. } | Act::Released { hold, .. } => Some(*hold),
    }
}

/// What is there after `value` has come (1), gone (−1) or stayed away (0).
fn moved(there: i64, direction: i64, value: i64) -> Result<i64, Audited> {
    direction.checked_mul(value).and_then(|change| there.checked_add(change)).ok_or(Audited::Sum)
}

fn positive(amount: Points) -> Result<i64, Audited> {
    if amount.is_zero() { Err(Audited::Nothing) } else { i64::try_from(amount.get()).map_err(|_| Audited::Nothing) }
}

#[cfg(test)]
mod tests;
