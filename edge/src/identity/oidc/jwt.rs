//! Signed tokens: compact JWS (RFC 7515 §7.1) under ES256 (RFC 7518 §3.4), and nothing else (RFC 8725 §3.1).

use base64::prelude::{BASE64_URL_SAFE_NO_PAD, Engine as _};
use p256::ecdsa::signature::Verifier as _;
use p256::ecdsa::{Signature, VerifyingKey};
use p256::elliptic_curve::sec1::FromSec1Point as _;
use p256::{PublicKey, Sec1Point};
use serde_json::Value;

use super::CardError;
use super::json::{self, Object};

/// The longest token, in bytes.
pub const TOKEN_BYTES_MAX: usize = 8 * 1024;
/// The largest key set, in bytes.
pub const JWKS_BYTES_MAX: usize = 32 * 1024;
/// The most keys of ours-to-use an issuer shows.
const KEYS_MAX: usize = 16;
const KID_BYTES_MAX: usize = 255;

/// The issuer's keys for ES256 (RFC 7517 §5); keys for other things are skipped.
#[derive(Debug, Clone, PartialEq)]
pub struct Jwks(Vec<(Option<String>, VerifyingKey)>);

impl Jwks {
    /// The keys of a document. A key for ES256 that is broken, private or named twice makes it `Malformed`.
    pub fn parse(document: &[u8]) -> Result<Self, CardError> {
        let document = json::object(document, JWKS_BYTES_MAX)?;
        let Some(Value::Array(list)) = document.get("keys") else {
            return Err(CardError::MissingParameter);
        };
        let mut keys: Vec<(Option<String>, VerifyingKey)> = Vec::new();
        for entry in list {
            let jwk = entry.as_object().ok_or(CardError::Malformed)?;
            if !for_es256(jwk) {
                continue;
            }
            let kid = json::optional_text(jwk, "kid")?.map(str::to_owned);
            if kid.as_ref().is_some_and(|kid| kid.len() > KID_BYTES_MAX) || keys.len() == KEYS_MAX {
                return Err(CardError::TooLarge);
            }
            if keys.iter().any(|(known, _)| *known == kid) {
                return Err(CardError::Malformed);
            }
            keys.push((kid, public_key(jwk)?));
        }
        Ok(Self(keys))
    }

    /// The key of that name; a token without a name is fine while there is one key (OpenID Connect Core §10.1).
    fn choose(&self, kid: Option<&str>) -> Result<&VerifyingKey, CardError> {
        let found = match (kid, self.0.as_slice()) {
            (None, [(_, only)]) => Some(only),
            (None, _) => None,
            (Some(kid), keys) => keys.iter().find(|(known, _)| known.as_deref() == Some(kid)).map(|(_, key)| key),
        };
        found.ok_or(CardError::KeyUnknown)
    }
}

fn for_es256(jwk: &Object) -> bool {
    let is = |name, wanted: &str| jwk.get(name).and_then(Value::as_str) == Some(wanted);
    let absent_or = |name, wanted: &str| !jwk.contains_key(name) || is(name, wanted);
    is("kty", "EC")
        && is("crv", "P-256")
        && absent_or("use", "sig")
        && absent_or("alg", "ES256")
        && json::allows(jwk, "key_ops", "verify") == Ok(true)
}

fn public_key(jwk: &Object) -> Result<VerifyingKey, CardError> {
    if jwk.contains_key("d") {
        return Err(CardError::Malformed);
    }
    let coordinate = |name| -> Result<[u8; 32], CardError> {
        let bytes = BASE64_URL_SAFE_NO_PAD.decode(json::text(jwk, name)?).map_err(|_| CardError::Malformed)?;
        bytes.try_into().map_err(|_| CardError::Malformed)
    };
    let point = Sec1Point::from_affine_coordinates(&coordinate("x")?.into(), &coordinate("y")?.into(), false);
    // Off the curve is refused here.
    let key: Option<PublicKey> = PublicKey::from_sec1_point(&point).into();
    key.map(VerifyingKey::from).ok_or(CardError::Malformed)
}

/// The claims of a token whose signature is right. Nothing in it is believed before that.
pub fn verify(token: &str, jwks: &Jwks) -> Result<Object, CardError> {
    if token.len() > TOKEN_BYTES_MAX {
        return Err(CardError::TooLarge);
    }
    let (signed, signature) = token.rsplit_once('.').ok_or(CardError::Malformed)?;
    let (header, payload) = signed.split_once('.').ok_or(CardError::Malformed)?;
    if payload.contains('.') {
        return Err(CardError::Malformed);
    }
    let header = json::object(&bytes(header)?, TOKEN_BYTES_MAX)?;
    let key = jwks.choose(checked_kid(&header)?)?;
    let signature = Signature::from_slice(&bytes(signature)?).map_err(|_| CardError::BadSignature)?;
    key.verify(signed.as_bytes(), &signature).map_err(|_| CardError::BadSignature)?;
    json::object(&bytes(payload)?, TOKEN_BYTES_MAX)
}

fn bytes(part: &str) -> Result<Vec<u8>, CardError> {
    BASE64_URL_SAFE_NO_PAD.decode(part).map_err(|_| CardError::Malformed)
}

fn checked_kid(header: &Object) -> Result<Option<&str>, CardError> {
    if json::text(header, "alg")? != "ES256" {
        return Err(CardError::AlgorithmRefused);
    }
    // We understand no extension, so one that must be understood ends it; `b64` changes what is signed (RFC 7797).
    if header.contains_key("crit") || header.contains_key("b64") || header.contains_key("zip") {
        return Err(CardError::WrongType);
    }
    if json::optional_text(header, "typ")?.is_some_and(|typ| !typ.eq_ignore_ascii_case("JWT")) {
        return Err(CardError::WrongType);
    }
    let kid = json::optional_text(header, "kid")?;
    if kid.is_some_and(|kid| kid.len() > KID_BYTES_MAX) {
        return Err(CardError::TooLarge);
    }
    Ok(kid)
}

#[cfg(test)]
mod tests;
