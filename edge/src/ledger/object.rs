//! The Ledger object. Acts that arrive together are checked in one errand and posted in one commit.

use std::cell::Cell;

use shared::identity::{Look, Note};
use shared::kernel::{CommandId, Fault, PersonId, Timestamp};
use shared::ledger::{self, Command, Receipt, Refusal, Request, Views as _};
use shared::town::Municipality;
use shared::wire::{self, LedgerAnswer, LedgerCall, LedgerTell, NotPosted, Posted};

use crate::buckets::Buckets;
use crate::coalesce::Coalesce;
use crate::demo;
use crate::object::{Caller, Serve};
use crate::people::{self, People};
use crate::sql::{Sql, migrate};
use crate::world::World;

use super::{MIGRATIONS, SqlLedger, acts, shops, told, upkeep};

/// The most acts one commit carries.
const BATCH_MAX: usize = 256;

/// A person's act, waiting for its batch.
struct Act {
    look: Look,
    command: CommandId,
    tell: LedgerTell,
}

/// The Ledger over its database and host.
pub struct Ledger<S, W> {
    pub(super) sql: S,
    pub(super) world: W,
    pub(super) municipality: Municipality,
    pub(super) people: People,
    acts: Coalesce<Act, Result<Posted, NotPosted>>,
    /// Numbers of nobody that each person has tried.
    pub(super) tries: Buckets<PersonId>,
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

    pub(super) fn store(&self) -> SqlLedger<'_, S> {
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
    pub(super) async fn wake_by(&self, at: Timestamp) -> Result<(), Fault> {
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
        shops::forget_codes(&self.sql, now)?;
        // What a hold gives back may lapse at once.
        let more = upkeep::end_holds(&store, now).and_then(|left| Ok(upkeep::lapse(&store, now)? || left));
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
                let members = acts::member(&tell).into_iter().collect();
                let look = Look { sessions: vec![session], members, people: Vec::new() };
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
            LedgerCall::Buy { session, shop } => {
                let visitor = self.people.visitor(&self.world, session).await?;
                LedgerAnswer::Buy(self.buy(visitor, shop)?)
            }
            LedgerCall::Code { session, command, max } => {
                let visitor = self.people.visitor(&self.world, session).await?;
                LedgerAnswer::Code(self.code(visitor, command, max)?)
            }
            LedgerCall::MyShops { session } => {
                let visitor = self.people.visitor(&self.world, session).await?;
                LedgerAnswer::MyShops(self.my_shops(visitor)?)
            }
            LedgerCall::Till { session, shop, which, lines } => {
                let visitor = self.people.visitor(&self.world, session).await?;
                LedgerAnswer::Till(self.till(visitor, shop, which, lines)?)
            }
            LedgerCall::Sale { session, shop, seq } => {
                let visitor = self.people.visitor(&self.world, session).await?;
                LedgerAnswer::Sale(self.sale(visitor, shop, seq)?)
            }
            LedgerCall::Shops { session } => {
                let visitor = self.people.visitor(&self.world, session).await?;
                LedgerAnswer::Shops(self.shops(visitor)?)
            }
            LedgerCall::KeepShop { session, command, act } => {
                LedgerAnswer::ShopKept(self.keep_shop(session, command, act).await?)
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
            let member = seen.members.into_iter().next().flatten().map(|(person, _)| person);
            let by = visitor.as_ref().map(|visitor| visitor.actor.person);
            outcomes.push(self.authorised(now, visitor, member, command, tell)?.map(|request| {
                notes.push(by.zip(member).and_then(|(by, whose)| acts::note(&request, by, whose)));
                requests.push(request);
                command
            }));
        }
        let mut answers = self.post_and_tell(now, &requests, notes).await?.into_iter();
        let mut posted = |command| match answers.next() {
            Some(Ok(receipt)) => Ok(Ok(Posted { command, receipt })),
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
