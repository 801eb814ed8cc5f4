//! What can be looked at.

use serde::{Deserialize, Serialize};

use super::account::{Account, AccountKind};
use super::lot::{Holding, Lot, Portion, Usage};
use super::purse::{Parts, purses};
use super::types::{Act, Entry, Hold, Movement, Purpose};
use crate::kernel::{AccountId, Day, Fault, HoldId, Points, Timestamp};

/// A hold behind a balance.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct OpenHold {
    /// The hold.
    pub hold: HoldId,
    /// How many points it sets aside.
    pub amount: Points,
    /// Until when.
    pub until: Timestamp,
}

/// An account's points (残高) and the holds and lots behind them, at one instant.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Balance {
    /// The account.
    pub account: AccountId,
    /// Points in minus points out.
    pub posted: i64,
    /// Points set aside: the sum of `holds`.
    pub held: Points,
    /// What has lapsed and not been taken out yet.
    pub lapsed: Points,
    /// What can be spent on anything: posted minus held, minus what has lapsed or is bound to a use.
    pub available: i64,
    /// What there is by lot, in the order of spending; nothing where value is not in lots.
    pub lots: Vec<Holding>,
    /// The open holds, soonest to expire first, then by id.
    pub holds: Vec<OpenHold>,
}

impl Balance {
    /// Of that account, as it is at that moment.
    pub fn of(account: Account, holds: Vec<OpenHold>, now: Timestamp) -> Self {
        let lapsed = account.free_of(|lot| !lot.lives_at(now));
        let available = match account.kind {
            AccountKind::Person => account.free_of(|lot| lot.lives_at(now) && lot.usage == Usage::ANY).signed(),
            AccountKind::Budget
            | AccountKind::Fee
            | AccountKind::Issuer
            | AccountKind::Expired
            | AccountKind::Shop
            | AccountKind::Transit => account.free(),
        };
        let Account { id, kind: _, posted, held, lots } = account;
        Self { account: id, posted, held, lapsed, available, lots, holds }
    }

    /// What can be spent at that moment, by purse.
    pub fn purses(&self, now: Timestamp) -> Parts {
        purses(&self.lots, now)
    }

    /// What ends next of what can be spent on anything: how much, and its last day.
    pub fn ends_next(&self, now: Timestamp) -> Option<(Points, Day)> {
        self.ends_next_of(now, |lot| lot.usage == Usage::ANY)
    }

    /// What ends next of the lots that fit and can be spent: how much, and its last day.
    pub fn ends_next_of(&self, now: Timestamp, fits: impl Fn(&Lot) -> bool) -> Option<(Points, Day)> {
        let lives = |lot: &Lot| fits(lot) && lot.lives_at(now);
        let free = self.lots.iter().filter(|holding| lives(&holding.lot) && !holding.free().is_zero());
        let last_day = free.clone().map(|holding| holding.lot.last_day).min()?;
        let ending = free.filter(|holding| holding.lot.last_day == last_day);
        let amount = ending.fold(Points::ZERO, |sum, holding| sum.plus(holding.free()).unwrap_or(Points::MAX));
        Some((amount, last_day))
    }
}

/// A line of an account's statement (明細).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StatementLine {
    /// The entry.
    pub seq: u64,
    /// When.
    pub at: Timestamp,
    /// Points in (above zero) or out (below).
    pub amount: i64,
    /// Why.
    pub purpose: Purpose,
    /// The account on the other side.
    pub counterparty: AccountId,
    /// The hold the points came from, if any.
    pub hold: Option<HoldId>,
    /// Of which lots.
    pub lots: Vec<Portion>,
}

impl StatementLine {
    /// The line the entry makes on that account's statement. None if no points of it moved.
    pub fn of(account: AccountId, entry: Entry) -> Option<Self> {
        let Entry { seq, at, command: _, act, hash: _ } = entry;
        let Movement { debit: (debit, _), credit: (credit, _), amount, purpose, hold, lots } = act.movement()?;
        // Whom it concerns, wherever they are kept.
        let (to, from) = match &act {
            Act::Departed { to, .. } => (*to, debit),
            Act::Arrived { from, .. } => (credit, *from),
            Act::Transfer { .. } | Act::Held { .. } | Act::Released { .. } => (credit, debit),
        };
        let signed = amount.signed();
        let (amount, counterparty) = match account {
            _ if account == debit => (signed.saturating_neg(), to),
            _ if account == credit => (signed, from),
            _ => return None,
        };
        Some(Self { seq, at, amount, purpose: purpose.clone(), counterparty, hold, lots: lots.to_vec() })
    }
}

