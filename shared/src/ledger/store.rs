//! What the ledger asks of storage, and the round that uses it.

use super::account::Account;
use super::command::Request;
use super::lot::{Portion, take, total};
use super::overlay::Overlay;
use super::reads::Reads;
use super::refusal::Refusal;
use super::types::{Act, Entry, Head, Hold, Purpose, Receipt, Remembered, Reversed};
use super::view::Views;
use crate::kernel::{AccountId, Day, Fault, Points, Timestamp};

/// What can be taken back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reversible {
    /// A grant: by a correction, from the resident to the budget.
    Grant,
    /// A purchase: by a refund, from the shop to the resident.
    Purchase,
}

/// A grant or a purchase as it was made, and how much of it has been taken back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Original {
    /// Its entry.
    pub seq: u64,
    /// Which of the two.
    pub what: Reversible,
    /// Where the value came from.
    pub debit: AccountId,
    /// Where it went.
    pub credit: AccountId,
    /// Of which lots, in the order of spending; of a grant always one.
    pub lots: Vec<Portion>,
    /// How much of it has been taken back.
    pub reversed: Points,
}

impl Original {
    /// The entry as something of which that much has been taken back. None if it cannot be.
    pub fn of(entry: &Entry, reversed: Points) -> Option<Self> {
        let Act::Transfer { debit, credit, purpose, lots, .. } = &entry.act else { return None };
        let what = match purpose {
            Purpose::Grant { .. } => Reversible::Grant,
            Purpose::Purchase => Reversible::Purchase,
            _ => return None,
        };
        Some(Self { seq: entry.seq, what, debit: *debit, credit: *credit, lots: lots.clone(), reversed })
    }

    /// What has not been taken back.
    pub fn left(&self) -> Points {
        total(&self.lots).and_then(|all| all.minus(self.reversed)).unwrap_or(Points::ZERO)
    }

    /// The lots that much of a purchase goes back to: what was spent last comes back first, for that lasts longest. None if
    /// less is left. In the order of spending.
    pub fn last_spent(&self, amount: Points) -> Option<Vec<Portion>> {
        let backwards: Vec<_> = self.lots.iter().rev().copied().collect();
        let (_, left) = take(&backwards, self.reversed)?;
        let (mut back, _) = take(&left, amount)?;
        back.reverse();
        Some(back)
    }
}

/// What was loaded for a batch. Rows that do not exist are left out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Snapshot {
    /// Where the journal ends.
    pub head: Head,
    /// The accounts named by [`Reads::accounts`], and those of the holds and originals below. Any order, repeats allowed.
    pub accounts: Vec<Account>,
    /// The holds named by [`Reads::holds`].
    pub holds: Vec<Hold>,
    /// The commands named by [`Reads::commands`].
    pub commands: Vec<Remembered>,
    /// The grants and purchases named by [`Reads::originals`].
    pub originals: Vec<Original>,
}

/// What a batch did: whole rows as they are afterwards, each once. Stores take it apart field by field, so
/// that a new field cannot be forgotten.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Changes {
    /// New entries in order of `seq`, following the head that was read.
    pub entries: Vec<Entry>,
    /// New or changed accounts, sorted by id.
    pub accounts: Vec<Account>,
    /// Accounts of which [`Account::ends`] changed, sorted by id, and what it is now. Seldom any: it is looked for by alarms
    /// only, and keeping it in order costs a store more than a payment does.
    pub ends: Vec<(AccountId, Option<Day>)>,
    /// New or changed holds, sorted by id.
    pub holds: Vec<Hold>,
    /// New commands, in the order they were posted.
    pub commands: Vec<Remembered>,
    /// Grants and purchases that were taken back in part or whole, by number.
    pub reversed: Vec<Reversed>,
}

impl Changes {
    /// Whether nothing was done. Every act makes an entry, so the journal says it all.
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }
}

/// Where a ledger is kept. One owner at a time: nothing else writes between `read` and `commit`.
pub trait Store {
    /// Loads what the plan names, as it is at one moment.
    fn read(&self, reads: &Reads) -> Result<Snapshot, Fault>;

    /// Keeps all of it, durably, or nothing. A fault if an entry's `seq` or a command's id is there already.
    fn commit(&self, changes: &Changes) -> Result<(), Fault>;
}

/// A store that can also be looked at.
pub trait LedgerStore: Store + Views {}
impl<T: Store + Views> LedgerStore for T {}

/// Posts commands that arrived together as one batch: one read, one decision after the other, one commit.
/// The answers are in the order of the batch. On a fault nothing of the batch was kept.
pub fn post(
    store: &(impl Store + ?Sized),
    now: Timestamp,
    batch: &[Request],
) -> Result<Vec<Result<Receipt, Refusal>>, Fault> {
    let mut overlay = Overlay::new(store.read(&Reads::of(batch))?);
    let answers = batch.iter().map(|request| overlay.post(now, request)).collect::<Result<Vec<_>, Fault>>()?;
    let changes = overlay.into_changes();
    if !changes.is_empty() {
        store.commit(&changes)?;
    }
    Ok(answers)
}
