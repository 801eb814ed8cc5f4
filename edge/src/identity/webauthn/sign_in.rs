//! Signing in with a passkey (パスキーでのログイン, WebAuthn L3 §7.2).

use shared::kernel::{Fault, limit};
use webauthn_rs::prelude::{DiscoverableAuthentication, PublicKeyCredential};
use webauthn_rs_core::proto::CollectedClientData;

use super::{CeremonyError, CeremonyState, OptionsJson, RelyingParty, StoredPasskey};

/// A sign-in that held.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignedIn {
    /// The credential that signed.
    pub credential_id: Vec<u8>,
    /// Flag UV; always set, because it is required.
    pub user_verified: bool,
    /// Flag BE: the passkey may live on several devices.
    pub backup_eligible: bool,
    /// Flag BS: it is backed up now.
    pub backup_state: bool,
    /// The signature counter; 0 if the authenticator has none.
    pub counter: u32,
    /// The passkey to write back, if its counter or backup state changed. Must be written together
    /// with the session: a counter that is not kept proves nothing the next time.
    pub updated: Option<StoredPasskey>,
}

/// Begins a sign-in in which the browser, not the person, says who it is. Challenge: 32 random bytes.
pub fn start_sign_in(rp: &RelyingParty) -> Result<(OptionsJson, CeremonyState), Fault> {
    let fault = |error: &dyn std::fmt::Display| Fault::new("identity.start_sign_in", error);
    let (mut options, state) = rp.webauthn.start_discoverable_authentication().map_err(|error| fault(&error))?;
    // webauthn-rs always asks for conditional mediation. Our page says itself whether it wants a dialog or suggestions.
    options.mediation = None;
    let json = serde_json::to_string(&options).map_err(|error| fault(&error))?;
    let state = serde_json::to_vec(&state).map_err(|error| fault(&error))?;
    Ok((json, state))
}

/// Whom the answer claims to come from: user handle and credential id. A claim, nothing is proven
/// before [`finish_sign_in`]; it says whose passkeys to load.
pub fn identify(credential_json: &str) -> Result<([u8; 16], Vec<u8>), CeremonyError> {
    let answer = parse(credential_json)?;
    let handle = answer.get_user_unique_id().ok_or(CeremonyError::UserHandleMissing)?;
    let handle = handle.try_into().map_err(|_| CeremonyError::UserHandleMissing)?;
    Ok((handle, answer.raw_id))
}

/// Ends a sign-in: whether one of `passkeys`, those of the person [`identify`] named, signed this challenge on our origin.
pub fn finish_sign_in(
    rp: &RelyingParty,
    state: &[u8],
    credential_json: &str,
    passkeys: &[StoredPasskey],
) -> Result<SignedIn, CeremonyError> {
    let state: DiscoverableAuthentication =
        serde_json::from_slice(state).map_err(|_| CeremonyError::KeptDataUnreadable)?;
    let answer = parse(credential_json)?;
    let stored = passkeys
        .iter()
        .find(|passkey| passkey.credential_id() == answer.raw_id)
        .ok_or(CeremonyError::UnknownCredential)?;
    let mut passkey = stored.verifier()?;
    let result = rp.webauthn.finish_discoverable_authentication_v2(&answer, state, &passkey)?;
    rp.check_spelling(&answer.response.client_data_json)?;
    // webauthn-rs looks at this when a passkey is made but not when it is used; without it a page of
    // somebody else could hold ours in a frame and ask for the person's passkey there.
    let client: CollectedClientData =
        serde_json::from_slice(&answer.response.client_data_json).map_err(|_| CeremonyError::Malformed)?;
    if client.cross_origin.unwrap_or(false) {
        return Err(CeremonyError::CrossOrigin);
    }
    let changed = passkey.update_credential(&result).unwrap_or(false);
    Ok(SignedIn {
        credential_id: result.cred_id().clone(),
        user_verified: result.user_verified(),
        backup_eligible: result.backup_eligible(),
        backup_state: result.backup_state(),
        counter: result.counter(),
        updated: changed.then(|| stored.with_verifier(passkey)).transpose()?,
    })
}

fn parse(credential_json: &str) -> Result<PublicKeyCredential, CeremonyError> {
    if credential_json.len() > limit::BODY_BYTES_MAX {
        return Err(CeremonyError::Malformed);
    }
    let answer: PublicKeyCredential = serde_json::from_str(credential_json).map_err(|_| CeremonyError::Malformed)?;
    if answer.type_ == "public-key" { Ok(answer) } else { Err(CeremonyError::Malformed) }
}

#[cfg(test)]
mod tests;
