//! The Registry object: takes a call, gives an answer.

use std::cell::{Cell, RefCell};

use shared::identity::{AddressKey, Admission, Answer, Call};
use shared::kernel::Fault;
use shared::wire;

use crate::buckets::Buckets;
use crate::demo;
use crate::object::{Caller, Serve};
use crate::sql::{Sql, migrate};
use crate::world::World;

use super::card::CardIssuer;
use super::rotation;
use super::secrets::Secrets;
use super::sessions::{Names, Sessions};
use super::store;
use super::webauthn::RelyingParty;

/// How often what is over is forgotten, in seconds. Ceremonies and sessions end by themselves; this is housekeeping.
const FORGET_SECONDS: i64 = 60 * 60;

/// The Registry over its database and host.
pub struct Registry<S, W> {
    pub(super) sql: S,
    pub(super) world: W,
    pub(super) secrets: Secrets,
    pub(super) relying_party: RelyingParty,
    pub(super) issuer: RefCell<Option<CardIssuer>>,
    pub(super) sessions: Sessions,
    pub(super) names: Names,
    /// What each address has asked.
    admissions: Buckets<(Admission, AddressKey)>,
    /// Whether the alarm will ring, as far as this instance knows.
    alarm: Cell<bool>,
}

impl<S: Sql, W: World> Registry<S, W> {
    /// Opens the Registry: migrations first.
    pub fn open(sql: S, world: W, secrets: Secrets) -> Result<Self, Fault> {
        migrate(&sql, store::MIGRATIONS)?;
        demo::resume_clock(&sql, &world)?;
        rotation::begin(&sql, &secrets.seal_keys)?;
        let settings = world.settings();
        let relying_party = RelyingParty::new(settings.host(), &settings.origin, "めぐり")?;
        let (issuer, sessions, alarm) = (RefCell::new(None), Sessions::default(), Cell::new(false));
        let (names, admissions) = (Names::default(), Buckets::default());
        Ok(Self { sql, world, secrets, relying_party, issuer, sessions, names, admissions, alarm })
    }

    async fn answer(&self, call: Call) -> Result<Answer, Fault> {
        Ok(match call {
            Call::Look(look) => Answer::Seen(self.look(look)?),
            Call::StartCard { next } => Answer::CardStarted(self.start_card(next).await?),
            Call::FinishCard { ceremony, query, device, session } => {
                Answer::CardFinished(self.finish_card(&ceremony, query.as_str(), device, session).await?)
            }
            Call::OpenInvitation { code, device } => Answer::Entered(self.open_invitation(code.as_str(), device)?),
            Call::StartPasskey { session } => Answer::Options(self.start_passkey(session)?),
            Call::FinishPasskey { session, ceremony, credential, name, device } => {
                Answer::Entered(self.finish_passkey(session, &ceremony, &credential, name, device)?)
            }
            Call::StartSignIn => Answer::Options(self.start_sign_in()?),
            Call::FinishSignIn { ceremony, credential, replaces, device } => {
                Answer::Entered(self.finish_sign_in(&ceremony, &credential, replaces, device)?)
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
            Call::Log { session, before } => Answer::Log(self.log_page(session, before)?),
            Call::KeepDraft { session, path, draft } => Answer::Kept(self.keep_draft(session, &path, &draft)?),
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
        if !self.alarm.get() {
            let seconds = if rotation::is_under_way(&self.sql)? { 0 } else { FORGET_SECONDS };
            self.world.wake_at(self.world.now().plus_seconds(seconds)).await?;
            self.alarm.set(true);
        }
        Ok(())
    }
}

impl<S: Sql, W: World> Serve for Registry<S, W> {
    async fn tell(&self, caller: Caller, message: &[u8]) -> Result<Vec<u8>, Fault> {
        let call: Call = wire::decode_trusted(message).map_err(|error| Fault::new("registry.tell", error))?;
        if caller == Caller::Portal && matches!(call, Call::Look(_)) {
            return Err(Fault::new("registry.tell", "the portal asked what only objects may"));
        }
        let answer = self.answer(call).await?;
        self.set_alarm().await?;
        wire::encode(&answer)
    }

    /// Forgets what is over, seals anew, and wakes again while anything is left to do.
    async fn ring(&self) -> Result<(), Fault> {
        self.alarm.set(false);
        self.forget_stale()?;
        self.rotate()?;
        let again = rotation::is_under_way(&self.sql)? || store::anything_ends(&self.sql)?;
        if again { self.set_alarm().await } else { Ok(()) }
    }
}
