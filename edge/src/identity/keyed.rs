//! Keyed digests: what is only looked up, and could be found by trying from a plain digest.

use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;
use shared::identity::{AddressKey, CounterCode, CounterProof, NetworkKey};
use shared::kernel::{CommandId, Day, Digest, Fault, Name, PersonId};

use super::secrets::Secrets;

/// HMAC-SHA-256 (RFC 2104) of parts, each with its length before it.
pub(super) fn keyed(key: &[u8; 32], parts: &[&[u8]]) -> Result<Digest, Fault> {
    let mut mac =
        <Hmac<Sha256> as KeyInit>::new_from_slice(key).map_err(|error| Fault::new("identity.keyed", error))?;
    for part in parts {
        mac.update(&(part.len() as u64).to_le_bytes());
        mac.update(part);
    }
    Ok(mac.finalize().into_bytes().into())
}

impl Secrets {
    fn keyed(&self, parts: &[&[u8]]) -> Result<Digest, Fault> {
        keyed(&self.person_key, parts)
    }

    /// What people of one name and birth date have in common. Blanks in a name are set as anybody likes.
    pub(super) fn name_key(&self, name: &Name, birth: Day) -> Result<Digest, Fault> {
        let name: String = name.as_str().chars().filter(|character| !character.is_whitespace()).collect();
        self.keyed(&[b"name and birth date", name.as_bytes(), &birth.0.to_le_bytes()])
    }

    /// The code of a proof at the counter: both officers can see it until it is used, and it is kept nowhere.
    pub(super) fn counter_code(&self, proof: &CounterProof) -> Result<CounterCode, Fault> {
        let digest = self.keyed(&[b"counter code", proof.id.as_bytes(), &proof.at.0.to_le_bytes()])?;
        let bits = digest.first_chunk().copied().map_or(0, u64::from_le_bytes);
        Ok(CounterCode::from_bits(bits))
    }

    /// What a code is looked up by.
    pub(super) fn code_key(&self, code: CounterCode) -> Result<Digest, Fault> {
        self.keyed(&[b"counter code, kept", &u64::from(code).to_le_bytes()])
    }

    /// The code of a staff link: 128 bits, the same for the same command of the same administrator about the same.
    pub(super) fn staff_code(&self, by: PersonId, command: CommandId, about: &[u8]) -> Result<String, Fault> {
        let digest = self.keyed(&[b"staff link", by.as_bytes(), command.as_bytes(), about])?;
        Ok(CommandId::from_bytes(digest.first_chunk().copied().unwrap_or_default()).to_string())
    }

    /// What says that a log begins behind that line because older ones have gone, and not because somebody cut them off.
    pub(super) fn log_start_key(&self, person: PersonId, seq: u64, hash: &Digest) -> Result<Digest, Fault> {
        self.keyed(&[b"log start", person.as_bytes(), &seq.to_le_bytes(), hash])
    }

    /// What a network is told by.
    pub(super) fn network_key(&self, address: &AddressKey) -> Result<NetworkKey, Fault> {
        let digest = self.keyed(&[b"network", address.as_bytes()])?;
        Ok(NetworkKey(digest.first_chunk().copied().unwrap_or_default()))
    }
}
