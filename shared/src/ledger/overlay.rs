//! The part of the ledger a batch touches, in memory, carried from one command to the next.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use super::account::{Account, AccountKind};
use super::command::Request;
use super::decide::decide;
use super::refusal::Refusal;
use super::shard::Place;
use super::store::{Changes, Original, Snapshot};
use super::types::{Act, Entry, Head, Hold, HoldState, Movement, Purpose, Receipt, ReleaseCause, Remembered, Reversed};
use crate::kernel::{AccountId, CommandId, Day, Fault, HoldId, Points, Timestamp};

/// What was loaded, and on top of it what this batch has done so far. A refused command changes nothing:
/// deciding only reads, and only acts are applied.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Overlay {
    place: Place,
    head: Head,
    accounts: BTreeMap<AccountId, Account>,
    holds: BTreeMap<HoldId, Hold>,
    commands: BTreeMap<CommandId, Remembered>,
    originals: BTreeMap<u64, Original>,
    touched_accounts: BTreeSet<AccountId>,
    /// What was loaded, of accounts that end some day.
    ends: BTreeMap<AccountId, Day>,
    touched_holds: BTreeSet<HoldId>,
    reversed: BTreeSet<u64>,
    entries: Vec<Entry>,
    posted: Vec<Remembered>,
}

impl Overlay {
    /// On top of what was loaded of that book.
    pub fn new(place: Place, snapshot: Snapshot) -> Self {
        let Snapshot { head, accounts, holds, commands, originals } = snapshot;
        let ends = accounts.iter().filter_map(|account| Some((account.id, account.ends()?))).collect();
        Self {
            place,
            head,
            ends,
            accounts: accounts.into_iter().map(|account| (account.id, account)).collect(),
            holds: holds.into_iter().map(|hold| (hold.id, hold)).collect(),
            commands: commands.into_iter().map(|command| (command.id, command)).collect(),
            originals: originals.into_iter().map(|original| (original.seq, original)).collect(),
            touched_accounts: BTreeSet::new(),
            touched_holds: BTreeSet::new(),
            reversed: BTreeSet::new(),
            entries: Vec::new(),
            posted: Vec::new(),
        }
    }

