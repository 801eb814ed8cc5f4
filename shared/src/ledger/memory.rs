//! A ledger in memory: the model every other store is compared with.

use std::cell::RefCell;
use std::collections::BTreeMap;

use super::account::{Account, AccountKind};
use super::reads::Reads;
use super::shard::Place;
use super::store::{Changes, Original, Parcels, Snapshot, Store, Waiting};
use super::types::{Entry, Head, Hold, HoldState, Movement, Remembered};
use super::view::{Balance, OpenHold, Selection, StatementLine, Totals, Views};
use crate::kernel::limit::JOURNAL_PAGE_MAX;
use crate::kernel::{AccountId, CommandId, Day, Fault, HoldId, Points, Timestamp};

#[derive(Debug, Clone, PartialEq, Eq, Default)]
struct State {
    entries: Vec<Entry>,
    accounts: BTreeMap<AccountId, Account>,
    holds: BTreeMap<HoldId, Hold>,
    commands: BTreeMap<CommandId, Remembered>,
    reversed: BTreeMap<u64, Points>,
    /// By entry: when it is due, and how often it was sent in vain.
    parcels: BTreeMap<u64, (Timestamp, u32)>,
}

/// A ledger in memory, or one book of it. Equal ones have equal rows in every table.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Memory(RefCell<State>, Place);

impl Memory {
    /// An empty ledger.
    pub fn new() -> Self {
        Self::default()
    }

    /// One empty book of several.
    pub fn in_place(place: Place) -> Self {
        Self(RefCell::default(), place)
    }

    /// Every account, by id.
    pub fn accounts(&self) -> Vec<Account> {
        self.0.borrow().accounts.values().cloned().collect()
    }

    /// Every hold, by id.
    pub fn holds(&self) -> Vec<Hold> {
        self.0.borrow().holds.values().cloned().collect()
    }

    /// The whole journal.
    pub fn entries(&self) -> Vec<Entry> {
        self.0.borrow().entries.clone()
    }

    /// The entries from that index on.
    pub fn entries_from(&self, index: usize) -> Vec<Entry> {
        self.0.borrow().entries.iter().skip(index).cloned().collect()
    }
}

fn open_of(state: &State, account: AccountId) -> Vec<OpenHold> {
    let mine = state.holds.values().filter(|hold| hold.account == account && hold.state == HoldState::Open);
    let mut holds: Vec<_> =
        mine.map(|hold| OpenHold { hold: hold.id, amount: hold.amount, until: hold.until }).collect();
    holds.sort_by_key(|hold| (hold.until, hold.hold));
    holds
}

fn original(state: &State, seq: u64) -> Option<Original> {
    let entry = state.entries.iter().find(|entry| entry.seq == seq)?;
    Original::of(entry, state.reversed.get(&seq).copied().unwrap_or(Points::ZERO))
}

fn page(limit: u32) -> usize {
    limit.min(JOURNAL_PAGE_MAX) as usize
}

impl Store for Memory {
    fn place(&self) -> Place {
        self.1
    }

    fn read(&self, reads: &Reads) -> Result<Snapshot, Fault> {
        let state = self.0.borrow();
        let holds: Vec<_> = reads.holds.iter().filter_map(|id| state.holds.get(id)).cloned().collect();
        let originals: Vec<_> = reads.originals.iter().filter_map(|seq| original(&state, *seq)).collect();
        let both_sides = originals.iter().flat_map(|original| [original.debit, original.credit]);
        let ids = reads.accounts.iter().copied().chain(holds.iter().map(|hold| hold.account)).chain(both_sides);
        Ok(Snapshot {
            head: state.entries.last().map_or(Head::GENESIS, Head::from),
            accounts: ids.filter_map(|id| state.accounts.get(&id)).cloned().collect(),
            commands: reads.commands.iter().filter_map(|id| state.commands.get(id)).copied().collect(),
            holds,
            originals,
        })
    }

    fn commit(&self, changes: &Changes) -> Result<(), Fault> {
        let Changes { entries, accounts, ends: _, holds, commands, reversed, departed, returned } = changes;
        let mut state = self.0.borrow_mut();
        let last = state.entries.last().map_or(0, |entry| entry.seq);
        let follows = entries.iter().zip(last + 1..).all(|(entry, seq)| entry.seq == seq);
        if !follows || commands.iter().any(|command| state.commands.contains_key(&command.id)) {
            return Err(Fault::new("ledger.memory", "these rows are there already"));
        }
        state.entries.extend(entries.iter().cloned());
        state.accounts.extend(accounts.iter().map(|account| (account.id, account.clone())));
        state.holds.extend(holds.iter().map(|hold| (hold.id, hold.clone())));
        state.commands.extend(commands.iter().map(|command| (command.id, *command)));
        state.reversed.extend(reversed.iter().map(|reversed| (reversed.of, reversed.amount)));
        let since = entries.last().map_or(Timestamp(0), |entry| entry.at);
        state.parcels.extend(departed.iter().map(|seq| (*seq, (since, 0))));
        state.parcels.retain(|seq, _| !returned.contains(seq));
        Ok(())
    }
}