/// Which way points went, as the owner of an account sees it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Direction {
    /// They came in.
    In,
    /// They went out.
    Out,
}

impl Direction {
    /// Both.
    pub const ALL: [Self; 2] = [Self::In, Self::Out];

    /// The word in links.
    pub const fn word(self) -> &'static str {
        match self {
            Self::In => "in",
            Self::Out => "out",
        }
    }

    /// The direction of that word.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|direction| direction.word() == word)
    }

    /// The sign of an amount that went this way.
    pub const fn sign(self) -> i64 {
        match self {
            Self::In => 1,
            Self::Out => -1,
        }
    }
}

/// Which lines of a statement.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Selection {
    /// Those below that entry; all if none.
    pub before_seq: Option<u64>,
    /// Those that went that way; both if none.
    pub direction: Option<Direction>,
}

impl Selection {
    /// Every line.
    pub const ALL: Self = Self { before_seq: None, direction: None };

    /// Those below that entry.
    pub const fn before(seq: u64) -> Self {
        Self { before_seq: Some(seq), direction: None }
    }

    /// Whether the line is one of them.
    pub fn takes(&self, line: &StatementLine) -> bool {
        self.before_seq.is_none_or(|before| line.seq < before)
            && self.direction.is_none_or(|direction| line.amount.signum() == direction.sign())
    }
}

/// What the store proves about itself, without the rules: each number comes from stored rows alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Totals {
    /// How many entries there are.
    pub entries: u64,
    /// The last entry's number.
    pub last_seq: u64,
    /// How many accounts there are.
    pub accounts: u64,
    /// Sum of all balances.
    pub posted: i64,
    /// Accounts whose balance is not the sum of their entries or of their lots, whose held points are not those of their open
    /// holds, or of which an entry is gone.
    pub unequal: u64,
}

impl Totals {
    /// Whether the books are in order: no gap, nothing made or lost, every balance explained.
    pub const fn hold_true(&self) -> bool {
        self.entries == self.last_seq && self.posted == 0 && self.unequal == 0
    }
}

/// What a nightly trial balance found (検算).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct TrialBalance {
    /// When.
    pub at: Timestamp,
    /// What the rows come to.
    pub totals: Totals,
    /// Whether the entries since the one before follow each other, hash by hash.
    pub chained: bool,
}

impl TrialBalance {
    /// Whether the books are in order.
    pub const fn holds(&self) -> bool {
        self.totals.hold_true() && self.chained
    }
}

/// Reading a ledger.
pub trait Views {
    /// The balances at that moment, in the order asked; an account that was never touched has none of anything.
    fn balances(&self, accounts: &[AccountId], now: Timestamp) -> Result<Vec<Balance>, Fault>;

    /// An account's lines of that selection, newest first, at most `limit` and
    /// [`JOURNAL_PAGE_MAX`](crate::kernel::limit::JOURNAL_PAGE_MAX).
    fn statement(&self, account: AccountId, which: Selection, limit: u32) -> Result<Vec<StatementLine>, Fault>;

    /// The journal after that entry, oldest first, at most `limit` and
    /// [`JOURNAL_PAGE_MAX`](crate::kernel::limit::JOURNAL_PAGE_MAX).
    fn journal(&self, after_seq: u64, limit: u32) -> Result<Vec<Entry>, Fault>;

    /// Open holds with the soonest end, at most `limit`: what an alarm has to wait for and to expire.
    fn ending(&self, limit: u32) -> Result<Vec<Hold>, Fault>;

    /// Accounts of people in which something that is not set aside has its last day before that one, at most `limit`: what
    /// [`Command::Lapse`](super::Command::Lapse) is for. Soonest first, then by id.
    fn lapsing(&self, today: Day, limit: u32) -> Result<Vec<AccountId>, Fault>;

    /// The proof of totals. Reads everything: for audits and tests.
    fn totals(&self) -> Result<Totals, Fault>;
}
