//! The Registry object: takes a call, gives an answer.

use std::cell::{Cell, RefCell};

use shared::identity::{Answer, Call};
use shared::kernel::Fault;
use shared::wire;

use crate::demo;
use crate::object::Serve;
use crate::sql::{Sql, migrate};
use crate::world::World;

use super::card::CardIssuer;
use super::sessions::{Names, Sessions};
use super::store;
use super::webauthn::RelyingParty;

/// How often what is over is forgotten, in seconds. Ceremonies and sessions end by themselves; this is housekeeping.
const FORGET_SECONDS: i64 = 60 * 60;

/// The Registry over its database and host.
pub struct Registry<S, W> {
    pub(super) sql: S,
    pub(super) world: W,
    pub(super) relying_party: RelyingParty,
    pub(super) issuer: RefCell<Option<CardIssuer>>,
    pub(super) sessions: Sessions,
    pub(super) names: Names,
    /// Whether the alarm will ring, as far as this instance knows.
    alarm: Cell<bool>,
}

impl<S: Sql, W: World> Registry<S, W> {
    /// Opens the Registry: migrations first.
    pub fn open(sql: S, world: W) -> Result<Self, Fault> {
        migrate(&sql, store::MIGRATIONS)?;
        demo::resume_clock(&sql, &world)?;
        let settings = world.settings();
        let relying_party = RelyingParty::new(settings.host(), &settings.origin, "めぐり")?;
        let (issuer, sessions, alarm) = (RefCell::new(None), Sessions::default(), Cell::new(false));
        Ok(Self { sql, world, relying_party, issuer, sessions, names: Names::default(), alarm })
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
            Call::Ready => {
                self.sql.exec("SELECT 1", &[])?;
                Answer::Done
            }
            Call::SetClock(offset_ms) => {
                demo::set_clock(&self.sql, &self.world, offset_ms)?;
                Answer::Done
            }
        })
    }

    async fn set_alarm(&self) -> Result<(), Fault> {
        if !self.alarm.get() {
            self.world.wake_at(self.world.now().plus_seconds(FORGET_SECONDS)).await?;
            self.alarm.set(true);
        }
        Ok(())
    }
}

impl<S: Sql, W: World> Serve for Registry<S, W> {
    async fn tell(&self, message: &[u8]) -> Result<Vec<u8>, Fault> {
        let call = wire::decode_trusted(message).map_err(|error| Fault::new("registry.tell", error))?;
        let answer = self.answer(call).await?;
        self.set_alarm().await?;
        wire::encode(&answer)
    }

    /// Forgets what is over, and wakes again while anything is left that will be.
    async fn ring(&self) -> Result<(), Fault> {
        self.alarm.set(false);
        self.forget_stale()?;
        if store::anything_ends(&self.sql)? { self.set_alarm().await } else { Ok(()) }
    }
}
