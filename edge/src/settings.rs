//! The deployment's settings: secrets from the environment, the municipality from its file.

use shared::kernel::Fault;
use shared::town::Municipality;

/// Where the service is reached and with which keys it works. Built once per instance.
#[derive(Clone)]
pub struct Settings {
    /// `https://portal.example.lg.jp`, without a slash at the end.
    pub origin: String,
    /// The municipality, checked. Its code is the first part of every object's name.
    pub municipality: Municipality,
    /// The card issuer's identifier (OIDC `issuer`).
    pub card_issuer: String,
    /// Our client id there.
    pub card_client: String,
    /// Our private key there: PKCS#8 PEM of a P-256 key.
    pub card_key: String,
    /// Key of the HMAC under which people are found again by their card.
    pub person_key: [u8; 32],
    /// Key under which personal fields are sealed at rest.
    pub seal_key: [u8; 32],
    /// One-time staff links of this start: role word and the digest of the code, in hex.
    pub staff_links: Vec<(String, String)>,
    /// Paths of the built assets, by their plain name (`portal.css`).
    pub assets: Vec<(String, String)>,
    /// Whether demo endpoints exist. Never with `serve`.
    pub demo: bool,
}

impl Settings {
    /// From named texts, as the runtime binds them.
    pub fn read(named: impl Fn(&str) -> Option<String>) -> Result<Self, Fault> {
        let text =
            |name: &str| named(name).ok_or_else(|| Fault::new("settings.read", format_args!("{name} is missing")));
        let key = |name: &str| {
            hex_key(&text(name)?)
                .ok_or_else(|| Fault::new("settings.read", format_args!("{name} is not 32 bytes of hex")))
        };
        Ok(Self {
            origin: text("MEGURI_ORIGIN")?,
            municipality: municipality(&text("MEGURI_MUNICIPALITY")?)?,
            card_issuer: text("MEGURI_CARD_ISSUER")?,
            card_client: text("MEGURI_CARD_CLIENT")?,
            card_key: text("MEGURI_CARD_KEY")?,
            person_key: key("MEGURI_PERSON_KEY")?,
            seal_key: key("MEGURI_SEAL_KEY")?,
            staff_links: pairs(&text("MEGURI_STAFF_LINKS")?)?,
            assets: pairs(&text("MEGURI_ASSETS")?)?,
            demo: named("MEGURI_DEMO").is_some_and(|value| value == "1"),
        })
    }

    /// The path of a built asset.
    pub fn asset(&self, name: &str) -> &str {
        self.assets.iter().find(|(plain, _)| plain == name).map_or("", |(_, path)| path)
    }

    /// Whether the service is reached over TLS; on plain http only a developer's own machine is.
    pub fn is_secure(&self) -> bool {
        self.origin.starts_with("https://")
    }

    /// The host name without scheme and port: the WebAuthn relying party id.
    pub fn host(&self) -> &str {
        let rest = self.origin.split_once("://").map_or(self.origin.as_str(), |(_, rest)| rest);
        rest.split([':', '/']).next().unwrap_or(rest)
    }
}

fn municipality(file: &str) -> Result<Municipality, Fault> {
    let fault = |cause: &dyn core::fmt::Display| Fault::new("settings.municipality", cause);
    let municipality: Municipality = serde_json::from_str(file).map_err(|error| fault(&error))?;
    municipality.check().map_err(|flaws| fault(&format_args!("{flaws:?}")))?;
    Ok(municipality)
}

fn pairs(json: &str) -> Result<Vec<(String, String)>, Fault> {
    serde_json::from_str(json).map_err(|error| Fault::new("settings.read", error))
}

/// Thirty-two bytes from 64 hexadecimal digits.
pub fn hex_key(text: &str) -> Option<[u8; 32]> {
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

    #[test]
    fn keys() {
        assert_eq!(hex_key(&"0f".repeat(32)), Some([15; 32]));
        for text in ["", "0f", &"0g".repeat(32), &"0f".repeat(33), &"＋".repeat(22)] {
            assert_eq!(hex_key(text), None, "{text}");
        }
    }
}
