//! What can be looked at.

use serde::{Deserialize, Serialize};

use super::types::{Act, Entry, Hold, Purpose};
use crate::kernel::{AccountId, Fault, HoldId, Points, Timestamp};

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

/// An account's points (残高) and the holds behind them, at one instant.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Balance {
    /// The account.
    pub account: AccountId,
    /// Points in minus points out.
    pub posted: i64,
    /// Points set aside: the sum of `holds`.
    pub held: Points,
    /// What can be spent: posted minus held.
    pub available: i64,
    /// The open holds, soonest to expire first, then by id.
    pub holds: Vec<OpenHold>,
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
}

impl StatementLine {
    /// The line the entry makes on that account's statement. None if no points of it moved.
    pub fn of(account: AccountId, entry: Entry) -> Option<Self> {
        let Entry { seq, at, command: _, act, hash: _ } = entry;
        let Act::Transfer { debit, credit, amount, purpose, hold } = act else {
            return None;
        };
        // At most 10^11, so the conversion is exact.
        let signed = amount.get() as i64;
        let (amount, counterparty) = match account {
            _ if account == debit => (-signed, credit),
            _ if account == credit => (signed, debit),
            _ => return None,
        };
        Some(Self { seq, at, amount, purpose, counterparty, hold })
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
    /// Accounts whose balance is not the sum of their entries, or whose held points are not those of their open holds.
    pub unequal: u64,
}

impl Totals {
    /// Whether the books are in order: no gap, nothing made or lost, every balance explained.
    pub const fn hold_true(&self) -> bool {
        self.entries == self.last_seq && self.posted == 0 && self.unequal == 0
    }
}

/// Reading a ledger.
pub trait Views {
    /// The balances in the order asked; an account that was never touched has none of anything.
    fn balances(&self, accounts: &[AccountId]) -> Result<Vec<Balance>, Fault>;

    /// An account's lines below `before_seq` (all if none), newest first, at most `limit` and
    /// [`JOURNAL_PAGE_MAX`](crate::kernel::limit::JOURNAL_PAGE_MAX).
    fn statement(&self, account: AccountId, before_seq: Option<u64>, limit: u32) -> Result<Vec<StatementLine>, Fault>;

    /// The journal after that entry, oldest first, at most `limit` and
    /// [`JOURNAL_PAGE_MAX`](crate::kernel::limit::JOURNAL_PAGE_MAX).
    fn journal(&self, after_seq: u64, limit: u32) -> Result<Vec<Entry>, Fault>;

    /// Open holds with the soonest end, at most `limit`: what an alarm has to wait for and to expire.
    fn ending(&self, limit: u32) -> Result<Vec<Hold>, Fault>;

    /// The proof of totals. Reads everything: for audits and tests.
    fn totals(&self) -> Result<Totals, Fault>;
}