    /// The account as one of that kind, empty if it was never touched.
    pub fn account(&self, id: AccountId, kind: AccountKind) -> Result<Cow<'_, Account>, Refusal> {
        match self.accounts.get(&id) {
            Some(account) if account.kind == kind => Ok(Cow::Borrowed(account)),
            None if kind.admits(id) => Ok(Cow::Owned(Account::empty(id, kind))),
            Some(_) | None => Err(Refusal::WrongAccountKind),
        }
    }

    /// The hold, if there is one.
    pub fn hold(&self, id: HoldId) -> Option<&Hold> {
        self.holds.get(&id)
    }

    /// The grant, purchase or departure with that number, if there is one.
    pub fn original(&self, seq: u64) -> Option<&Original> {
        self.originals.get(&seq)
    }

    /// Decides one command and, if it is not refused, applies it. A repeated command gets its first answer.
    /// A fault means that what was loaded contradicts itself; the whole batch is then to be dropped.
    pub fn post(&mut self, now: Timestamp, request: &Request) -> Result<Result<Receipt, Refusal>, Fault> {
        let body = request.command.fingerprint()?;
        if let Some(known) = self.commands.get(&request.id) {
            return Ok(if known.body == body { Ok(known.receipt) } else { Err(Refusal::CommandReused) });
        }
        // A host clock set back must not reorder the journal nor revive what has expired.
        let at = now.max(self.head.at);
        let acts = match decide(self, at, &request.command) {
            Ok(acts) => acts,
            Err(refusal) => return Ok(Err(refusal)),
        };
        let first_seq = self.head.seq.saturating_add(1);
        for act in acts {
            let act = self.dispatched(act);
            self.apply(&act)?;
            let entry = Entry::after(&self.head, at, request.id, act)?;
            self.head = Head::from(&entry);
            // It can be taken back by the next command already.
            self.originals.extend(Original::of(&entry, Points::ZERO).map(|original| (entry.seq, original)));
            self.entries.push(entry);
        }
        let receipt = Receipt { first_seq, last_seq: self.head.seq, at };
        let remembered = Remembered { id: request.id, body, receipt };
        self.commands.insert(request.id, remembered);
        self.posted.push(remembered);
        Ok(Ok(receipt))
    }

    /// Everything this batch has done.
    pub fn into_changes(self) -> Changes {
        let Self { head: _, accounts, holds, commands: _, originals, .. } = self;
        let touched = || self.touched_accounts.iter().filter_map(|id| accounts.get(id));
        let ended = |account: &Account| {
            let now = account.ends();
            (self.ends.get(&account.id).copied() != now).then_some((account.id, now))
        };
        let reversed = |of: &u64| originals.get(of).map(|one| Reversed { of: *of, amount: one.reversed });
        let departed = |entry: &Entry| matches!(entry.act, Act::Departed { .. }).then_some(entry.seq);
        let returned = |entry: &Entry| match entry.act {
            Act::Transfer { purpose: Purpose::Returned { of }, .. } => Some(of),
            _ => None,
        };
        Changes {
            departed: self.entries.iter().filter_map(departed).collect(),
            returned: self.entries.iter().filter_map(returned).collect(),
            entries: self.entries,
            ends: touched().filter_map(ended).collect(),
            accounts: touched().cloned().collect(),
            holds: self.touched_holds.iter().filter_map(|id| holds.get(id)).cloned().collect(),
            commands: self.posted,
            reversed: self.reversed.iter().filter_map(reversed).collect(),
        }
    }

    /// What is for an account of another book leaves for there.
    fn dispatched(&self, act: Act) -> Act {
        let Act::Transfer { debit, credit, amount, purpose, hold, lots } = act else { return act };
        match self.place.elsewhere(purpose.kinds().1, credit) {
            Some(shard) => Act::Departed { debit, to: credit, shard, amount, purpose, hold, lots },
            None => Act::Transfer { debit, credit, amount, purpose, hold, lots },
        }
    }

    fn apply(&mut self, act: &Act) -> Result<(), Fault> {
        match act {
            Act::Transfer { .. } | Act::Departed { .. } | Act::Arrived { .. } => {
                let Some(movement) = act.movement() else { return Ok(()) };
                self.transfer(&movement)?;
                // What another book took back was counted there.
                if let Some(of) = movement.purpose.reverses().filter(|_| !matches!(act, Act::Arrived { .. })) {
                    self.reverse(of, movement.amount)?;
                }
                match movement.hold {
                    Some(hold) => self.resolve(hold, HoldState::Settled),
                    None => Ok(()),
                }
            }
            Act::Held { hold, account, amount, until, lots } => {
                self.update(*account, AccountKind::Person, |account| account.set_aside(*amount, lots))?;
                let (id, account, amount, until) = (*hold, *account, *amount, *until);
                self.holds.insert(id, Hold { id, account, amount, until, state: HoldState::Open, lots: lots.clone() });
                self.touched_holds.insert(id);
                Ok(())
            }
            Act::Released { hold, account, amount, why, lots } => {
                self.update(*account, AccountKind::Person, |account| account.take_back(*amount, lots))?;
                self.resolve(
                    *hold,
                    match why {
                        ReleaseCause::Rest => HoldState::Settled,
                        ReleaseCause::Void => HoldState::Released,
                        ReleaseCause::Expired => HoldState::Expired,
                    },
                )
            }
        }
    }

    fn transfer(&mut self, movement: &Movement<'_>) -> Result<(), Fault> {
        let Movement { debit, credit, amount, purpose: _, hold, lots } = *movement;
        self.update(debit.0, debit.1, |account| account.give(amount, lots, hold.is_some()))?;
        self.update(credit.0, credit.1, |account| account.receive(amount, lots))
    }

    fn update(
        &mut self,
        id: AccountId,
        kind: AccountKind,
        change: impl FnOnce(&mut Account) -> Option<()>,
    ) -> Result<(), Fault> {
        if self.place.elsewhere(kind, id).is_some() {
            return Err(Fault::new("ledger.apply", format_args!("{id} is kept in another book")));
        }
        let account = self.accounts.entry(id).or_insert_with(|| Account::empty(id, kind));
        self.touched_accounts.insert(id);
        match change(account) {
            Some(()) if account.is_sound() && account.kind == kind => Ok(()),
            Some(()) | None => Err(Fault::new("ledger.apply", format_args!("{id} would leave its bounds"))),
        }
    }

    fn reverse(&mut self, of: u64, amount: Points) -> Result<(), Fault> {
        let fits = self.originals.get_mut(&of).and_then(|original| {
            let left = original.left().minus(amount);
            original.reversed = original.reversed.plus(amount)?;
            left
        });
        self.reversed.insert(of);
        fits.map(drop).ok_or_else(|| Fault::new("ledger.apply", format_args!("entry {of} does not fit")))
    }

    fn resolve(&mut self, id: HoldId, state: HoldState) -> Result<(), Fault> {
        let hold = self.holds.get_mut(&id);
        let hold = hold.ok_or_else(|| Fault::new("ledger.apply", format_args!("{id} is not loaded")))?;
        hold.state = state;
        self.touched_holds.insert(id);
        Ok(())
    }
}
