//! The Ledger object. Acts that arrive together are checked in one errand and posted in one commit.

use std::cell::Cell;

use shared::identity::{Look, Note, OfficeAct, Visitor};
use shared::kernel::{
    Actor, CommandId, Fault, Level, MemberNumber, Name, PersonId, Points, Rate, Role, Timestamp, limit,
};
use shared::ledger::{self, Command, Origin, Receipt, Refusal, Request, Selection, Tell, Terms, Usage, Views as _};
use shared::town::{Budget, Municipality};
use shared::wire::{
    self, BudgetLine, LedgerAnswer, LedgerCall, LedgerTell, NotPosted, OfficePage, Page, Posted, WalletPage,
};

use crate::buckets::Buckets;
use crate::coalesce::Coalesce;
use crate::demo;
use crate::object::{Caller, Serve};
use crate::people::{self, People};
use crate::sql::{Sql, migrate};
use crate::world::World;

use super::{MIGRATIONS, SqlLedger, told, upkeep};

/// The most acts one commit carries.
const BATCH_MAX: usize = 256;

/// How many numbers of nobody a person may try: a number read out badly is read out again.
const TRIES: Rate = Rate { burst: 10, every_ms: 60_000 };

/// A person's act, waiting for its batch.
struct Act {
    look: Look,
    command: CommandId,
    tell: LedgerTell,
}

/// The Ledger over its database and host.
pub struct Ledger<S, W> {
    sql: S,
    world: W,
    municipality: Municipality,
    people: People,
    acts: Coalesce<Act, Result<Posted, NotPosted>>,
    /// Numbers of nobody that each person has tried.
    tries: Buckets<PersonId>,
    /// When the alarm is set to ring, as far as this instance knows.
    alarm: Cell<Option<Timestamp>>,
}

impl<S: Sql, W: World> Ledger<S, W> {
    /// Opens the Ledger: migrations first, then the budgets' funds, once each.
    pub fn open(sql: S, world: W) -> Result<Self, Fault> {
        migrate(&sql, MIGRATIONS)?;
        demo::resume_clock(&sql, &world)?;
        let municipality = world.settings().municipality.clone();
        let (people, acts, tries) = (People::default(), Coalesce::new(BATCH_MAX), Buckets::default());
        let ledger = Self { sql, world, municipality, people, acts, tries, alarm: Cell::new(None) };
        ledger.fund_budgets()?;
        Ok(ledger)
    }

