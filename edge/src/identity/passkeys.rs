//! Passkeys: made right after the proof, used to sign in without typing a name.

use shared::identity::{
    Ceremony, CeremonyKind, Device, Entered, LogAct, NextPath, Passkey, PasskeyName, Refusal, Token, Whence,
    may_change_passkeys,
};
use shared::kernel::{Assurance, CredentialRef, Fault, PersonId, SessionId, SignIn, limit};

use crate::sql::Sql;
use crate::world::World;

use super::object::Registry;
use super::sessions::Start;
use super::store;
use super::webauthn::{self, CeremonyError, StoredPasskey};

/// Whether the person has any passkey.
pub(super) fn has_any(sql: &impl Sql, person: PersonId) -> Result<bool, Fault> {
    Ok(!store::passkeys(sql, person)?.is_empty())
}

fn stored(passkeys: &[Passkey]) -> Result<Vec<StoredPasskey>, Fault> {
    passkeys.iter().map(|passkey| StoredPasskey::from_bytes(&passkey.stored)).collect()
}

/// What the browser is told: that it did not work. The log says no more, for it would be about a person.
fn refused(error: CeremonyError) -> Refusal {
    match error {
        CeremonyError::UnknownCredential | CeremonyError::UserHandleMissing => Refusal::PasskeyUnknown,
        CeremonyError::AlreadyRegistered => Refusal::PasskeyKnown,
        _ => Refusal::CeremonyFailed,
    }
}

impl<S: Sql, W: World> Registry<S, W> {
    fn begin(&self, kind: CeremonyKind) -> Result<Token, Fault> {
        let token = Token(self.world.random());
        let expires_at = self.world.now().plus_seconds(Ceremony::SECONDS_MAX);
        store::put_ceremony(&self.sql, &Ceremony { id: token.ceremony(), expires_at, kind })?;
        Ok(token)
    }

    /// Begins any ceremony; the token is for the browser's cookie.
    pub(super) fn begin_ceremony(&self, kind: CeremonyKind) -> Result<Token, Fault> {
        self.begin(kind)
    }

    /// Begins making a passkey for the person of the session.
    pub(super) fn start_passkey(&self, session: SessionId) -> Result<Result<(Token, String), Refusal>, Fault> {
        let Some(visitor) = self.visitor(session)? else { return Ok(Err(Refusal::SignedOut)) };
        let person = visitor.actor.person;
        let existing = store::passkeys(&self.sql, person)?;
        if let Err(refusal) = may_change_passkeys(&visitor.actor.assurance, !existing.is_empty(), self.world.now()) {
            return Ok(Err(refusal));
        }
        if existing.len() >= limit::PASSKEYS_MAX {
            return Ok(Err(Refusal::TooManyPasskeys));
        }
        let name = visitor.name.as_str();
        let (options, state) =
            webauthn::start_registration(&self.relying_party, *person.as_bytes(), name, &stored(&existing)?)?;
        let token = self.begin(CeremonyKind::Registration { person, state })?;
        Ok(Ok((token, options)))
    }

    /// Binds the passkey, and turns the session into one that began with it.
    pub(super) fn finish_passkey(
        &self,
        session: SessionId,
        ceremony: &Token,
        credential: &str,
        name: PasskeyName,
        whence: Whence,
    ) -> Result<Result<Entered, Refusal>, Fault> {
        let now = self.world.now();
        let Some(visitor) = self.visitor(session)? else { return Ok(Err(Refusal::SignedOut)) };
        let taken = store::take_ceremony(&self.sql, ceremony.ceremony(), now)?;
        let Some(Ceremony { kind: CeremonyKind::Registration { person, state }, .. }) = taken else {
            return Ok(Err(Refusal::CeremonyGone));
        };
        if person != visitor.actor.person {
            return Ok(Err(Refusal::CeremonyGone));
        }
        // Time has passed since the run began, and other runs may have ended.
        let held = store::passkeys(&self.sql, person)?.len();
        if let Err(refusal) = may_change_passkeys(&visitor.actor.assurance, held > 0, now) {
            return Ok(Err(refusal));
        }
        if held >= limit::PASSKEYS_MAX {
            return Ok(Err(Refusal::TooManyPasskeys));
        }
        let made = match webauthn::finish_registration(&self.relying_party, &state, credential) {
            Ok(made) => made,
            Err(error) => return Ok(Err(refused(error))),
        };
        if store::credential_exists(&self.sql, made.credential_id())? {
            return Ok(Err(Refusal::PasskeyKnown));
        }
        let passkey = Passkey {
            id: CredentialRef::from_bytes(self.world.random()),
            person,
            name,
            synced: made.backup_eligible(),
            since: now,
            used_at: None,
            credential_id: made.credential_id().to_vec(),
            stored: made.to_bytes()?,
        };
        let sign_in = SignIn::Passkey { synced: passkey.synced };
        let assurance = Assurance { proof: visitor.actor.assurance.proof, sign_in, at: now };
        // Who adds a passkey may have lost another device: where else they are signed in is shown (ASVS 7.4.3).
        let elsewhere = self.is_signed_in_elsewhere(person, session)?;
        let next = if elsewhere { NextPath::parse("/me/sessions?done=added") } else { None };
        let act = LogAct::PasskeyMade { name: passkey.name.clone() };
        // The first one, made in the visit the account began with, is no news.
        let since = store::person(&self.sql, person)?.map(|kept| kept.person.since);
        let is_joining = held == 0 && since == Some(visitor.actor.assurance.proof.at());
        let entered = self.sql.transaction(|| {
            store::put_passkey(&self.sql, &passkey)?;
            match is_joining {
                true => self.note_quietly(person, whence.device, act).map(drop)?,
                false => self.note(person, whence.device, act)?,
            }
            let start = Start { assurance, passkey: Some(passkey.id), whence };
            self.enter(person, start, Some(session), next.unwrap_or_else(NextPath::home))
        })?;
        Ok(Ok(entered))
    }

