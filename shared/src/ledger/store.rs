//! What the ledger asks of storage, and the round that uses it.

use super::account::Account;
use super::command::{Parcel, Request};
use super::lot::{Portion, take, total};
use super::overlay::Overlay;
use super::reads::Reads;
use super::refusal::Refusal;
use super::shard::Place;
use super::types::{Act, Departure, Entry, Head, Hold, Purpose, Receipt, Remembered, Reversed};
use super::view::Views;
use crate::kernel::{AccountId, Day, Fault, Points, Shard, Timestamp};

/// What can be taken back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reversible {
    /// A grant: by a correction, from the resident to the budget.
    Grant,
    /// A purchase: by a refund, from the shop to the resident.
    Purchase,
    /// What a person sent to another book: by that book, which refuses it.
    Departure {
        /// That book.
        shard: Shard,
    },
}

/// A grant, a purchase or a departure as it was made, and how much of it has been taken back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Original {
    /// Its entry.
    pub seq: u64,
    /// Which of them.
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
        let (debit, credit, what, lots) = match &entry.act {
            Act::Transfer { debit, credit, purpose, lots, .. } => (debit, credit, bought_or_granted(purpose)?, lots),
            // What is taken back is taken back where it went.
            Act::Arrived { from, credit, purpose, lots, .. } => (from, credit, bought_or_granted(purpose)?, lots),
            Act::Departed { debit, to, shard, purpose, lots, .. } => {
                let of_a_person = matches!(purpose, Purpose::Payment | Purpose::Purchase | Purpose::Reward);
                (debit, to, of_a_person.then_some(Reversible::Departure { shard: *shard })?, lots)
            }
            Act::Held { .. } | Act::Released { .. } => return None,
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

const fn bought_or_granted(purpose: &Purpose) -> Option<Reversible> {
    match purpose {
        Purpose::Grant { .. } => Some(Reversible::Grant),
        Purpose::Purchase => Some(Reversible::Purchase),
        _ => None,
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
    /// The grants, purchases and departures named by [`Reads::originals`].
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
    /// Grants and purchases that were taken back in part or whole, and departures that were, by number.
    pub reversed: Vec<Reversed>,
    /// Entries with which something left for another book: parcels that wait from now on.
    pub departed: Vec<u64>,
    /// Entries with which something left that came back: parcels that wait no more.
    pub returned: Vec<u64>,
}

impl Changes {
    /// Whether nothing was done. Every act makes an entry, so the journal says it all.
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }
}

/// Where a ledger is kept. One owner at a time: nothing else writes between `read` and `commit`.
pub trait Store {
    /// Which book of the ledger this is.
    fn place(&self) -> Place {
        Place::WHOLE
    }

    /// Loads what the plan names, as it is at one moment.
    fn read(&self, reads: &Reads) -> Result<Snapshot, Fault>;

    /// Keeps all of it, durably, or nothing. A fault if an entry's `seq` or a command's id is there already.
    fn commit(&self, changes: &Changes) -> Result<(), Fault>;
}

/// What left a book and is not known to have arrived.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Waiting {
    /// What it is.
    pub parcel: Parcel,
    /// The book it is for.
    pub to: Shard,
    /// How often it was sent in vain.
    pub attempts: u32,
}

impl Waiting {
    /// What left that book with the entry, if anything did.
    pub fn of(here: Shard, entry: Entry, attempts: u32) -> Option<Self> {
        let Act::Departed { debit, to, shard, amount, purpose, hold: _, lots } = entry.act else { return None };
        let departure = Departure { shard: here, seq: entry.seq };
        Some(Self { parcel: Parcel { departure, from: debit, to, amount, purpose, lots }, to: shard, attempts })
    }
}

/// A store with what waits in it to leave for other books.
pub trait Parcels: Store {
    /// What is to be sent by now, what is due soonest first.
    fn parcels_due(&self, now: Timestamp, limit: u32) -> Result<Vec<Waiting>, Fault>;

    /// When the next one is to be sent.
    fn next_parcel(&self) -> Result<Option<Timestamp>, Fault>;

    /// Sends the parcel of that entry again at that moment.
    fn postpone_parcel(&self, seq: u64, attempts: u32, due: Timestamp) -> Result<(), Fault>;

    /// The parcels of those entries have arrived.
    fn forget_parcels(&self, seqs: &[u64]) -> Result<(), Fault>;
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
    let place = store.place();
    let mut overlay = Overlay::new(place, store.read(&Reads::of(place, batch))?);
    let answers = batch.iter().map(|request| overlay.post(now, request)).collect::<Result<Vec<_>, Fault>>()?;
    let changes = overlay.into_changes();
    if !changes.is_empty() {
        store.commit(&changes)?;
    }
    Ok(answers)
}
