//! The second model: rebuilds every balance and hold from the journal alone. Written without the first one,
//! so that a mistake has to be made twice to pass.

use std::collections::{BTreeMap, BTreeSet};

use super::types::{AccountKind, Act, Entry, HoldState, ReleaseCause, issuer};
use crate::kernel::{AccountId, CommandId, Digest, HoldId, Points, Timestamp, digest};

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
}

/// An account as the journal tells it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BookAccount {
    /// What it is for.
    pub kind: AccountKind,
    /// Points in minus points out.
    pub posted: i64,
    /// Points set aside.
    pub held: i64,
}

/// A hold as the journal tells it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
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
        self.act(entry.at, &entry.act)?;
        self.book.seq = seq;
        self.book.hash = entry.hash;
        self.at = Some(entry.at);
        self.command = Some(entry.command);
        Ok(())
    }

    fn act(&mut self, at: Timestamp, act: &Act) -> Result<(), Audited> {
        match act {
            Act::Transfer { debit, credit, amount, purpose, hold } => {
                if debit == credit {
                    return Err(Audited::Nothing);
                }
                let (from, to) = purpose.kinds();
                let value = positive(*amount)?;
                if let Some(hold) = hold {
                    self.pay_out(at, *hold, *debit, *amount)?;
                }
                let held = if hold.is_some() { -value } else { 0 };
                self.add(*debit, from, -value, held)?;
                self.add(*credit, to, value, 0)
            }
            Act::Held { hold, account, amount, until } => {
                if *until <= at {
                    return Err(Audited::Due);
                }
                let (account, amount, until) = (*account, *amount, *until);
                let new = BookHold { account, amount, left: amount, until, state: HoldState::Open };
                if self.book.holds.insert(*hold, new).is_some() {
                    return Err(Audited::Hold);
                }
                self.add(account, AccountKind::Person, 0, positive(amount)?)
            }
            Act::Released { hold, account, amount, why } => {
                self.give_back(at, *hold, *account, *amount, *why)?;
                self.add(*account, AccountKind::Person, 0, -positive(*amount)?)
            }
        }
    }

    /// A settlement's leg: the hold must be open, or be in the middle of this very settlement.
    fn pay_out(&mut self, at: Timestamp, id: HoldId, debit: AccountId, amount: Points) -> Result<(), Audited> {
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
        Ok(())
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

    fn add(&mut self, id: AccountId, kind: AccountKind, posted: i64, held: i64) -> Result<(), Audited> {
        if (id == issuer()) != (kind == AccountKind::Issuer) {
            return Err(Audited::Kind);
        }
        let account = self.book.accounts.entry(id).or_insert(BookAccount { kind, posted: 0, held: 0 });
        if account.kind != kind {
            return Err(Audited::Kind);
        }
        account.posted = account.posted.checked_add(posted).ok_or(Audited::Sum)?;
        account.held = account.held.checked_add(held).ok_or(Audited::Sum)?;
        if kind != AccountKind::Issuer && (account.posted < account.held || account.held < 0) {
            return Err(Audited::Floor);
        }
        Ok(())
    }
}

fn hold_of(act: &Act) -> Option<HoldId> {
    match act {
        Act::Transfer { hold, .. } => *hold,
        Act::Held { hold, .. } | Act::Released { hold, .. } => Some(*hold),
    }
}

fn positive(amount: Points) -> Result<i64, Audited> {
    if amount.is_zero() { Err(Audited::Nothing) } else { i64::try_from(amount.get()).map_err(|_| Audited::Nothing) }
}

#[cfg(test)]
mod tests;
