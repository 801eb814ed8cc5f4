//! The Town object: takes a call, gives an answer.

use std::cell::Cell;

use shared::cohelp::{self, Command, Rules, State, Store, Terms};
use shared::identity::Visitor;
use shared::kernel::{
    AccountId, CommandId, Context, Fault, JobId, PersonId, PhoneCallId, Points, Rate, SessionId, Timestamp,
};
use shared::ledger::{self, Balance};
use shared::process::cohelp_rules;
use shared::wire::{self, LedgerAnswer, LedgerCall, NotDone, Page, TownAnswer, TownCall};

use crate::buckets::Buckets;
use crate::coalesce::Coalesce;
use crate::cohelp::SqlCohelp;
use crate::demo;
use crate::object::{Caller, Serve};
use crate::people::People;
use crate::process::settle;
use crate::sql::Sql;
use crate::world::{Object, World};

use super::figures::LastTally;
pub use super::live::Denied;

/// How many wrong codes somebody may try at a door: ten thousand there are, and
/// nobody mistypes this often. In the longest window that is one chance in a hundred.
const TRIES: Rate = Rate { burst: 5, every_ms: 600_000 };
/// How often somebody may write to another: as quick as anybody types, and no quicker for long.
const CHATS: Rate = Rate { burst: 20, every_ms: 3_000 };
/// The most accounts one errand to the Ledger asks for.
const BALANCES_MAX: usize = 256;

/// The Town over its database and host.
pub struct Town<S, W> {
    sql: S,
    pub(super) world: W,
    pub(super) rules: Rules,
    pub(super) people: People,
    balances: Coalesce<AccountId, Balance>,
    /// Codes of doors that somebody tried in vain.
    tries: Buckets<(PersonId, JobId)>,
    /// What people wrote to each other.
    chats: Buckets<PersonId>,
    /// Photos that people tried to send.
    pub(super) photos: Buckets<PersonId>,
    /// What has happened so far.
    pub(super) last_tally: LastTally,
    /// The last change that this instance told of.
    pub(super) told: Cell<Option<u64>>,
    /// When the alarm will ring, as far as this instance knows.
    alarm: Cell<Option<Timestamp>>,
    /// Whether this instance has looked at when it has to ring.
    looked: Cell<bool>,
}

impl<S: Sql, W: World> Town<S, W> {
    /// Opens the Town: migrations first.
    pub fn open(sql: S, world: W) -> Result<Self, Fault> {
        crate::cohelp::open(&sql, world.now())?;
        demo::resume_clock(&sql, &world)?;
        let rules = cohelp_rules(&world.settings().municipality);
        let (people, balances) = (People::default(), Coalesce::new(BALANCES_MAX));
        let (tries, chats, photos) = (Buckets::default(), Buckets::default(), Buckets::default());
        let (told, alarm, looked) = (Cell::new(None), Cell::new(None), Cell::new(false));
        let last_tally = LastTally::default();
        Ok(Self { sql, world, rules, people, balances, tries, chats, photos, last_tally, told, alarm, looked })
    }

