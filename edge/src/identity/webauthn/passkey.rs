//! A passkey as we keep it.

use serde::{Deserialize, Serialize};
use shared::kernel::Fault;
use shared::wire;
use webauthn_rs::prelude::Passkey;
use webauthn_rs_core::proto::{AuthenticatorTransport, Credential, ParsedAttestation};

use super::CeremonyError;

/// How a browser reaches an authenticator (WebAuthn L3 §5.8.4): a hint for display, unsigned.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Transport {
    /// A key in a socket.
    Usb,
    /// A key or card held to the device.
    Nfc,
    /// A key over Bluetooth.
    Ble,
    /// The device itself.
    Internal,
    /// A telephone beside the device (QR code).
    Hybrid,
}

impl Transport {
    fn known(transport: &AuthenticatorTransport) -> Option<Self> {
        match transport {
            AuthenticatorTransport::Usb => Some(Self::Usb),
            AuthenticatorTransport::Nfc => Some(Self::Nfc),
            AuthenticatorTransport::Ble => Some(Self::Ble),
            AuthenticatorTransport::Internal => Some(Self::Internal),
            AuthenticatorTransport::Hybrid => Some(Self::Hybrid),
            AuthenticatorTransport::Test | AuthenticatorTransport::Unknown => None,
        }
    }

    /// Those we know, sorted and each once: the list comes from the browser and may be of any length.
    pub(super) fn set(transports: Option<&[AuthenticatorTransport]>) -> Vec<Self> {
        let mut set: Vec<Self> = transports.unwrap_or_default().iter().filter_map(Self::known).collect();
        set.sort_unstable();
        set.dedup();
        set
    }
}

/// A registered passkey (パスキー): the key that checks signatures, with what a list of passkeys shows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StoredPasskey {
    /// JSON of webauthn-rs' `Passkey`, the only stable form it promises.
    verifier: Vec<u8>,
    credential_id: Vec<u8>,
    aaguid: [u8; 16],
    transports: Vec<Transport>,
    backup_eligible: bool,
    backup_state: bool,
}

impl StoredPasskey {
    /// Keeps of the credential what signing in needs. Dropped: the attestation, which we do not trust, may
    /// name one device and is as long as its sender likes; and the list of transports beside our own set.
    pub(super) fn new(
        credential: Credential,
        aaguid: [u8; 16],
        transports: Vec<Transport>,
    ) -> Result<Self, CeremonyError> {
        let (backup_eligible, backup_state) = (credential.backup_eligible, credential.backup_state);
        let credential_id = credential.cred_id.clone();
        let credential = Credential { attestation: ParsedAttestation::default(), transports: None, ..credential };
        let verifier = serde_json::to_vec(&Passkey::from(credential)).map_err(|_| CeremonyError::KeptDataUnreadable)?;
        Ok(Self { verifier, credential_id, aaguid, transports, backup_eligible, backup_state })
    }

    /// The same passkey after a sign-in changed its counter or backup flags.
    pub(super) fn with_verifier(&self, passkey: Passkey) -> Result<Self, CeremonyError> {
        Self::new(passkey.into(), self.aaguid, self.transports.clone())
    }

    pub(super) fn verifier(&self) -> Result<Passkey, CeremonyError> {
        serde_json::from_slice(&self.verifier).map_err(|_| CeremonyError::KeptDataUnreadable)
    }

    /// The authenticator's id of the credential, 1 to 1023 bytes.
    pub fn credential_id(&self) -> &[u8] {
        &self.credential_id
    }

    /// The model of authenticator or password manager; all zero if it does not say. A hint, unsigned.
    pub const fn aaguid(&self) -> &[u8; 16] {
        &self.aaguid
    }

    /// How it can be reached. A hint, unsigned.
    pub fn transports(&self) -> &[Transport] {
        &self.transports
    }

    /// Whether it may live on several devices (flag BE, WebAuthn L3 §6.1.3).
    pub const fn backup_eligible(&self) -> bool {
        self.backup_eligible
    }

    /// Whether it was backed up when last seen (flag BS).
    pub const fn backup_state(&self) -> bool {
        self.backup_state
    }

    /// For a blob column.
    pub fn to_bytes(&self) -> Result<Vec<u8>, Fault> {
        wire::encode(self)
    }

    /// From a blob column.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, Fault> {
        wire::decode_trusted(bytes).map_err(|error| Fault::new("identity.passkey", error))
    }
}