    /// Begins a sign-in. Says nothing about who may have an account.
    pub(super) fn start_sign_in(&self) -> Result<Result<(Token, String), Refusal>, Fault> {
        let (options, state) = webauthn::start_sign_in(&self.relying_party)?;
        Ok(Ok((self.begin(CeremonyKind::SignIn { state })?, options)))
    }

    /// Ends a sign-in: the passkey must be one of the person it names.
    pub(super) fn finish_sign_in(
        &self,
        ceremony: &Token,
        credential: &str,
        replaces: Option<SessionId>,
        whence: Whence,
    ) -> Result<Result<Entered, Refusal>, Fault> {
        let now = self.world.now();
        let taken = store::take_ceremony(&self.sql, ceremony.ceremony(), now)?;
        let Some(Ceremony { kind: CeremonyKind::SignIn { state }, .. }) = taken else {
            return Ok(Err(Refusal::CeremonyGone));
        };
        let person = match webauthn::identify(credential) {
            Ok((handle, _)) => PersonId::from_bytes(handle),
            Err(error) => return Ok(Err(refused(error))),
        };
        let Some(kept) = store::person(&self.sql, person)? else { return Ok(Err(Refusal::PasskeyUnknown)) };
        let passkeys = store::passkeys(&self.sql, person)?;
        let held = match webauthn::finish_sign_in(&self.relying_party, &state, credential, &stored(&passkeys)?) {
            Ok(held) => held,
            Err(error) => return Ok(Err(refused(error))),
        };
        let used = passkeys.into_iter().find(|passkey| passkey.credential_id == held.credential_id);
        let Some(mut used) = used else { return Ok(Err(Refusal::PasskeyUnknown)) };
        // Said to who holds the passkey, and to nobody else.
        if kept.stopped {
            return Ok(Err(Refusal::Stopped));
        }
        used.used_at = Some(now);
        if let Some(updated) = &held.updated {
            used.stored = updated.to_bytes()?;
        }
        let sign_in = SignIn::Passkey { synced: held.backup_eligible };
        let assurance = Assurance { proof: kept.person.proof, sign_in, at: now };
        // The counter and the session together: a counter that is not kept proves nothing the next time.
        let entered = self.sql.transaction(|| {
            store::put_passkey(&self.sql, &used)?;
            self.note(person, whence.device, LogAct::SignedIn { name: used.name.clone() })?;
            let start = Start { assurance, passkey: Some(used.id), whence };
            self.enter(person, start, replaces, NextPath::home())
        })?;
        Ok(Ok(entered))
    }

    /// Removes a passkey, and ends every session that began with it: whoever has the device in hand is out.
    pub(super) fn remove_passkey(
        &self,
        session: SessionId,
        id: CredentialRef,
        end_others: bool,
        device: Device,
    ) -> Result<Result<(), Refusal>, Fault> {
        let Some(visitor) = self.visitor(session)? else { return Ok(Err(Refusal::SignedOut)) };
        if let Err(refusal) = may_change_passkeys(&visitor.actor.assurance, true, self.world.now()) {
            return Ok(Err(refusal));
        }
        let person = visitor.actor.person;
        let held = store::passkeys(&self.sql, person)?.into_iter().find(|passkey| passkey.id == id);
        self.sql.transaction(|| {
            if let Some(Passkey { name, .. }) = held {
                store::remove_passkey(&self.sql, person, id)?;
                self.note(person, device, LogAct::PasskeyRemoved { name })?;
            }
            self.end_where(person, device, |one| one.id != session && (end_others || one.passkey == Some(id)))
        })?;
        Ok(Ok(()))
    }
}
