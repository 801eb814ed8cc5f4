//! Making a passkey (パスキーの登録, WebAuthn L3 §7.1).

use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};
use shared::kernel::{Fault, limit};
use shared::wire;
use webauthn_rs::prelude::Uuid;
use webauthn_rs_core::internals::AuthenticatorData;
use webauthn_rs_core::proto::{
    AttestationFormat, COSEKey, CollectedClientData, CreationChallengeResponse, Credential, ExtnState,
    RegisterPublicKeyCredential, RegisteredExtensions, Registration, ResidentKeyRequirement, UserVerificationPolicy,
};

use super::attestation::AttestationObject;
use super::{CeremonyError, CeremonyState, OptionsJson, RelyingParty, StoredPasskey, Transport};

/// The longest credential id, in bytes (WebAuthn L3 §7.1 step 25).
const CREDENTIAL_ID_BYTES_MAX: usize = 1023;

/// What a registration was begun with.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Begun {
    challenge: Vec<u8>,
    /// COSE algorithm numbers that were offered.
    algorithms: Vec<i64>,
    /// Credential ids the person already has.
    excluded: Vec<Vec<u8>>,
    asked_cred_protect: bool,
    asked_hmac_secret: bool,
    asked_cred_props: bool,
}

impl Begun {
    /// What these options ask for: the state follows the options, so the two cannot disagree.
    pub(super) fn with(options: &CreationChallengeResponse) -> Self {
        let options = &options.public_key;
        let extensions = options.extensions.as_ref();
        Self {
            challenge: options.challenge.clone(),
            algorithms: options.pub_key_cred_params.iter().map(|parameter| parameter.alg).collect(),
            excluded: options.exclude_credentials.iter().flatten().map(|descriptor| descriptor.id.clone()).collect(),
            asked_cred_protect: extensions.is_some_and(|asked| asked.cred_protect.is_some()),
            asked_hmac_secret: extensions.is_some_and(|asked| asked.hmac_create_secret.is_some()),
            asked_cred_props: extensions.is_some_and(|asked| asked.cred_props.is_some()),
        }
    }
}

/// Begins a registration for the person with that user handle. `display_name` is what the passkey
/// list of their device shows and must not be empty. `existing` are the passkeys they have: the
/// device is asked not to make another beside one of them. Challenge: 32 random bytes.
pub fn start_registration(
    rp: &RelyingParty,
    person: [u8; 16],
    display_name: &str,
    existing: &[StoredPasskey],
) -> Result<(OptionsJson, CeremonyState), Fault> {
    let fault = |error: &dyn std::fmt::Display| Fault::new("identity.start_registration", error);
    let exclude = existing.iter().map(|passkey| passkey.credential_id().to_vec()).collect();
    let (mut options, _) = rp
        .webauthn
        .start_passkey_registration(Uuid::from_bytes(person), display_name, display_name, Some(exclude))
        .map_err(|error| fault(&error))?;
    // webauthn-rs discourages discoverable credentials; signing in without typing a name needs them.
    if let Some(selection) = &mut options.public_key.authenticator_selection {
        selection.resident_key = Some(ResidentKeyRequirement::Required);
        selection.require_resident_key = true;
    }
    let state = wire::encode(&Begun::with(&options))?;
    let json = serde_json::to_string(&options).map_err(|error| fault(&error))?;
    Ok((json, state))
}

/// Ends a registration: the passkey in the browser's answer, if it answers exactly what was asked.
/// The caller still has to make sure that nobody else has the same credential id.
pub fn finish_registration(
    rp: &RelyingParty,
    state: &[u8],
    credential_json: &str,
) -> Result<StoredPasskey, CeremonyError> {
    let begun = wire::decode_trusted(state).map_err(|_| CeremonyError::KeptDataUnreadable)?;
    if credential_json.len() > limit::BODY_BYTES_MAX {
        return Err(CeremonyError::Malformed);
    }
    let answer: RegisterPublicKeyCredential =
        serde_json::from_str(credential_json).map_err(|_| CeremonyError::Malformed)?;
    let (credential, aaguid) = verify(rp, &begun, &answer)?;
    rp.check_spelling(&answer.response.client_data_json)?;
    narrow(&credential, &answer)?;
    StoredPasskey::new(credential, aaguid, Transport::set(answer.response.transports.as_deref()))
}

