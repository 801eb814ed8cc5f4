//! The part of the ledger a batch touches, in memory, carried from one command to the next.

use std::collections::{BTreeMap, BTreeSet};

use super::command::Request;
use super::decide::decide;
use super::refusal::Refusal;
use super::store::{Changes, Snapshot};
use super::types::{
    Account, AccountKind, Act, Entry, Head, Hold, HoldState, Purpose, Receipt, ReleaseCause, Remembered,
};
use crate::kernel::{AccountId, CommandId, Fault, HoldId, Points, Timestamp};

/// What was loaded, and on top of it what this batch has done so far. A refused command changes nothing:
/// deciding only reads, and only acts are applied.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Overlay {
    head: Head,
    accounts: BTreeMap<AccountId, Account>,
    holds: BTreeMap<HoldId, Hold>,
    commands: BTreeMap<CommandId, Remembered>,
    touched_accounts: BTreeSet<AccountId>,
    touched_holds: BTreeSet<HoldId>,
    entries: Vec<Entry>,
    posted: Vec<Remembered>,
}

impl Overlay {
    /// On top of what was loaded.
    pub fn new(snapshot: Snapshot) -> Self {
        let Snapshot { head, accounts, holds, commands } = snapshot;
        Self {
            head,
            accounts: accounts.into_iter().map(|account| (account.id, account)).collect(),
            holds: holds.into_iter().map(|hold| (hold.id, hold)).collect(),
            commands: commands.into_iter().map(|command| (command.id, command)).collect(),
            touched_accounts: BTreeSet::new(),
            touched_holds: BTreeSet::new(),
            entries: Vec::new(),
            posted: Vec::new(),
        }
    }

    /// The account as one of that kind, empty if it was never touched.
    pub fn account(&self, id: AccountId, kind: AccountKind) -> Result<Account, Refusal> {
        match self.accounts.get(&id) {
            Some(account) if account.kind == kind => Ok(*account),
            None if kind.admits(id) => Ok(Account::empty(id, kind)),
            Some(_) | None => Err(Refusal::WrongAccountKind),
        }
    }

    /// The hold, if there is one.
    pub fn hold(&self, id: HoldId) -> Option<&Hold> {
        self.holds.get(&id)
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
            self.apply(&act)?;
            let entry = Entry::after(&self.head, at, request.id, act)?;
            self.head = Head::from(&entry);
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
        let Self { head: _, accounts, holds, commands: _, touched_accounts, touched_holds, entries, posted } = self;
        Changes {
            entries,
            accounts: touched_accounts.iter().filter_map(|id| accounts.get(id)).copied().collect(),
            holds: touched_holds.iter().filter_map(|id| holds.get(id)).copied().collect(),
            commands: posted,
        }
    }

    fn apply(&mut self, act: &Act) -> Result<(), Fault> {
        match act {
            Act::Transfer { debit, credit, amount, purpose, hold } => {
                self.transfer(*debit, *credit, *amount, purpose, hold.is_some())?;
                match hold {
                    Some(hold) => self.resolve(*hold, HoldState::Settled),
                    None => Ok(()),
                }
            }
            Act::Held { hold, account, amount, until } => {
                self.update(*account, AccountKind::Person, |account| {
                    account.held = account.held.plus(*amount)?;
                    Some(())
                })?;
                let (id, account, amount, until) = (*hold, *account, *amount, *until);
                self.holds.insert(id, Hold { id, account, amount, until, state: HoldState::Open });
                self.touched_holds.insert(id);
                Ok(())
            }
            Act::Released { hold, account, amount, why } => {
                self.update(*account, AccountKind::Person, |account| {
                    account.held = account.held.minus(*amount)?;
                    Some(())
                })?;
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

    fn transfer(
        &mut self,
        debit: AccountId,
        credit: AccountId,
        amount: Points,
        purpose: &Purpose,
        from_held: bool,
    ) -> Result<(), Fault> {
        let (debit_kind, credit_kind) = purpose.kinds();
        // At most 10^11, so the conversion is exact.
        let signed = amount.get() as i64;
        self.update(debit, debit_kind, |account| {
            account.posted = account.posted.checked_sub(signed)?;
            if from_held {
                account.held = account.held.minus(amount)?;
            }
            Some(())
        })?;
        self.update(credit, credit_kind, |account| {
            account.posted = account.posted.checked_add(signed)?;
            Some(())
        })
    }

    fn update(
        &mut self,
        id: AccountId,
        kind: AccountKind,
        change: impl FnOnce(&mut Account) -> Option<()>,
    ) -> Result<(), Fault> {
        let account = self.accounts.entry(id).or_insert_with(|| Account::empty(id, kind));
        self.touched_accounts.insert(id);
        match change(account) {
            Some(()) if account.is_sound() && account.kind == kind => Ok(()),
            Some(()) | None => Err(Fault::new("ledger.apply", format_args!("{id} would leave its bounds"))),
        }
    }

    fn resolve(&mut self, id: HoldId, state: HoldState) -> Result<(), Fault> {
        let hold = self.holds.get_mut(&id);
        let hold = hold.ok_or_else(|| Fault::new("ledger.apply", format_args!("{id} is not loaded")))?;
        hold.state = state;
        self.touched_holds.insert(id);
        Ok(())
    }
}
