//! Personal fields at rest: AES-256-GCM (NIST SP 800-38D) under keys from the environment.
//!
//! What is sealed begins with the number of its key, so that a key can be replaced: the newest seals, all open, and
//! [`super::rotation`] seals anew what is still under an older one.

use aes_gcm::aead::{Aead, KeyInit, Payload};
use aes_gcm::{Aes256Gcm, Nonce};
use serde::{Serialize, de::DeserializeOwned};
use shared::kernel::{Fault, PersonId};

const NONCE_BYTES: usize = 12;

/// What a sealed value is for: bound in, so that one cannot stand in the place of another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Purpose {
    /// Name and attributes of a person.
    Attributes,
    /// A line of a person's log.
    Log,
    /// What a person had typed.
    Draft,
    /// Where a person can be rung up.
    Telephone,
}

impl Purpose {
    const fn label(self) -> &'static [u8] {
        match self {
            Self::Attributes => b"",
            Self::Log => b"log",
            Self::Draft => b"draft",
            Self::Telephone => b"telephone",
        }
    }
}

/// Fresh randomness for one sealing, never used twice.
pub type FreshNonce = [u8; NONCE_BYTES];

#[derive(Clone)]
struct Key {
    number: u8,
    bytes: [u8; 32],
}

/// The keys personal fields are sealed under.
#[derive(Clone)]
pub struct SealKeys {
    newest: Key,
    older: Vec<Key>,
}

impl SealKeys {
    /// Keys as the environment gives them: `number:hex`, newest first, with commas between. A number is 1 to 255 and
    /// stands for one key for ever; a lone key may leave its number out and is number 1.
    pub fn parse(text: &str) -> Option<Self> {
        let mut keys = Vec::new();
        for part in text.split(',').map(str::trim) {
            let (number, hex) = part.split_once(':').unwrap_or(("1", part));
            let key = Key { number: number.parse().ok().filter(|number| *number > 0)?, bytes: hex_key(hex)? };
            if keys.iter().any(|known: &Key| known.number == key.number || known.bytes == key.bytes) {
                return None;
            }
            keys.push(key);
        }
        let mut keys = keys.into_iter();
        Some(Self { newest: keys.next()?, older: keys.collect() })
    }

    /// The number of the key that seals.
    pub const fn newest(&self) -> u8 {
        self.newest.number
    }

    /// Whether there is a key of that number.
    pub fn has(&self, number: u8) -> bool {
        self.find(number).is_some()
    }

    fn find(&self, number: u8) -> Option<&Key> {
        std::iter::once(&self.newest).chain(&self.older).find(|key| key.number == number)
    }

    /// Seals bytes for one person. The person's id and the purpose are bound in, so that a row copied to somebody else, or
    /// to another place, does not open.
    pub fn seal_bytes(
        &self,
        nonce: FreshNonce,
        person: PersonId,
        purpose: Purpose,
        plain: &[u8],
    ) -> Result<Vec<u8>, Fault> {
        let aad = [person.as_bytes().as_slice(), purpose.label()].concat();
        let sealed = Aes256Gcm::new(&self.newest.bytes.into())
            .encrypt(&Nonce::from(nonce), Payload { msg: plain, aad: &aad })
            .map_err(|error| Fault::new("seal.seal", error))?;
        Ok([&[self.newest.number], &nonce[..], &sealed].concat())
    }

    /// Opens what [`Self::seal_bytes`] made.
    pub fn open_bytes(&self, person: PersonId, purpose: Purpose, sealed: &[u8]) -> Result<Vec<u8>, Fault> {
        let fault = |cause: &str| Fault::new("seal.open", cause);
        let (&number, rest) = sealed.split_first().ok_or_else(|| fault("nothing there"))?;
        let (nonce, rest) = rest.split_first_chunk::<NONCE_BYTES>().ok_or_else(|| fault("too short"))?;
        let key = self.find(number).ok_or_else(|| fault("sealed under an unknown key"))?;
        let aad = [person.as_bytes().as_slice(), purpose.label()].concat();
        Aes256Gcm::new(&key.bytes.into())
            .decrypt(&Nonce::from(*nonce), Payload { msg: rest, aad: &aad })
            .map_err(|_| fault("does not open"))
    }

    /// Seals a value.
    pub fn seal<T: Serialize>(
        &self,
        nonce: FreshNonce,
        person: PersonId,
        purpose: Purpose,
        value: &T,
    ) -> Result<Vec<u8>, Fault> {
        let plain = postcard::to_allocvec(value).map_err(|error| Fault::new("seal.seal", error))?;
        self.seal_bytes(nonce, person, purpose, &plain)
    }

