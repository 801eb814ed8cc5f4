//! The nouns of identity.

use serde::{Deserialize, Serialize};

use super::Device;
use crate::kernel::{
    Assurance, CeremonyId, CredentialRef, Day, Digest, Line, MemberNumber, Name, PersonId, Proof, Roles, SessionId,
    TextError, Timestamp,
};

/// What a person calls a passkey: "スマホ".
pub type PasskeyName = Line<40>;

/// The key under which a person is found again by their card: an HMAC of issuer and subject.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct CardKey(pub Digest);

/// Gender as the card issuer gives it (性別).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[expect(missing_docs, reason = "the names say it")]
pub enum Gender {
    Male,
    Female,
    Other,
}

/// What the card said about the person (券面事項: the four attributes).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CardAttributes {
    /// Name.
    pub name: Name,
    /// Address, in one line.
    pub address: Line<300>,
    /// Birth date.
    pub birth: Day,
    /// Gender, where given.
    pub gender: Option<Gender>,
}

/// A person with an account (利用者).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Person {
    /// Random; never shown.
    pub id: PersonId,
    /// What they read out at a counter.
    pub member: MemberNumber,
    /// What the municipality lets them do.
    pub roles: Roles,
    /// How they were last proven.
    pub proof: Proof,
    /// When the account began.
    pub since: Timestamp,
}

/// A passkey bound to a person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Passkey {
    /// Our short name for it.
    pub id: CredentialRef,
    /// Whose it is.
    pub person: PersonId,
    /// What they call it.
    pub name: PasskeyName,
    /// Whether it may live on several devices (backup eligible).
    pub synced: bool,
    /// When it was made.
    pub since: Timestamp,
    /// When it last signed in.
    pub used_at: Option<Timestamp>,
    /// The authenticator's id, for exclude lists and look-up.
    pub credential_id: Vec<u8>,
    /// The verifier's own form of the credential.
    pub stored: Vec<u8>,
}

/// A session on the server. The cookie carries a secret whose digest is the id.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Session {
    /// Digest of the secret.
    pub id: SessionId,
    /// Whose it is.
    pub person: PersonId,
    /// How it began.
    pub assurance: Assurance,
    /// When it last was used, to the minute or so.
    pub seen_at: Timestamp,
    /// The passkey it began with: when that is removed, the session ends.
    pub passkey: Option<CredentialRef>,
    /// What it began on.
    pub device: Device,
    /// The network it began on, as a keyed digest: only good for telling whether another session began on the same one.
    pub network: Option<NetworkKey>,
}

/// A network, as an HMAC of what [`AddressKey`](super::AddressKey) says of its address: an address can be found from a plain
/// digest by trying all there are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct NetworkKey(pub [u8; 16]);

/// A local path to return to after signing in. Never another site.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct NextPath(String);

impl NextPath {
    /// The start page.
    pub fn home() -> Self {
        Self("/".to_owned())
    }

    /// A path of ours: starts with one slash, printable ASCII, no backslash, no control, at most 200 bytes.
    pub fn parse(text: &str) -> Option<Self> {
        let plain = text.bytes().all(|byte| byte.is_ascii_graphic() && byte != b'\\');
        let local = text.starts_with('/') && !text.starts_with("//");
        (plain && local && text.len() <= 200).then(|| Self(text.to_owned()))
    }

    /// The path.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl TryFrom<String> for NextPath {
    type Error = TextError;
    fn try_from(text: String) -> Result<Self, TextError> {
        Self::parse(&text).ok_or(TextError::Control)
    }
}

impl From<NextPath> for String {
    fn from(path: NextPath) -> Self {
        path.0
    }
}

/// What a ceremony remembers between its two halves. Kept on the server, used once.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum CeremonyKind {
    /// At the card issuer (OIDC authorization code with PKCE).
    Card {
        /// Ties the callback to this browser and run.
        state: String,
        /// Ties the ID token to this run.
        nonce: String,
        /// PKCE secret (RFC 7636).
        verifier: String,
        /// Where to go afterwards.
        next: NextPath,
    },
    /// Making a passkey (WebAuthn L3 §7.1).
    Registration {
        /// Who makes it.
        person: PersonId,
        /// The verifier's state.
        state: Vec<u8>,
    },
    /// Signing in with a passkey (WebAuthn L3 §7.2).
    SignIn {
        /// The verifier's state.
        state: Vec<u8>,
    },
}

/// One run of a ceremony.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ceremony {
    /// Digest of the secret its browser holds.
    pub id: CeremonyId,
    /// When it is too late.
    pub expires_at: Timestamp,
    /// What it remembers.
    pub kind: CeremonyKind,
}

impl Ceremony {
    /// How long a person has to finish: reading a card takes a while.
    pub const SECONDS_MAX: i64 = 600;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_own_paths_are_returned_to() {
        for good in ["/", "/help/new", "/help?area=a"] {
            assert!(NextPath::parse(good).is_some(), "{good}");
        }
        for bad in ["", "//evil.example", "https://evil.example", "/\\evil", "/a b", "/a\r\nb", "help", "/日本"] {
            assert!(NextPath::parse(bad).is_none(), "{bad}");
        }
    }
}
