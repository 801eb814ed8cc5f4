//! SHA-256, the one digest of the product: journal chain, derived ids, body fingerprints.

use sha2::{Digest as _, Sha256};

/// 32 bytes of SHA-256.
pub type Digest = [u8; 32];

/// The SHA-256 of the parts one after the other, each preceded by its length so that
/// `("ab", "c")` and `("a", "bc")` differ.
pub fn digest(parts: &[&[u8]]) -> Digest {
    let mut hasher = Sha256::new();
    for part in parts {
        hasher.update((part.len() as u64).to_le_bytes());
        hasher.update(part);
    }
    hasher.finalize().into()
}
