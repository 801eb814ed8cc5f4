//! The Registry object: takes a call, gives an answer.

use std::cell::{Cell, RefCell};

use shared::identity::{AddressKey, Admission, Answer, Call};
use shared::kernel::{Day, Fault, PersonId, Timestamp};
use shared::wire;

use crate::buckets::Buckets;
use crate::demo;
use crate::object::{Caller, Serve};
use crate::sql::{Sql, migrate};
use crate::world::World;

use super::card::CardIssuer;
use super::jpki::{self, Anchors};
use super::rotation;
use super::secrets::Secrets;
use super::sessions::{Names, Sessions};
use super::store::{self, Kept, Keys};
use super::webauthn::RelyingParty;

/// How often what is over is forgotten, in seconds. Ceremonies and sessions end by themselves; this is housekeeping.
const FORGET_SECONDS: i64 = 60 * 60;
/// How often old lines of logs are looked for when nothing else is to be forgotten, in seconds.
const PRUNE_SECONDS: i64 = 24 * 60 * 60;

/// The Registry over its database and host.
pub struct Registry<S, W> {
    pub(super) sql: S,
    pub(super) world: W,
    pub(super) secrets: Secrets,
    pub(super) relying_party: RelyingParty,
    pub(super) issuer: RefCell<Option<CardIssuer>>,
    /// The CAs whose certificates of the card are believed.
    pub(super) anchors: Anchors,
    pub(super) sessions: Sessions,
    pub(super) names: Names,
    /// What each address has asked.
    admissions: Buckets<(Admission, AddressKey)>,
    /// Which operators named callers who are not there.
    pub(super) phone_tries: Buckets<PersonId>,
    /// When the alarm will ring, as far as this instance knows.
    alarm: Cell<Option<Timestamp>>,
}

impl<S: Sql, W: World> Registry<S, W> {
    /// Opens the Registry: migrations first.
    pub fn open(sql: S, world: W, secrets: Secrets) -> Result<Self, Fault> {
        migrate(&sql, store::MIGRATIONS)?;
        demo::resume_clock(&sql, &world)?;
        rotation::begin(&sql, &secrets.seal_keys)?;
        let settings = world.settings();
        let relying_party = RelyingParty::new(settings.host(), &settings.origin, "めぐり")?;
        let anchors = jpki::anchors(&settings.jpki_cas)?;
        let (issuer, sessions, alarm) = (RefCell::new(None), Sessions::default(), Cell::new(None));
        let (names, admissions, phone_tries) = (Names::default(), Buckets::default(), Buckets::default());
        let registry = Self {
            sql,
            world,
            secrets,
            relying_party,
            issuer,
            anchors,
            sessions,
            names,
            admissions,
            phone_tries,
            alarm,
        };
        registry.find_keys()?;
        Ok(registry)
    }

    /// Gives people from before the keys they are found by now. The Registry opens when all have them.
    fn find_keys(&self) -> Result<(), Fault> {
        const BATCH_MAX: u64 = 500;
        let mut after = None;
        loop {
            let people = store::people_without_keys(&self.sql, after, BATCH_MAX)?;
            self.sql.transaction(|| {
                // What does not open keeps one person from being found, and nobody else from coming in.
                people.iter().for_each(|kept| self.find_key(kept).unwrap_or_else(|fault| self.world.log(&fault)));
                Ok(())
            })?;
            after = people.last().map(|kept| kept.person.id);
            if (people.len() as u64) < BATCH_MAX {
                return Ok(());
            }
        }
    }

    fn find_key(&self, kept: &Kept) -> Result<(), Fault> {
        let (name, said) = self.opened_attributes(kept)?;
        // Nobody was born then: accounts of staff are not found by their names.
        let name_key = self.secrets.name_key(&name, said.map_or(Day(i32::MIN), |said| said.birth))?;
        store::put_person(&self.sql, kept, Keys { card: None, name: Some(&name_key) })
    }

