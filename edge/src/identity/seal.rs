//! Personal fields at rest: AES-256-GCM (NIST SP 800-38D) under a key from the environment.

use aes_gcm::aead::{Aead, KeyInit, Payload};
use aes_gcm::{Aes256Gcm, Nonce};
use serde::{Serialize, de::DeserializeOwned};
use shared::kernel::{Fault, PersonId};

/// The key's place among its successors; the first byte of everything sealed.
const KEY_NUMBER: u8 = 1;
const NONCE_BYTES: usize = 12;

/// Seals a value for one person. `nonce` is fresh randomness, never used twice. The person's id is bound in, so
/// that a row copied to somebody else does not open.
pub fn seal<T: Serialize>(
    key: &[u8; 32],
    nonce: [u8; NONCE_BYTES],
    person: PersonId,
    value: &T,
) -> Result<Vec<u8>, Fault> {
    let fault = |error: &dyn core::fmt::Display| Fault::new("seal.seal", error);
    let plain = postcard::to_allocvec(value).map_err(|error| fault(&error))?;
    let payload = Payload { msg: &plain, aad: person.as_bytes() };
    let sealed = Aes256Gcm::new(&(*key).into()).encrypt(&Nonce::from(nonce), payload).map_err(|error| fault(&error))?;
    Ok([&[KEY_NUMBER], &nonce[..], &sealed].concat())
}

/// Opens what [`seal`] made.
pub fn open<T: DeserializeOwned>(key: &[u8; 32], person: PersonId, sealed: &[u8]) -> Result<T, Fault> {
    let fault = |cause: &str| Fault::new("seal.open", cause);
    let (&number, rest) = sealed.split_first().ok_or_else(|| fault("nothing there"))?;
    let (nonce, rest) = rest.split_first_chunk::<NONCE_BYTES>().ok_or_else(|| fault("too short"))?;
    if number != KEY_NUMBER {
        return Err(fault("sealed under an unknown key"));
    }
    let payload = Payload { msg: rest, aad: person.as_bytes() };
    let plain =
        Aes256Gcm::new(&(*key).into()).decrypt(&Nonce::from(*nonce), payload).map_err(|_| fault("does not open"))?;
    postcard::from_bytes(&plain).map_err(|error| Fault::new("seal.open", error))
}

#[cfg(test)]
mod tests {
    use super::*;

    const KEY: [u8; 32] = [7; 32];

    #[test]
    fn opens_for_the_same_person_and_key_only() {
        let (person, other) = (PersonId::from_bytes([1; 16]), PersonId::from_bytes([2; 16]));
        let sealed = seal(&KEY, [3; 12], person, &"めぐり 花子").unwrap();
        assert_eq!(open::<String>(&KEY, person, &sealed).unwrap(), "めぐり 花子");
        assert!(open::<String>(&KEY, other, &sealed).is_err());
        assert!(open::<String>(&[8; 32], person, &sealed).is_err());
        assert!(!sealed.windows(6).any(|part| part == "花子".as_bytes()));
    }

    #[test]
    fn any_changed_or_missing_byte_is_noticed() {
        let person = PersonId::from_bytes([1; 16]);
        let sealed = seal(&KEY, [3; 12], person, &"めぐり 花子").unwrap();
        for index in 0..sealed.len() {
            let mut changed = sealed.clone();
            changed[index] ^= 1;
            assert!(open::<String>(&KEY, person, &changed).is_err(), "byte {index}");
            assert!(open::<String>(&KEY, person, &sealed[..index]).is_err(), "{index} bytes");
        }
    }
}