    fn store(&self) -> SqlLedger<'_, S> {
        SqlLedger::new(&self.sql)
    }

    fn fund_budgets(&self) -> Result<(), Fault> {
        let fund = |budget: &shared::town::Budget| Request {
            id: CommandId::derive("ledger.fund", budget.code.as_bytes()),
            command: Command::Fund { budget: ledger::budget(&budget.code), amount: budget.ceiling },
        };
        let requests: Vec<_> = self.municipality.budgets.iter().map(fund).collect();
        for answer in ledger::post(&self.store(), self.world.now(), &requests)? {
            match answer {
                // A ceiling changed in the file since: raising it is an officer's act, not a restart's.
                Ok(_) | Err(Refusal::CommandReused) => {}
                Err(refusal) => return Err(Fault::new("ledger.fund_budgets", refusal.number())),
            }
        }
        Ok(())
    }

    /// The alarm rings at that moment, or before.
    async fn wake_by(&self, at: Timestamp) -> Result<(), Fault> {
        if self.alarm.get().is_none_or(|set| at < set) {
            self.world.wake_at(at).await?;
            self.alarm.set(Some(at));
        }
        Ok(())
    }

    /// What an instance before this one set may have rung or been lost with it: the first call sets the alarm anew.
    async fn set_alarm(&self) -> Result<(), Fault> {
        if self.alarm.get().is_some() {
            return Ok(());
        }
        let now = self.world.now();
        let at = match () {
            // A night that was slept through is made up for at once.
            () if upkeep::is_due(&self.sql, now)? => now,
            () if told::waits(&self.sql)? => told::due(now),
            () => upkeep::next_night(now),
        };
        self.wake_by(at).await
    }

    /// Everything that time asks for, and when it does next.
    async fn catch_up(&self) -> Result<(), Fault> {
        self.alarm.set(None);
        let again = told::carry_out(&self.sql, &self.world).await?;
        let now = self.world.now();
        let (store, night) = (self.store(), upkeep::next_night(now));
        let more = upkeep::lapse(&store, now);
        // Also where lapsing failed: books that contradict themselves are what it fails on.
        if let Some(trial) = upkeep::prove(&store, now)?
            && !trial.holds()
        {
            self.world.log(&Fault::new("ledger.trial_balance", format_args!("the books do not hold: {trial:?}")));
        }
        let more = more?;
        self.wake_by(if more { now } else { again.map_or(night, |again| again.min(night)) }).await
    }

    async fn answer(&self, call: LedgerCall) -> Result<LedgerAnswer, Fault> {
        self.set_alarm().await?;
        Ok(match call {
            LedgerCall::Tell { session, command, tell } => {
                let look = Look { sessions: vec![session], members: vec![payee(&tell)], people: Vec::new() };
                LedgerAnswer::Told(self.acts.ask(Act { look, command, tell }, |acts| self.perform(acts)).await?)
            }
            LedgerCall::Post(requests) => {
                LedgerAnswer::Posted(ledger::post(&self.store(), self.world.now(), &requests)?)
            }
            LedgerCall::Balances(accounts) => {
                LedgerAnswer::Balances(self.store().balances(&accounts, self.world.now())?)
            }
            LedgerCall::Wallet { session, which, lines } => {
                let visitor = self.people.visitor(&self.world, session).await?;
                LedgerAnswer::Wallet(self.wallet(visitor, which, lines)?)
            }
            LedgerCall::Office { session } => {
                let visitor = self.people.visitor(&self.world, session).await?;
                LedgerAnswer::Office(self.office(visitor)?)
            }
            LedgerCall::Journal { session, after_seq } => {
                let visitor = self.people.visitor(&self.world, session).await?;
                LedgerAnswer::Journal(self.journal(visitor, after_seq)?)
            }
            LedgerCall::Ready => {
                self.sql.exec("SELECT 1", &[])?;
                LedgerAnswer::Done
            }
            LedgerCall::SetClock(offset_ms) => {
                demo::set_clock(&self.sql, &self.world, offset_ms)?;
                self.catch_up().await?;
                LedgerAnswer::Done
            }
        })
    }

    /// One errand to the Registry for the whole batch, one commit for all that may be posted.
    async fn perform(&self, acts: Vec<Act>) -> Result<Vec<Result<Posted, NotPosted>>, Fault> {
        let (looks, told): (Vec<_>, Vec<_>) = acts.into_iter().map(|act| (act.look, (act.command, act.tell))).unzip();
        let seen = people::errand(&self.world, looks).await?;
        let now = self.world.now();
        let (mut requests, mut notes) = (Vec::new(), Vec::new());
        let mut outcomes = Vec::new();
        for (seen, (command, tell)) in seen.into_iter().zip(told) {
            let visitor = seen.sessions.into_iter().next().flatten();
            let payee = seen.members.into_iter().next().flatten();
            let by = visitor.as_ref().map(|visitor| visitor.actor.person);
            let whose = payee.as_ref().map(|(person, _)| *person);
            outcomes.push(self.authorised(now, visitor, payee, command, tell).map(|(request, name)| {
                notes.push(by.zip(whose).and_then(|(by, whose)| note(&request, by, whose)));
                requests.push(request);
                name
            }));
        }
        let mut answers = self.post_and_tell(now, &requests, notes).await?.into_iter();
        let mut posted = |name: Name| match answers.next() {
            Some(Ok(receipt)) => Ok(Ok(Posted { receipt, to: name })),
            Some(Err(refusal)) => Ok(Err(NotPosted::Refused(refusal))),
            None => Err(Fault::new("ledger.perform", "an answer is missing")),
        };
        outcomes.into_iter().map(|outcome| outcome.map_or_else(|not| Ok(Err(not)), &mut posted)).collect()
    }

    /// Posts, and tells the Registry what officers did with it: what is told is in the same commit.
    async fn post_and_tell(
        &self,
        now: Timestamp,
        requests: &[Request],
        notes: Vec<Option<Note>>,
    ) -> Result<Vec<Result<Receipt, Refusal>>, Fault> {
        if notes.iter().all(Option::is_none) {
            return ledger::post(&self.store(), now, requests);
        }
        // Before the commit: whatever happens behind it, the alarm will ring.
        self.wake_by(told::due(now)).await?;
        let answers = self.sql.transaction(|| {
            let answers = ledger::post(&self.store(), now, requests)?;
            let done = answers.iter().zip(&notes).filter(|(answer, _)| answer.is_ok());
            done.filter_map(|(_, note)| note.as_ref()).try_for_each(|note| told::keep(&self.sql, note))?;
            Ok(answers)
        })?;
        // What is not heard now is said again when the alarm rings.
        if let Err(fault) = told::carry_out(&self.sql, &self.world).await {
            self.world.log(&fault);
        }
        Ok(answers)
    }

    fn authorised(
        &self,
        now: Timestamp,
        visitor: Option<Visitor>,
        payee: Option<(PersonId, Name)>,
        command: CommandId,
        tell: LedgerTell,
    ) -> Result<(Request, Name), NotPosted> {
        let Visitor { actor, .. } = visitor.ok_or(NotPosted::SignedOut)?;
        // Before anything is said about a member number.
        if !actor.assurance.meets(Level::Passkey, now) {
            return Err(NotPosted::Refused(Refusal::StepUp { needs: Level::Passkey }));
        }
        // Who tries numbers learns who is somebody; nobody mistypes this often.
        self.tries.look(&actor.person, TRIES, now).map_err(|seconds| NotPosted::TooOften { seconds })?;
        let (payee, name) = payee.ok_or_else(|| match self.tries.take(actor.person, TRIES, now) {
            Ok(()) => NotPosted::MemberUnknown,
            Err(seconds) => NotPosted::TooOften { seconds },
        })?;
        let tell = match tell {
            LedgerTell::Pay { to: _, amount } => Tell::Pay { to: ledger::account_of(payee), amount },
            LedgerTell::Grant { budget, to: _, amount, reason } => {
                let known = self.municipality.budgets.iter().find(|one| one.code == budget);
                let known = known.ok_or(NotPosted::BudgetUnknown)?;
                let budget = ledger::budget(&known.code);
                Tell::Grant { budget, to: payee, amount, reason, terms: terms(known) }
            }
            LedgerTell::Correct { of, from: _, amount, reason } => Tell::Correct { of, from: payee, amount, reason },
        };
        let command_of_person = [actor.person.as_bytes().as_slice(), command.as_bytes()].concat();
        let id = CommandId::derive("ledger.tell", &command_of_person);
        let command = ledger::authorise(&actor, now, tell).map_err(NotPosted::Refused)?;
        Ok((Request { id, command }, name))
    }

    fn wallet(&self, visitor: Option<Visitor>, which: Selection, lines: u32) -> Result<Page<WalletPage>, Fault> {
        let Some(visitor) = visitor else { return Ok(Page::SignedOut) };
        let account = ledger::account_of(visitor.actor.person);
        let store = self.store();
        let mut found = store.statement(account, which, lines.saturating_add(1))?;
        let more = found.len() > lines as usize;
        found.truncate(lines as usize);
        let now = self.world.now();
        let balance = only(store.balances(&[account], now)?)?;
        Ok(Page::Here(WalletPage { visitor, now, balance, lines: found, more }))
    }

    fn office(&self, visitor: Option<Visitor>) -> Result<Page<OfficePage>, Fault> {
        let Some(visitor) = visitor else { return Ok(Page::SignedOut) };
        if !self.works_as(&visitor, Role::Officer) {
            return Ok(Page::Forbidden(visitor));
        }
        let budgets = &self.municipality.budgets;
        let accounts: Vec<_> = budgets.iter().map(|budget| ledger::budget(&budget.code)).collect();
        let now = self.world.now();
        let lines = budgets.iter().zip(self.store().balances(&accounts, now)?).map(|(budget, balance)| BudgetLine {
            code: budget.code.clone(),
            name: budget.name.clone(),
            ceiling: budget.ceiling,
            left: u64::try_from(balance.available).ok().and_then(Points::new).unwrap_or_default(),
        });
        let trial = upkeep::last_trial(&self.sql)?;
        Ok(Page::Here(OfficePage { visitor, now, budgets: lines.collect(), trial }))
    }

    /// Whether somebody has that role and came with a passkey: a staff link alone is one factor.
    fn works_as(&self, visitor: &Visitor, role: Role) -> bool {
        let Actor { roles, assurance, .. } = visitor.actor;
        roles.has(role) && assurance.meets(Level::Passkey, self.world.now())
    }

    fn journal(&self, visitor: Option<Visitor>, after_seq: u64) -> Result<Page<Vec<ledger::Entry>>, Fault> {
        match visitor {
            None => Ok(Page::SignedOut),
            Some(visitor) if !self.works_as(&visitor, Role::Auditor) => Ok(Page::Forbidden(visitor)),
            Some(_) => Ok(Page::Here(self.store().journal(after_seq, limit::JOURNAL_PAGE_MAX)?)),
        }
    }
}

