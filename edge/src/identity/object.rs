//! The Registry object: takes a call, gives an answer.

use std::cell::RefCell;

use shared::identity::{Answer, Call};
use shared::kernel::Fault;
use shared::wire;

use crate::demo;
use crate::object::Serve;
use crate::sql::{Sql, migrate};
use crate::world::World;

use super::card::CardIssuer;
use super::sessions::Sessions;
use super::store;
use super::webauthn::RelyingParty;

/// The Registry over its database and host.
pub struct Registry<S, W> {
    pub(super) sql: S,
    pub(super) world: W,
    pub(super) relying_party: RelyingParty,
    pub(super) issuer: RefCell<Option<CardIssuer>>,
    pub(super) sessions: Sessions,
}

impl<S: Sql, W: World> Registry<S, W> {
    /// Opens the Registry: migrations first.
    pub fn open(sql: S, world: W) -> Result<Self, Fault> {
        migrate(&sql, store::MIGRATIONS)?;
        demo::resume_clock(&sql, &world)?;
        let settings = world.settings();
        let relying_party = RelyingParty::new(settings.host(), &settings.origin, "めぐり")?;
        Ok(Self { sql, world, relying_party, issuer: RefCell::new(None), sessions: Sessions::default() })
    }

    async fn answer(&self, call: Call) -> Result<Answer, Fault> {
        Ok(match call {
            Call::Look(look) => Answer::Seen(self.look(look)?),
            Call::StartCard { next } => Answer::CardStarted(self.start_card(next).await?),
            Call::FinishCard { ceremony, query } => {
                Answer::CardFinished(self.finish_card(&ceremony, query.as_str()).await?)
            }
            Call::OpenInvitation { code } => Answer::Entered(self.open_invitation(code.as_str())?),
            Call::StartPasskey { session } => Answer::Options(self.start_passkey(session)?),
            Call::FinishPasskey { session, ceremony, credential, name } => {
                Answer::Entered(self.finish_passkey(session, &ceremony, &credential, name)?)
            }
            Call::StartSignIn => Answer::Options(self.start_sign_in()?),
            Call::FinishSignIn { ceremony, credential, replaces } => {
                Answer::Entered(self.finish_sign_in(&ceremony, &credential, replaces)?)
            }
            Call::SignOut { session } => {
                self.end(session)?;
                Answer::Done
            }
            Call::Me { session } => Answer::Me(self.me(session)?),
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
}

impl<S: Sql, W: World> Serve for Registry<S, W> {
    async fn tell(&self, message: &[u8]) -> Result<Vec<u8>, Fault> {
        let call = wire::decode_trusted(message).map_err(|error| Fault::new("registry.tell", error))?;
        wire::encode(&self.answer(call).await?)
    }

    async fn ring(&self) -> Result<(), Fault> {
        self.forget_stale()
    }
}