    /// Opens a value.
    pub fn open<T: DeserializeOwned>(&self, person: PersonId, purpose: Purpose, sealed: &[u8]) -> Result<T, Fault> {
        let plain = self.open_bytes(person, purpose, sealed)?;
        postcard::from_bytes(&plain).map_err(|error| Fault::new("seal.open", error))
    }
}

/// The number of the key a value is sealed under.
pub fn key_of(sealed: &[u8]) -> Option<u8> {
    sealed.first().copied()
}

/// Thirty-two bytes from 64 hexadecimal digits.
pub(super) fn hex_key(text: &str) -> Option<[u8; 32]> {
    let mut key = [0u8; 32];
    if text.len() != 64 || !text.is_ascii() {
        return None;
    }
    for (slot, pair) in key.iter_mut().zip(text.as_bytes().chunks_exact(2)) {
        *slot = u8::from_str_radix(core::str::from_utf8(pair).ok()?, 16).ok()?;
    }
    Some(key)
}

#[cfg(test)]
mod tests {
    use super::*;

    const PERSON: PersonId = PersonId::from_bytes([1; 16]);

    fn keys(text: &str) -> SealKeys {
        SealKeys::parse(text).unwrap()
    }

    fn hex(byte: &str) -> String {
        byte.repeat(32)
    }

    #[test]
    fn opens_for_the_same_person_purpose_and_key_only() {
        let ours = keys(&hex("07"));
        let sealed = ours.seal([3; 12], PERSON, Purpose::Attributes, &"めぐり 花子").unwrap();
        assert_eq!(ours.open::<String>(PERSON, Purpose::Attributes, &sealed).unwrap(), "めぐり 花子");
        assert!(ours.open::<String>(PersonId::from_bytes([2; 16]), Purpose::Attributes, &sealed).is_err());
        assert!(ours.open::<String>(PERSON, Purpose::Log, &sealed).is_err());
        assert!(keys(&hex("08")).open::<String>(PERSON, Purpose::Attributes, &sealed).is_err());
        assert!(!sealed.windows(6).any(|part| part == "花子".as_bytes()));
    }

    #[test]
    fn any_changed_or_missing_byte_is_noticed() {
        let ours = keys(&format!("1:{},2:{}", hex("07"), hex("08")));
        let sealed = ours.seal([3; 12], PERSON, Purpose::Log, &"めぐり 花子").unwrap();
        for index in 0..sealed.len() {
            let mut changed = sealed.clone();
            // The first byte becomes the number of a key there is, which is not the right one.
            changed[index] ^= 3;
            assert!(ours.open::<String>(PERSON, Purpose::Log, &changed).is_err(), "byte {index}");
            assert!(ours.open::<String>(PERSON, Purpose::Log, &sealed[..index]).is_err(), "{index} bytes");
        }
    }

    #[test]
    fn the_newest_key_seals_and_all_open() {
        let old = keys(&hex("07"));
        let both = keys(&format!("2:{}, 1:{}", hex("08"), hex("07")));
        let new = keys(&format!("2:{}", hex("08")));
        let before = old.seal([3; 12], PERSON, Purpose::Log, &1u8).unwrap();
        let after = both.seal([4; 12], PERSON, Purpose::Log, &2u8).unwrap();
        assert_eq!((key_of(&before), key_of(&after), both.newest()), (Some(1), Some(2), 2));
        assert_eq!(both.open::<u8>(PERSON, Purpose::Log, &before), Ok(1));
        assert_eq!(new.open::<u8>(PERSON, Purpose::Log, &after), Ok(2));
        assert!(new.open::<u8>(PERSON, Purpose::Log, &before).is_err());
    }

    #[test]
    fn keys_that_are_refused() {
        let (one, two) = (hex("01"), hex("02"));
        let bad = [
            String::new(),
            "0f".to_owned(),
            "0g".repeat(32),
            "0f".repeat(33),
            "＋".repeat(22),
            format!("0:{one}"),
            format!("256:{one}"),
            format!("{one},{two}"),
            format!("2:{one},1:{one}"),
            format!("2:{one},"),
            format!("2{one}"),
        ];
        for text in bad {
            assert!(SealKeys::parse(&text).is_none(), "{text}");
        }
    }
}
