//! Who asks for the passkey.

use serde::Deserialize;
use sha2::{Digest as _, Sha256};
use shared::kernel::Fault;
use webauthn_rs::Webauthn;
use webauthn_rs::WebauthnBuilder;
use webauthn_rs::prelude::Url;
use webauthn_rs_core::proto::CollectedClientData;
use webauthn_rs_core::proto::origin::origins_match;

use super::CeremonyError;

/// The relying party (依拠当事者): one municipality's portal under one origin.
#[derive(Debug, Clone)]
pub struct RelyingParty {
    pub(super) webauthn: Webauthn,
    origin: String,
    id_hash: [u8; 32],
}

/// What of the client data is compared letter by letter.
#[derive(Deserialize)]
struct Spelled {
    origin: String,
}

impl RelyingParty {
    /// The relying party `rp_id` (a domain, for example `town.example.jp`) served from `origin`
    /// (scheme, host and port), shown to people as `name`. Fails if the id is not the origin's
    /// domain or a parent of it.
    pub fn new(rp_id: &str, origin: &str, name: &str) -> Result<Self, Fault> {
        let fault = |cause: &dyn std::fmt::Display| Fault::new("identity.relying_party", cause);
        let url = Url::parse(origin).map_err(|error| fault(&error))?;
        let webauthn = WebauthnBuilder::new(rp_id, &url)
            .and_then(|builder| builder.rp_name(name).build())
            .map_err(|error| fault(&error))?;
        let origin = url.origin().ascii_serialization();
        Ok(Self { webauthn, origin, id_hash: Sha256::digest(rp_id.as_bytes()).into() })
    }

    /// Whether these are the client data of a `webauthn.create` with that challenge, made on our
    /// origin and not inside somebody else's page (WebAuthn L3 §7.1 steps 7–11).
    pub(super) fn check_creation(&self, data: &CollectedClientData, challenge: &[u8]) -> Result<(), CeremonyError> {
        if data.type_ != "webauthn.create" {
            return Err(CeremonyError::WrongType);
        }
        if data.challenge != challenge {
            return Err(CeremonyError::WrongChallenge);
        }
        let ours = self.webauthn.get_allowed_origins();
        if !ours.iter().any(|origin| origins_match(false, false, &data.origin, origin)) {
            return Err(CeremonyError::WrongOrigin);
        }
        // Older browsers leave the member out; absence means "not cross-origin".
        if data.cross_origin.unwrap_or(false) {
            return Err(CeremonyError::CrossOrigin);
        }
        Ok(())
    }

    /// Whether client data spell our origin the one way browsers do (RFC 6454 §6.2). webauthn-rs takes whatever a URL
    /// parser reads as that origin, such as `https://somebody@portal.town.example/path`.
    pub(super) fn check_spelling(&self, client_data_json: &[u8]) -> Result<(), CeremonyError> {
        let spelled: Spelled = serde_json::from_slice(client_data_json).map_err(|_| CeremonyError::Malformed)?;
        if spelled.origin == self.origin { Ok(()) } else { Err(CeremonyError::WrongOrigin) }
    }

    /// Whether authenticator data begin with the SHA-256 of our id (WebAuthn L3 §6.1).
    pub(super) fn owns(&self, authenticator_data: &[u8]) -> bool {
        authenticator_data.first_chunk() == Some(&self.id_hash)
    }

    /// SHA-256 of the id, the first 32 bytes of authenticator data.
    pub(super) const fn id_hash(&self) -> &[u8; 32] {
        &self.id_hash
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_must_belong_to_the_origin() {
        for (id, origin, fits) in [
            ("town.example", "https://town.example", true),
            ("town.example", "https://www.town.example", true),
            ("localhost", "http://localhost:8787", true),
            ("town.example", "https://other.example", false),
            ("town.example", "https://nottown.example", false),
            ("www.town.example", "https://town.example", false),
            ("town.example", "town.example", false),
            ("", "https://town.example", false),
        ] {
            assert_eq!(RelyingParty::new(id, origin, "町").is_ok(), fits, "{id} {origin}");
        }
    }
}