/// What the log of whom it concerns says of an officer's act; a payment between people is on both statements.
fn note(request: &Request, by: PersonId, person: PersonId) -> Option<Note> {
    let act = match &request.command {
        Command::Grant { amount, reason, .. } => OfficeAct::Granted { points: *amount, reason: reason.clone() },
        Command::Correct { amount, reason, .. } => OfficeAct::Corrected { points: *amount, reason: reason.clone() },
        _ => return None,
    };
    Some(Note { id: request.id, person, by, act })
}

/// The other person of an act, as the person who acts names them.
const fn payee(tell: &LedgerTell) -> MemberNumber {
    match tell {
        LedgerTell::Pay { to, .. } | LedgerTell::Grant { to, .. } => *to,
        LedgerTell::Correct { from, .. } => *from,
    }
}

/// On what terms a budget grants: for nothing, for anything, for as long as the municipality's file says.
const fn terms(budget: &Budget) -> Terms {
    Terms { origin: Origin::Granted, usage: Usage::ANY, valid_days: budget.valid_days }
}

fn only<T>(list: Vec<T>) -> Result<T, Fault> {
    list.into_iter().next().ok_or_else(|| Fault::new("ledger.only", "nothing there"))
}

impl<S: Sql, W: World> Serve for Ledger<S, W> {
    async fn tell(&self, caller: Caller, message: &[u8]) -> Result<Vec<u8>, Fault> {
        let call: LedgerCall = wire::decode_trusted(message).map_err(|error| Fault::new("ledger.tell", error))?;
        if caller == Caller::Portal && matches!(call, LedgerCall::Post(_) | LedgerCall::Balances(_)) {
            return Err(Fault::new("ledger.tell", "the portal asked what only objects may"));
        }
        wire::encode(&self.answer(call).await?)
    }

    /// Says again what the Registry has not heard, lets lapse what has ended, proves the books. A hold ends when its job does,
    /// and the job is the town's.
    async fn ring(&self) -> Result<(), Fault> {
        self.catch_up().await
    }
}