impl Parcels for Memory {
    fn parcels_due(&self, now: Timestamp, limit: u32) -> Result<Vec<Waiting>, Fault> {
        let state = self.0.borrow();
        let due = state.parcels.iter().filter(|(_, (due, _))| *due <= now);
        let mut due: Vec<_> = due.map(|(seq, (due, attempts))| (*due, *seq, *attempts)).collect();
        due.sort_unstable();
        due.truncate(page(limit));
        let waiting = |(_, seq, attempts): (Timestamp, u64, u32)| {
            let entry = state.entries.iter().find(|entry| entry.seq == seq).cloned()?;
            Waiting::of(self.1.here(), entry, attempts)
        };
        Ok(due.into_iter().filter_map(waiting).collect())
    }

    fn next_parcel(&self) -> Result<Option<Timestamp>, Fault> {
        Ok(self.0.borrow().parcels.values().map(|(due, _)| *due).min())
    }

    fn postpone_parcel(&self, seq: u64, attempts: u32, due: Timestamp) -> Result<(), Fault> {
        if let Some(parcel) = self.0.borrow_mut().parcels.get_mut(&seq) {
            *parcel = (due, attempts);
        }
        Ok(())
    }

    fn forget_parcels(&self, seqs: &[u64]) -> Result<(), Fault> {
        self.0.borrow_mut().parcels.retain(|seq, _| !seqs.contains(seq));
        Ok(())
    }
}

impl Views for Memory {
    fn balances(&self, accounts: &[AccountId], now: Timestamp) -> Result<Vec<Balance>, Fault> {
        let state = self.0.borrow();
        let balance = |&id: &AccountId| {
            let account = state.accounts.get(&id).cloned();
            let account = account.unwrap_or_else(|| Account::empty(id, AccountKind::Person));
            Balance::of(account, open_of(&state, id), now)
        };
        Ok(accounts.iter().map(balance).collect())
    }

    fn statement(&self, account: AccountId, which: Selection, limit: u32) -> Result<Vec<StatementLine>, Fault> {
        let state = self.0.borrow();
        let newest = state.entries.iter().rev().filter_map(|entry| StatementLine::of(account, entry.clone()));
        Ok(newest.filter(|line| which.takes(line)).take(page(limit)).collect())
    }

    fn journal(&self, after_seq: u64, limit: u32) -> Result<Vec<Entry>, Fault> {
        let state = self.0.borrow();
        Ok(state.entries.iter().filter(|entry| entry.seq > after_seq).take(page(limit)).cloned().collect())
    }

    fn ending(&self, limit: u32) -> Result<Vec<Hold>, Fault> {
        let state = self.0.borrow();
        let mut holds: Vec<_> = state.holds.values().filter(|hold| hold.state == HoldState::Open).cloned().collect();
        holds.sort_by_key(|hold| (hold.until, hold.id));
        holds.truncate(page(limit));
        Ok(holds)
    }

    fn lapsing(&self, today: Day, limit: u32) -> Result<Vec<AccountId>, Fault> {
        let state = self.0.borrow();
        let ends = state.accounts.values().filter_map(|account| Some((account.ends()?, account.id)));
        let mut lapsing: Vec<_> = ends.filter(|(last_day, _)| *last_day < today).collect();
        lapsing.sort();
        lapsing.truncate(page(limit));
        Ok(lapsing.into_iter().map(|(_, id)| id).collect())
    }

    fn totals(&self) -> Result<Totals, Fault> {
        let state = self.0.borrow();
        let mut sums: BTreeMap<AccountId, i64> = state.accounts.keys().map(|id| (*id, 0)).collect();
        for entry in &state.entries {
            if let Some(Movement { debit: (debit, _), credit: (credit, _), amount, .. }) = entry.act.movement() {
                *sums.entry(debit).or_default() -= amount.get() as i64;
                *sums.entry(credit).or_default() += amount.get() as i64;
            }
        }
        let explained = |(id, sum): &(&AccountId, &i64)| {
            let held: u64 = open_of(&state, **id).iter().map(|hold| hold.amount.get()).sum();
            let fits = |account: &Account| account.posted == **sum && account.held.get() == held && account.is_sound();
            state.accounts.get(id).is_some_and(fits)
        };
        Ok(Totals {
            entries: state.entries.len() as u64,
            last_seq: state.entries.last().map_or(0, |entry| entry.seq),
            accounts: state.accounts.len() as u64,
            posted: state.accounts.values().map(|account| account.posted).sum(),
            unequal: sums.iter().filter(|pair| !explained(pair)).count() as u64,
        })
    }
}
