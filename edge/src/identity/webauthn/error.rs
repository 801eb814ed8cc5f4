//! Why a ceremony is refused.

use webauthn_rs_core::error::WebauthnError;

/// Why an answer of a browser is not accepted. For the log and for tests: people are told only that
/// it did not work and what to do next.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, thiserror::Error)]
pub enum CeremonyError {
    /// Not the JSON, CBOR or bytes that WebAuthn L3 describes, or too long.
    #[error("malformed")]
    Malformed,
    /// Client data of another ceremony (`type`, WebAuthn L3 §7.1 step 7, §7.2 step 10).
    #[error("wrong type")]
    WrongType,
    /// Not the challenge of this ceremony: replayed, or meant for another one.
    #[error("wrong challenge")]
    WrongChallenge,
    /// Made on a page that is not ours.
    #[error("wrong origin")]
    WrongOrigin,
    /// Made inside a page of another origin.
    #[error("cross-origin")]
    CrossOrigin,
    /// The authenticator made it for another relying party id.
    #[error("wrong relying party")]
    WrongRelyingParty,
    /// The flag UP is not set.
    #[error("user not present")]
    UserNotPresent,
    /// The flag UV is not set; we always require it.
    #[error("user not verified")]
    UserNotVerified,
    /// Backed up without being eligible for it, or eligibility changed since registration (WebAuthn L3 §6.1.3).
    #[error("backup state inconsistent")]
    BackupStateInconsistent,
    /// A public key of a kind that was not offered, or not a valid key.
    #[error("algorithm refused")]
    AlgorithmRefused,
    /// No attested credential data in a registration.
    #[error("no credential")]
    CredentialMissing,
    /// A credential id of no byte, or of more than 1023 (WebAuthn L3 §7.1 step 25).
    #[error("credential id length")]
    CredentialIdLength,
    /// The id beside the answer is not the one inside it.
    #[error("credential id mismatch")]
    CredentialIdMismatch,
    /// The person has this passkey already.
    #[error("already registered")]
    AlreadyRegistered,
    /// An attestation statement that does not hold, or of a format we do not read.
    #[error("attestation refused")]
    AttestationRefused,
    /// The answer names no person: not a discoverable credential of ours.
    #[error("no user handle")]
    UserHandleMissing,
    /// No passkey with that id among those given.
    #[error("unknown credential")]
    UnknownCredential,
    /// The signature does not belong to the passkey.
    #[error("bad signature")]
    BadSignature,
    /// The signature counter did not advance: perhaps a copied authenticator (WebAuthn L3 §6.1.1).
    #[error("counter went back")]
    CounterWentBack,
    /// What we kept ourselves, a state or a passkey, cannot be read or written. Ours to repair, not the person's.
    #[error("kept data unreadable")]
    KeptDataUnreadable,
}

impl From<WebauthnError> for CeremonyError {
    fn from(error: WebauthnError) -> Self {
        use WebauthnError as W;
        match error {
            W::InvalidClientDataType => Self::WrongType,
            W::MismatchedChallenge => Self::WrongChallenge,
            W::InvalidRPOrigin => Self::WrongOrigin,
            W::CredentialCrossOrigin => Self::CrossOrigin,
            W::InvalidRPIDHash => Self::WrongRelyingParty,
            W::UserNotPresent => Self::UserNotPresent,
            W::UserNotVerified => Self::UserNotVerified,
            W::CredentialBackupEligibilityInconsistent | W::CredentialMayNotBeHardwareBound => {
                Self::BackupStateInconsistent
            }
            W::COSEKeyInvalidCBORValue
            | W::COSEKeyInvalidType
            | W::COSEKeyInvalidAlgorithm
            | W::COSEKeyEDUnsupported
            | W::COSEKeyECDSAXYInvalid
            | W::COSEKeyECDSAInvalidCurve
            | W::COSEKeyEDDSAXInvalid
            | W::COSEKeyEDDSAInvalidCurve
            | W::COSEKeyRSANEInvalid
            | W::EcdsaPointInvalid
            | W::RsaParametersInvalid
            | W::SshPublicKeyEDUnsupported
            | W::CredentialAlteredAlgFromRequest => Self::AlgorithmRefused,
            W::InvalidUserUniqueId => Self::UserHandleMissing,
            W::CredentialNotFound => Self::UnknownCredential,
            W::AuthenticationFailure | W::SignatureInvalid => Self::BadSignature,
            W::CredentialPossibleCompromise => Self::CounterWentBack,
            _ => Self::Malformed,
        }
    }
}