    async fn answer(&self, call: Call) -> Result<Answer, Fault> {
        Ok(match call {
            Call::Look(look) => Answer::Seen(self.look(look)?),
            Call::StartCard { next } => Answer::CardStarted(self.start_card(next).await?),
            Call::FinishCard { ceremony, query, whence, session } => {
                Answer::CardFinished(self.finish_card(&ceremony, query.as_str(), whence, session).await?)
            }
            Call::OpenInvitation { code, whence } => Answer::Entered(self.open_invitation(code.as_str(), whence)?),
            Call::StartPasskey { session } => Answer::Options(self.start_passkey(session)?),
            Call::FinishPasskey { session, ceremony, credential, name, whence } => {
                Answer::Entered(self.finish_passkey(session, &ceremony, &credential, name, whence)?)
            }
            Call::StartSignIn => Answer::Options(self.start_sign_in()?),
            Call::FinishSignIn { ceremony, credential, replaces, whence } => {
                Answer::Entered(self.finish_sign_in(&ceremony, &credential, replaces, whence)?)
            }
            Call::SignOut { session, device } => {
                self.sign_out(session, device)?;
                Answer::Done
            }
            Call::Me { session } => Answer::Me(self.me(session)?),
            Call::Sessions { session } => Answer::Sessions(self.sessions_page(session)?),
            Call::EndSessions { session, which, device } => Answer::Changed(self.end_sessions(session, which, device)?),
            Call::RemovePasskey { session, passkey, end_others, device } => {
                Answer::Changed(self.remove_passkey(session, passkey, end_others, device)?)
            }
            Call::Log { session, before, kind } => Answer::Log(self.log_page(session, before, kind)?),
            Call::LogSeen { session, up_to } => Answer::Changed(self.log_seen(session, up_to)?),
            Call::CheckLogs { session, after } => Answer::LogsChecked(self.check_logs(session, after)?),
            Call::Note(notes) => {
                self.hear(notes)?;
                Answer::Done
            }
            Call::Staff { session } => Answer::Staff(self.staff_page(session)?),
            Call::ActOnStaff { session, command, act } => Answer::StaffActed(self.act_on_staff(session, command, act)?),
            Call::Counter { session } => Answer::Counter(self.counter_page(session)?),
            Call::ActAtCounter { session, command, act } => {
                Answer::CounterActed(self.act_at_counter(session, command, act)?)
            }
            Call::Certificate { session, certificate } => {
                Answer::Certificate(self.certificate_page(session, &certificate)?)
            }
            Call::OpenCode { code, whence } => Answer::Entered(self.open_code(code, whence)?),
            Call::TakePhoneCall { session, command, member, name, birth } => {
                Answer::PhoneCallTaken(self.take_phone_call(session, command, member, (&name, birth))?)
            }
            Call::EndPhoneCall { session, call } => Answer::Changed(self.end_phone_call(session, call)?),
            Call::KeepTelephone { session, call, telephone } => {
                Answer::Changed(self.keep_telephone(session, call, &telephone)?)
            }
            Call::Behalf { session, call } => Answer::Behalf(self.behalf(session, call)?),
            Call::Telephone(person) => Answer::Telephone(self.telephone(person)?),
            Call::KeepDraft { session, path, draft, saved } => {
                Answer::Kept(self.keep_draft(session, &path, &draft, saved)?)
            }
            Call::DropDraft { session, path } => Answer::Kept(self.drop_draft(session, &path)?),
            Call::Draft { session, path } => Answer::Draft(self.draft(session, &path)?),
            Call::Admit { address, what } => {
                Answer::Admitted(self.admissions.take((what, address), what.rate(), self.world.now()))
            }
            Call::Ready => Answer::Ready { resealing: rotation::is_under_way(&self.sql)? },
            Call::SetClock(offset_ms) => {
                demo::set_clock(&self.sql, &self.world, offset_ms)?;
                Answer::Done
            }
        })
    }

    async fn set_alarm(&self) -> Result<(), Fault> {
        if self.alarm.get().is_some_and(|due| due <= self.world.now().plus_seconds(FORGET_SECONDS)) {
            return Ok(());
        }
        self.wake_in(if rotation::is_under_way(&self.sql)? { 0 } else { FORGET_SECONDS }).await
    }

    async fn wake_in(&self, seconds: i64) -> Result<(), Fault> {
        let at = self.world.now().plus_seconds(seconds);
        self.world.wake_at(at).await?;
        self.alarm.set(Some(at));
        Ok(())
    }
}

impl<S: Sql, W: World> Serve for Registry<S, W> {
    async fn tell(&self, caller: Caller, message: &[u8]) -> Result<Vec<u8>, Fault> {
        let call: Call = wire::decode_trusted(message).map_err(|error| Fault::new("registry.tell", error))?;
        if caller == Caller::Portal
            && matches!(call, Call::Look(_) | Call::Note(_) | Call::Behalf { .. } | Call::Telephone(_))
        {
            return Err(Fault::new("registry.tell", "the portal asked what only objects may"));
        }
        let answer = self.answer(call).await?;
        self.set_alarm().await?;
        wire::encode(&answer)
    }

    /// Forgets what is over, seals anew, and wakes again while anything is left to do.
    async fn ring(&self) -> Result<(), Fault> {
        self.alarm.set(None);
        let more = self.forget_stale()?;
        self.rotate()?;
        if more {
            return self.wake_in(0).await;
        }
        let soon = rotation::is_under_way(&self.sql)? || store::anything_ends(&self.sql)?;
        if soon { self.set_alarm().await } else { self.wake_in(PRUNE_SECONDS).await }
    }
}
