//! The Ledger object. Acts that arrive together are checked in one errand and posted in one commit.

use std::cell::Cell;

use shared::identity::{Look, Note};
use shared::kernel::{CommandId, Fault, PersonId, Shard, Timestamp};
use shared::ledger::{self, Command, Parcels as _, Place, Receipt, Refusal, Request};
use shared::process::transit::again_seconds;
use shared::town::Municipality;
use shared::wire::{self, BookCall, LedgerAnswer, LedgerCall, LedgerTell, NotPosted, Page, Posted};

use crate::buckets::Buckets;
use crate::coalesce::Coalesce;
use crate::demo;
use crate::object::{Caller, Serve};
use crate::people::{self, People};
use crate::sql::{Sql, migrate};
use crate::world::World;

use super::{MIGRATIONS, SqlLedger, acts, shops, store, told, upkeep};

/// The most acts one commit carries.
const BATCH_MAX: usize = 256;

/// A person's act, waiting for its batch.
struct Act {
    look: Look,
    command: CommandId,
    tell: LedgerTell,
}

/// The Ledger, or one book of it, over its database and host.
pub struct Ledger<S, W> {
    pub(super) sql: S,
    pub(super) world: W,
    pub(super) place: Place,
    pub(super) municipality: Municipality,
    pub(super) people: People,
    acts: Coalesce<Act, Result<Posted, NotPosted>>,
    /// Numbers of nobody that each person has tried.
    pub(super) tries: Buckets<PersonId>,
    /// When the alarm is set to ring, as far as this instance knows.
    alarm: Cell<Option<Timestamp>>,
    /// Whether parcels are being sent: who sends looks again when done.
    pub(super) sends: Cell<bool>,
}

impl<S: Sql, W: World> Ledger<S, W> {
    /// Opens that book of the Ledger: migrations first, then, in the first book, the budgets' funds, once each.
    pub fn open(sql: S, world: W, book: Shard) -> Result<Self, Fault> {
        migrate(&sql, MIGRATIONS)?;
        let shards = world.settings().municipality.shards;
        let place = Place::of(shards, book.number());
        let place = place.ok_or_else(|| Fault::new("ledger.open", "the file has not so many books"))?;
        store::stay(&sql, place)?;
        demo::resume_clock(&sql, &world)?;
        let municipality = world.settings().municipality.clone();
        let (people, acts, tries) = (People::default(), Coalesce::new(BATCH_MAX), Buckets::default());
        let (alarm, sends) = (Cell::new(None), Cell::new(false));
        let ledger = Self { sql, world, place, municipality, people, acts, tries, alarm, sends };
        if book == Shard::FIRST {
            ledger.fund_budgets()?;
        }
        Ok(ledger)
    }

