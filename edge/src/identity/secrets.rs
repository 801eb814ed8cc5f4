//! What only the Registry is told: its keys, and what ties it to the card issuer. The portal's process never sees them.

use shared::kernel::Fault;

use crate::settings::{Named, pairs};

use super::seal::{SealKeys, hex_key};

/// Keys and credentials, from the environment. Built once per instance.
#[derive(Clone)]
pub struct Secrets {
    /// Our client id at the card issuer.
    pub card_client: String,
    /// Our private key there: PKCS#8 PEM of a P-256 key.
    pub card_key: String,
    /// Key of the HMAC under which people are found again by their card.
    pub person_key: [u8; 32],
    /// Keys under which personal fields are sealed at rest.
    pub seal_keys: SealKeys,
    /// One-time staff links of this start: role word and the digest of the code, in hex.
    pub staff_links: Vec<(String, String)>,
}

impl Secrets {
    /// From named texts, as the runtime binds them.
    pub fn read(named: impl Fn(&str) -> Option<String>) -> Result<Self, Fault> {
        let named = Named(named);
        let unreadable = |name: &str, why| Fault::new("secrets.read", format_args!("{name} is not {why}"));
        let (person, seal) = ("MEGURI_PERSON_KEY", "MEGURI_SEAL_KEY");
        Ok(Self {
            card_client: named.text("MEGURI_CARD_CLIENT")?,
            card_key: named.text("MEGURI_CARD_KEY")?,
            person_key: hex_key(&named.text(person)?).ok_or_else(|| unreadable(person, "32 bytes of hex"))?,
            seal_keys: SealKeys::parse(&named.text(seal)?)
                .ok_or_else(|| unreadable(seal, "a list of keys with different numbers"))?,
            staff_links: pairs(&named.text("MEGURI_STAFF_LINKS")?)?,
        })
    }
}
