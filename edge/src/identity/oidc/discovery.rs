//! Who the issuer is and where it listens (OpenID Connect Discovery 1.0 §3).

use serde_json::Value;

use super::json::{self, Object};
use super::url::{self, Reach};
use super::{CardError, url::check};

/// The largest discovery document, in bytes.
pub const DISCOVERY_BYTES_MAX: usize = 64 * 1024;

/// The issuer of card proofs (本人確認の発行者: デジタル認証アプリ or its sandbox).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Issuer {
    /// Its name, a URL, compared byte by byte.
    pub issuer: String,
    /// Where the person is sent.
    pub authorization_endpoint: String,
    /// Where a code becomes tokens.
    pub token_endpoint: String,
    /// Where the attributes are read.
    pub userinfo_endpoint: String,
    /// Where its keys are.
    pub jwks_uri: String,
    /// Whether it promises to name itself in every answer (RFC 9207 §3).
    pub names_itself: bool,
}

impl Issuer {
    /// Where the discovery document of a configured issuer is (§4.1).
    pub fn discovery_url(configured: &str) -> String {
        format!("{}/.well-known/openid-configuration", configured.trim_end_matches('/'))
    }

    /// The issuer of a discovery document; `configured` is the name in our configuration.
    ///
    /// `WrongIssuer` when it names another one, `MissingParameter` when an endpoint is absent, `AlgorithmRefused`
    /// when it says it does not do what we insist on, `Malformed` for a document or URL that is not one.
    pub fn from_discovery(document: &[u8], configured: &str) -> Result<Self, CardError> {
        let document = json::object(document, DISCOVERY_BYTES_MAX)?;
        let reach = check(configured)?;
        let issuer = json::text(&document, "issuer")?;
        if issuer != configured {
            return Err(CardError::WrongIssuer);
        }
        if issuer.contains('?') {
            return Err(CardError::Malformed);
        }
        capable(&document)?;
        Ok(Self {
            issuer: issuer.to_owned(),
            authorization_endpoint: endpoint(&document, "authorization_endpoint", reach)?,
            token_endpoint: endpoint(&document, "token_endpoint", reach)?,
            userinfo_endpoint: endpoint(&document, "userinfo_endpoint", reach)?,
            jwks_uri: endpoint(&document, "jwks_uri", reach)?,
            names_itself: document.get("authorization_response_iss_parameter_supported") == Some(&Value::Bool(true)),
        })
    }
}

fn endpoint(document: &Object, name: &str, issuer: Reach) -> Result<String, CardError> {
    let url = json::text(document, name)?;
    // A public issuer that points at this machine would make us talk to our own neighbours.
    match (issuer, url::check(url)?) {
        (Reach::Https, Reach::Loopback) => Err(CardError::Malformed),
        _ => Ok(url.to_owned()),
    }
}

fn capable(document: &Object) -> Result<(), CardError> {
    for (list, wanted) in [
        ("response_types_supported", "code"),
        ("id_token_signing_alg_values_supported", "ES256"),
        ("code_challenge_methods_supported", "S256"),
        ("token_endpoint_auth_methods_supported", "private_key_jwt"),
        ("token_endpoint_auth_signing_alg_values_supported", "ES256"),
    ] {
        if !json::allows(document, list, wanted)? {
            return Err(CardError::AlgorithmRefused);
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests;