    pub(super) fn store(&self) -> SqlLedger<'_, S> {
        SqlLedger::in_place(&self.sql, self.place)
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
        let before = self.alarm.get();
        if before.is_some_and(|set| set <= at) {
            return Ok(());
        }
        // Before the wait: whoever asks for a later moment meanwhile must find this one.
        self.alarm.set(Some(at));
        self.world.wake_at(at).await.inspect_err(|_| self.alarm.set(before))
    }

    /// What an instance before this one set may have rung or been lost with it: the first call sets the alarm anew.
    async fn set_alarm(&self) -> Result<(), Fault> {
        if self.alarm.get().is_some() {
            return Ok(());
        }
        let now = self.world.now();
        let at = match self.store().next_parcel()? {
            // A night that was slept through is made up for at once.
            _ if upkeep::is_due(&self.sql, now)? => now,
            Some(parcel) => parcel.min(told::due(now)),
            None if told::waits(&self.sql)? => told::due(now),
            None => upkeep::next_night(now),
        };
        self.wake_by(at).await
    }

    /// Everything that time asks for, and when it does next.
    pub(super) async fn catch_up(&self) -> Result<(), Fault> {
        self.alarm.set(None);
        let again = told::carry_out(&self.sql, &self.world).await?;
        let again = [again, self.send_parcels().await?].into_iter().flatten().min();
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
        // Before what failed is said: what waits must not wait for it.
        let left = *more.as_ref().unwrap_or(&false);
        self.wake_by(if left { now } else { again.map_or(night, |again| again.min(night)) }).await?;
        more.map(drop)
    }

    async fn answer(&self, call: LedgerCall) -> Result<LedgerAnswer, Fault> {
        self.set_alarm().await?;
        Ok(match call {
            LedgerCall::Tell { session, command, tell } => {
                let members = acts::member(&tell).into_iter().collect();
                let look = Look { sessions: vec![session], members, ..Look::default() };
                LedgerAnswer::Told(self.acts.ask(Act { look, command, tell }, |acts| self.perform(acts)).await?)
            }
            LedgerCall::Post(requests) => {
                let for_book = |(person, request)| (self.book_of(person), request, None);
                LedgerAnswer::Posted(self.post_all(requests.into_iter().map(for_book).collect()).await?)
            }
            LedgerCall::Balances(accounts) => LedgerAnswer::Balances(self.balances(accounts).await?),
            LedgerCall::Wallet { session, which, lines } => {
                let visitor = self.people.visitor(&self.world, session).await?;
                LedgerAnswer::Wallet(self.wallet(visitor, which, lines).await?)
            }
            LedgerCall::Office { session } => {
                let visitor = self.people.visitor(&self.world, session).await?;
                LedgerAnswer::Office(self.office(visitor).await?)
            }
            LedgerCall::Buy { session, shop } => {
                let visitor = self.people.visitor(&self.world, session).await?;
                LedgerAnswer::Buy(self.buy(visitor, shop).await?)
            }
            LedgerCall::Code { session, command, max } => {
                let visitor = self.people.visitor(&self.world, session).await?;
                LedgerAnswer::Code(match visitor {
                    Some(visitor) => self.code_of(visitor, command, max).await?,
                    None => Ok(Page::SignedOut),
                })
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
            LedgerCall::Journal { session, shard, after_seq } => {
                let visitor = self.people.visitor(&self.world, session).await?;
                LedgerAnswer::Journal(self.journal(visitor, shard, after_seq).await?)
            }
            LedgerCall::Ready => {
                self.ask_all(&BookCall::Ready).await?;
                LedgerAnswer::Done
            }
            LedgerCall::SetClock(offset_ms) => {
                self.ask_all(&BookCall::SetClock(offset_ms)).await?;
                LedgerAnswer::Done
            }
            LedgerCall::Book(call) => LedgerAnswer::Book(self.in_book(call).await?),
        })
    }

    /// One errand to the Registry for the whole batch, one commit in each book for all that may be posted there.
    async fn perform(&self, acts: Vec<Act>) -> Result<Vec<Result<Posted, NotPosted>>, Fault> {
        let (looks, told): (Vec<_>, Vec<_>) = acts.into_iter().map(|act| (act.look, (act.command, act.tell))).unzip();
        let seen = people::errand(&self.world, looks).await?;
        let now = self.world.now();
        let (mut requests, mut outcomes) = (Vec::new(), Vec::new());
        for (seen, (command, tell)) in seen.into_iter().zip(told) {
            let visitor = seen.sessions.into_iter().next().flatten();
            let member = seen.members.into_iter().next().flatten().map(|(person, _)| person);
            let by = visitor.as_ref().map(|visitor| visitor.actor.person);
            outcomes.push(self.authorised(now, visitor, member, command, tell).await?.map(|request| {
                let note = by.zip(member).and_then(|(by, whose)| acts::note(&request, by, whose));
                let (left, shown) = (self.book_for(&request.command), self.book_shown(&request.command));
                requests.push((left, request, note));
                (command, left, shown)
            }));
        }
        let mut answers = self.post_all(requests).await?.into_iter();
        let mut told = Vec::with_capacity(outcomes.len());
        for outcome in outcomes {
            told.push(match outcome.map(|posted| (posted, answers.next())) {
                Err(not) => Err(not),
                Ok(((command, left, shown), Some(Ok(receipt)))) => {
                    Ok(Posted { command, receipt: self.as_shown(left, shown, receipt).await? })
                }
                Ok((_, Some(Err(refusal)))) => Err(NotPosted::Refused(refusal)),
                Ok((_, None)) => return Err(Fault::new("ledger.perform", "an answer is missing")),
            });
        }
        Ok(told)
    }

    /// Posts in this book, and sends what left for others.
    pub(super) async fn post(
        &self,
        now: Timestamp,
        requests: &[Request],
        notes: Vec<Option<Note>>,
    ) -> Result<Vec<Result<Receipt, Refusal>>, Fault> {
        let stays = |request: &Request| matches!(request.command, Command::Arrive(_));
        if self.place.others().next().is_none() || requests.iter().all(stays) {
            return self.post_and_tell(now, requests, notes).await;
        }
        // Before the commit: whatever happens behind it, the alarm will ring.
        self.wake_by(now.plus_seconds(again_seconds(0))).await?;
        let answers = self.post_and_tell(now, requests, notes).await?;
        // What is posted is posted: what does not leave now leaves when the alarm rings.
        match self.send_parcels().await {
            Ok(Some(again)) => self.wake_by(again).await?,
            Ok(None) => {}
            Err(fault) => self.world.log(&fault),
        }
        Ok(answers)
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
        let of_objects = matches!(call, LedgerCall::Post(_) | LedgerCall::Balances(_) | LedgerCall::Book(_));
        if caller == Caller::Portal && of_objects {
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