/// The verdict of webauthn-rs 0.6.2 (`register_credential_internal` under the passkey policy), without its clock.
/// Differs from it in nothing but the attestation formats named in [`super::attestation`].
pub(super) fn verify(
    rp: &RelyingParty,
    begun: &Begun,
    answer: &RegisterPublicKeyCredential,
) -> Result<(Credential, [u8; 16]), CeremonyError> {
    let response = &answer.response;
    let client: CollectedClientData =
        serde_json::from_slice(&response.client_data_json).map_err(|_| CeremonyError::Malformed)?;
    let object = AttestationObject::parse(&response.attestation_object)?;
    rp.check_creation(&client, &begun.challenge)?;
    let data = &object.data;
    if !rp.owns(object.data_bytes) {
        return Err(CeremonyError::WrongRelyingParty);
    }
    if !data.user_present {
        return Err(CeremonyError::UserNotPresent);
    }
    if !data.user_verified {
        return Err(CeremonyError::UserNotVerified);
    }
    let client_data_hash = Sha256::digest(&response.client_data_json).into();
    let format = object.format()?;
    let attested = data.acd.as_ref().ok_or(CeremonyError::CredentialMissing)?;
    let key = COSEKey::try_from(&attested.credential_pk)?;
    let attestation = object.check_statement(&format, rp.id_hash(), attested, &key, &client_data_hash)?;
    if !begun.algorithms.contains(&(key.type_ as i64)) {
        return Err(CeremonyError::AlgorithmRefused);
    }
    if data.backup_state && !data.backup_eligible {
        return Err(CeremonyError::BackupStateInconsistent);
    }
    if begun.excluded.contains(&attested.credential_id) {
        return Err(CeremonyError::AlreadyRegistered);
    }
    let signed_transports = matches!(format, AttestationFormat::Packed | AttestationFormat::Tpm);
    let credential = Credential {
        cred_id: attested.credential_id.clone(),
        cred: key,
        counter: data.counter,
        transports: response.transports.clone().filter(|_| signed_transports),
        user_verified: data.user_verified,
        backup_eligible: data.backup_eligible,
        backup_state: data.backup_state,
        registration_policy: UserVerificationPolicy::Required,
        extensions: extensions(begun, data, answer),
        attestation,
        attestation_format: format,
    };
    Ok((credential, attested.aaguid))
}

/// What else we ask beyond webauthn-rs, all of it from the specification: a public-key credential, an id
/// of 1 to 1023 bytes, and the same id outside as inside the signed part.
fn narrow(credential: &Credential, answer: &RegisterPublicKeyCredential) -> Result<(), CeremonyError> {
    if answer.type_ != "public-key" {
        return Err(CeremonyError::Malformed);
    }
    if !(1..=CREDENTIAL_ID_BYTES_MAX).contains(&credential.cred_id.len()) {
        return Err(CeremonyError::CredentialIdLength);
    }
    if answer.raw_id != credential.cred_id {
        return Err(CeremonyError::CredentialIdMismatch);
    }
    Ok(())
}

/// What became of each extension.
fn extensions(
    begun: &Begun,
    data: &AuthenticatorData<Registration>,
    answer: &RegisterPublicKeyCredential,
) -> RegisteredExtensions {
    fn signed<T: Clone + std::fmt::Debug>(value: Option<T>, asked: bool) -> ExtnState<T> {
        match (value, asked) {
            (Some(value), true) => ExtnState::Set(value),
            (Some(value), false) => ExtnState::Unsolicited(value),
            (None, true) => ExtnState::Ignored,
            (None, false) => ExtnState::NotRequested,
        }
    }
    RegisteredExtensions {
        cred_protect: signed(data.extensions.cred_protect.as_ref().map(|value| value.0), begun.asked_cred_protect),
        hmac_create_secret: signed(data.extensions.hmac_secret, begun.asked_hmac_secret),
        appid: ExtnState::NotRequested,
        // The browser's word, not the authenticator's.
        cred_props: match &answer.extensions.cred_props {
            Some(properties) => ExtnState::Unsigned(properties.clone()),
            None => signed(None, begun.asked_cred_props),
        },
    }
}

#[cfg(test)]
mod tests;
