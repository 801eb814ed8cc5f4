//! A type per identifier. 128 bits; as text 26 characters of lower-case Crockford base 32.

use core::fmt;
use core::str::FromStr;

use serde::{Deserialize, Serialize};

use super::digest::digest;

const ALPHABET: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";
const TEXT_LENGTH: usize = 26;

/// Why a text is not an id.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not an identifier")]
pub struct IdError;

fn encode(bytes: &[u8; 16], f: &mut fmt::Formatter<'_>) -> fmt::Result {
    let mut rest = u128::from_be_bytes(*bytes);
    let mut text = [0u8; TEXT_LENGTH];
    for slot in text.iter_mut().rev() {
        *slot = ALPHABET.get((rest % 32) as usize).copied().unwrap_or(b'0');
        rest /= 32;
    }
    f.write_str(core::str::from_utf8(&text).unwrap_or_default())
}

fn decode(text: &str) -> Result<[u8; 16], IdError> {
    if text.len() != TEXT_LENGTH {
        return Err(IdError);
    }
    let mut value: u128 = 0;
    for character in text.bytes() {
        let digit = ALPHABET.iter().position(|&known| known == character).ok_or(IdError)?;
        value = value.checked_mul(32).and_then(|v| v.checked_add(digit as u128)).ok_or(IdError)?;
    }
    Ok(value.to_be_bytes())
}

macro_rules! id {
    ($($(#[$doc:meta])* $name:ident = $label:literal;)*) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        pub struct $name([u8; 16]);

        impl $name {
            /// From sixteen bytes, usually fresh randomness handed in by the host.
            pub const fn from_bytes(bytes: [u8; 16]) -> Self {
                Self(bytes)
            }

            /// The sixteen bytes.
            pub const fn as_bytes(&self) -> &[u8; 16] {
                &self.0
            }

            /// The id that follows from other bytes under a label: the same input always gives the same id,
            /// so a step repeated after a crash names the same thing.
            pub fn derive(label: &str, from: &[u8]) -> Self {
                let hash = digest(&[$label.as_bytes(), label.as_bytes(), from]);
                let mut bytes = [0u8; 16];
                bytes.iter_mut().zip(hash).for_each(|(slot, byte)| *slot = byte);
                Self(bytes)
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                encode(&self.0, f)
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, concat!($label, ":{}"), self)
            }
        }

        impl FromStr for $name {
            type Err = IdError;
            fn from_str(text: &str) -> Result<Self, IdError> {
                decode(text).map(Self)
            }
        }
    )*};
}

id! {
    /// A person (利用者). Random, never shown to other people.
    PersonId = "person";
    /// A ledger account (口座).
    AccountId = "account";
    /// A command: the key of idempotence.
    CommandId = "command";
    /// Points set aside for an agreed job (仮押さえ).
    HoldId = "hold";
    /// A request for help and the job it becomes (依頼).
    JobId = "job";
    /// An offer to take a job (申し出).
    OfferId = "offer";
    /// What somebody tells the centre of somebody else (知らせ).
    ConcernId = "concern";
    /// Somebody who has registered to help, as the centre names them.
    HelperId = "helper";
    /// Whom somebody keeps away from, as only they name them.
    ApartId = "apart";
    /// A session, as the digest of the secret in the cookie.
    SessionId = "session";
    /// One run of a card proof or passkey ceremony.
    CeremonyId = "ceremony";
    /// A one-time staff invitation.
    InvitationId = "invitation";
    /// One proof at the counter (窓口での本人確認).
    CounterProofId = "counter proof";
    /// A call an operator takes (電話応対).
    PhoneCallId = "phone call";
    /// A photo (写真).
    PhotoId = "photo";
    /// Our own short name of a passkey; the authenticator's id can be long.
    CredentialRef = "credential";
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_and_back() {
        for bytes in [[0u8; 16], [255u8; 16], *b"0123456789abcdef"] {
            let id = JobId::from_bytes(bytes);
            let text = id.to_string();
            assert_eq!(text.len(), TEXT_LENGTH);
            assert_eq!(text.parse::<JobId>(), Ok(id));
        }
    }

    #[test]
    fn other_texts_are_refused() {
        for text in ["", "0", "zzzzzzzzzzzzzzzzzzzzzzzzzz", "0000000000000000000000000U", "00000000000000000000000000a"]
        {
            assert_eq!(text.parse::<JobId>(), Err(IdError), "{text}");
        }
    }

    #[test]
    fn derived_ids_differ_by_label_input_and_type() {
        let a = CommandId::derive("hold", b"x");
        assert_eq!(a, CommandId::derive("hold", b"x"));
        assert_ne!(a, CommandId::derive("release", b"x"));
        assert_ne!(a, CommandId::derive("hold", b"y"));
        assert_ne!(a.as_bytes(), HoldId::derive("hold", b"x").as_bytes());
    }
}