    pub(super) fn store(&self) -> SqlCohelp<'_, S> {
        SqlCohelp(&self.sql)
    }

    async fn answer(&self, call: TownCall) -> Result<TownAnswer, Fault> {
        Ok(match call {
            TownCall::Tell { session, call, command, tell } => {
                TownAnswer::Told(self.perform(session, call, command, &tell).await?)
            }
            TownCall::Home { session } => TownAnswer::Home(self.home(session).await?),
            TownCall::Board { session } => TownAnswer::Board(self.board(session).await?),
            TownCall::Job { session, call, job } => TownAnswer::Job(Box::new(self.job(session, call, job).await?)),
            TownCall::Request { session, call, again } => {
                TownAnswer::Request(self.request(session, call, again).await?)
            }
            TownCall::Check { session, call, form } => TownAnswer::Checked(self.check(session, call, &form).await?),
            TownCall::PhoneCall { session, call } => {
                TownAnswer::PhoneCall(Box::new(self.phone_call(session, call).await?))
            }
            TownCall::Desk { session, show, by_itself } => TownAnswer::Desk(self.desk(session, show, by_itself).await?),
            TownCall::DeskJob { session, job } => TownAnswer::DeskJob(Box::new(self.desk_job(session, job).await?)),
            TownCall::Offers { session } => TownAnswer::Offers(self.offers(session).await?),
            TownCall::Profile { session } => TownAnswer::Profile(Box::new(self.profile(session).await?)),
            TownCall::Register { session, form } => TownAnswer::Registered(self.register(session, &form).await?),
            TownCall::TellSelf { session, act } => TownAnswer::ToldSelf(self.tell_self(session, &act).await?),
            TownCall::DeskDay { session, day, pins } => {
                TownAnswer::DeskDay(Box::new(self.desk_day(session, day, &pins).await?))
            }
            TownCall::Notifications { session } => TownAnswer::Notifications(self.notifications(session).await?),
            TownCall::JobAnew { session, job } => TownAnswer::Job(Box::new(self.job_anew(session, job).await?)),
            TownCall::ChatNews { session, job, after } => TownAnswer::News(self.chat_news(session, job, after).await?),
            TownCall::News { session, after } => TownAnswer::News(self.news(session, after).await?),
            TownCall::Circulation { session } => TownAnswer::Circulation(Box::new(self.circulation(session).await?)),
            TownCall::Figures { session } => TownAnswer::Figures(Box::new(self.figures(session).await?)),
            TownCall::Helpers { session, area, after } => {
                TownAnswer::Helpers(Box::new(self.helpers(session, area, after).await?))
            }
            TownCall::Helper { session, helper } => TownAnswer::Helper(Box::new(self.helper(session, helper).await?)),
            TownCall::SeeHelper { session, command, helper, seen } => {
                TownAnswer::SawHelper(self.see_helper(session, command, helper, &seen).await?)
            }
            TownCall::Photo { session, call, job, photo } => {
                TownAnswer::Photo(self.photo(session, call, job, photo).await?)
            }
            TownCall::PhotoRoom { session } => TownAnswer::PhotoRoom(self.photo_room(session).await?),
            TownCall::DeskPhoto { session, job, photo } => {
                TownAnswer::Photo(self.desk_photo(session, job, photo).await?)
            }
            TownCall::Ready => {
                self.sql.exec("SELECT 1", &[])?;
                TownAnswer::Done
            }
            TownCall::SetClock(offset_ms) => {
                demo::set_clock(&self.sql, &self.world, offset_ms)?;
                self.catch_up().await?;
                TownAnswer::Done
            }
        })
    }

    pub(super) async fn visitor(&self, session: SessionId) -> Result<Option<Visitor>, Fault> {
        self.people.visitor(&self.world, session).await
    }

    /// What a person has, from the Ledger.
    pub(super) async fn balance(&self, account: AccountId) -> Result<Balance, Fault> {
        self.balances.ask(account, |accounts| self.read_balances(accounts)).await
    }

    async fn read_balances(&self, accounts: Vec<AccountId>) -> Result<Vec<Balance>, Fault> {
        let answer = self.world.call(Object::LEDGER, wire::encode(&LedgerCall::Balances(accounts))?).await?;
        match wire::decode_trusted(&answer).map_err(|error| Fault::new("town.balances", error))? {
            LedgerAnswer::Balances(balances) => Ok(balances),
            _ => Err(Fault::new("town.balances", "another answer")),
        }
    }

    /// A person's act: the session, the decision, then at once what follows from it.
    async fn perform(
        &self,
        session: SessionId,
        call: Option<PhoneCallId>,
        command: CommandId,
        tell: &Command,
    ) -> Result<Result<cohelp::Receipt, NotDone>, Fault> {
        let viewer = match self.viewer::<()>(session, call).await? {
            Ok(viewer) => viewer,
            Err(Page::SignedOut) => return Ok(Err(NotDone::SignedOut)),
            Err(Page::Forbidden(_)) => return Ok(Err(NotDone::Refused(cohelp::Refusal::NotOperator))),
            Err(_) => return Ok(Err(NotDone::CallOver)),
        };
        let (actor, entered_by) = (viewer.actor(), viewer.entered_by());
        let available = match tell {
            Command::Ask { .. } => Some(spendable(&self.balance(ledger::account_of(actor.person)).await?)),
            _ => None,
        };
        let said_by = entered_by.as_ref().map(|operator| operator.as_bytes().as_slice()).unwrap_or_default();
        let command_of_person = [actor.person.as_bytes().as_slice(), said_by, command.as_bytes()].concat();
        let command = CommandId::derive("cohelp.tell", &command_of_person);
        let context = Context { actor, now: self.world.now(), command };
        let terms = Terms { rules: &self.rules, available, entered_by };
        let tried = (actor.person, tell.job());
        if matches!(tell, Command::CheckIn { .. })
            && let Err(seconds) = self.tries.look(&tried, TRIES, context.now)
        {
            return Ok(Err(NotDone::TooOften { seconds }));
        }
        if matches!(tell, Command::Chat { .. })
            && let Err(seconds) = self.chats.look(&actor.person, CHATS, context.now)
        {
            return Ok(Err(NotDone::TooOften { seconds }));
        }
        let receipt = match cohelp::tell(&self.store(), &terms, tell, &context)? {
            Ok(receipt) => receipt,
            Err(cohelp::Refusal::CodeWrong) => {
                let tried = self.tries.take(tried, TRIES, context.now);
                let refused = NotDone::Refused(cohelp::Refusal::CodeWrong);
                return Ok(Err(tried.map_or_else(|seconds| NotDone::TooOften { seconds }, |()| refused)));
            }
            Err(refusal) => return Ok(Err(NotDone::Refused(refusal))),
        };
        if matches!(tell, Command::Chat { .. }) {
            // There was room for it.
            let _ = self.chats.take(actor.person, CHATS, context.now);
        }
        self.tell_news();
        // Before the first await, so that a crash in between still ends in the alarm.
        self.set_alarm().await?;
        let carried = settle::carry_out(&self.store(), &self.world).await;
        self.tell_news();
        carried?;
        self.set_alarm().await?;
        if let Command::Choose { job, .. } = tell
            && let Some(missing) = self.short_of(*job)?
        {
            return Ok(Err(NotDone::Refused(cohelp::Refusal::ShortOf { missing })));
        }
        Ok(Ok(receipt))
    }

    /// What was missing when points were to be set aside, if that is why the job is open again.
    fn short_of(&self, job: JobId) -> Result<Option<Points>, Fault> {
        Ok(self.store().job(job)?.and_then(|(job, _)| match job.state {
            State::Open { missing, .. } => missing,
            _ => None,
        }))
    }

    /// Everything that is due: windows that passed, events that wait.
    async fn catch_up(&self) -> Result<(), Fault> {
        const ROUNDS_MAX: u32 = 100;
        for _ in 0..ROUNDS_MAX {
            if cohelp::step(&self.store(), &cohelp::Step::ExpireDue, self.world.now())? == 0 {
                break;
            }
        }
        self.store().forget_photos(self.world.now())?;
        self.tell_news();
        let carried = settle::carry_out(&self.store(), &self.world).await;
        self.tell_news();
        carried?;
        self.set_alarm().await
    }

    async fn set_alarm(&self) -> Result<(), Fault> {
        let due = self.store().next_due()?;
        match due {
            Some(at) if self.alarm.get() != Some(at) => {
                self.world.wake_at(at).await?;
                self.alarm.set(Some(at));
            }
            _ => {}
        }
        self.looked.set(true);
        Ok(())
    }
}

/// What can be spent; nothing while more is set aside than there is.
pub(super) fn spendable(balance: &Balance) -> Points {
    u64::try_from(balance.available).ok().and_then(Points::new).unwrap_or_default()
}

impl<S: Sql, W: World> Serve for Town<S, W> {
    async fn tell(&self, _: Caller, message: &[u8]) -> Result<Vec<u8>, Fault> {
        let call = wire::decode_trusted(message).map_err(|error| Fault::new("town.tell", error))?;
        if !self.looked.get() {
            // What an instance before this one set, or had still to tell, may have been lost with it.
            self.tell_news();
            self.set_alarm().await?;
        }
        wire::encode(&self.answer(call).await?)
    }

    async fn ring(&self) -> Result<(), Fault> {
        self.alarm.set(None);
        self.catch_up().await
    }
}
