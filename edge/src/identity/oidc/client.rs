//! Who we are to the issuer, and how we prove it: `private_key_jwt` (RFC 7523 §2.2, OpenID Connect Core §9).

use core::fmt;

use base64::prelude::{BASE64_URL_SAFE_NO_PAD, Engine as _};
use p256::SecretKey;
use p256::ecdsa::signature::Signer as _;
use p256::ecdsa::{Signature, SigningKey};
use p256::pkcs8::DecodePrivateKey as _;
use serde_json::json;
use sha2::{Digest as _, Sha256};
use shared::kernel::{Fault, Timestamp};

use super::authorize::{Code, Verifier};
use super::{Issuer, json, url};

const KEY_BYTES_MAX: usize = 4096;
/// How long an assertion is good for; the issuer allows five minutes.
const ASSERTION_SECONDS: i64 = 120;

/// Our private key at the issuer (ES256). Never shown, not even by `Debug`.
#[derive(Clone)]
pub struct ClientKey {
    key: SigningKey,
    kid: String,
}

impl fmt::Debug for ClientKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "ClientKey({})", self.kid)
    }
}

impl ClientKey {
    /// The key in a private JWK (RFC 7518 §6.2.2) or a PEM text (PKCS #8 or SEC 1).
    /// Without a `kid` of its own the key is named by its thumbprint (RFC 7638).
    pub fn parse(text: &str) -> Result<Self, Fault> {
        let fault = || Fault::new("card.client_key", "not a P-256 private key as JWK or PEM");
        let text = text.trim();
        let (secret, kid) = if text.starts_with('{') {
            let jwk = json::object(text.as_bytes(), KEY_BYTES_MAX).map_err(|_| fault())?;
            let member = |name| json::optional_text(&jwk, name).ok().flatten();
            if member("kty") != Some("EC") || member("crv") != Some("P-256") {
                return Err(fault());
            }
            let scalar = BASE64_URL_SAFE_NO_PAD.decode(member("d").ok_or_else(fault)?).map_err(|_| fault())?;
            (SecretKey::from_slice(&scalar).map_err(|_| fault())?, member("kid").map(str::to_owned))
        } else {
            let secret = SecretKey::from_pkcs8_pem(text).or_else(|_| SecretKey::from_sec1_pem(text));
            (secret.map_err(|_| fault())?, None)
        };
        let key = SigningKey::from(&secret);
        let kid = kid.filter(|kid| !kid.is_empty()).unwrap_or_else(|| thumbprint(&key));
        Ok(Self { key, kid })
    }

    /// The public half as a JWK, for registering us with the issuer.
    pub fn public_jwk(&self) -> String {
        let (x, y) = coordinates(&self.key);
        json!({ "kty": "EC", "crv": "P-256", "x": x, "y": y, "kid": self.kid, "use": "sig", "alg": "ES256" })
            .to_string()
    }

    fn sign(&self, claims: &serde_json::Value) -> String {
        let header = json!({ "alg": "ES256", "typ": "JWT", "kid": self.kid }).to_string();
        let mut token = BASE64_URL_SAFE_NO_PAD.encode(header);
        token.push('.');
        BASE64_URL_SAFE_NO_PAD.encode_string(claims.to_string(), &mut token);
        // RFC 6979: the signature follows from key and text, so no randomness is needed here.
        let signature: Signature = self.key.sign(token.as_bytes());
        token.push('.');
        BASE64_URL_SAFE_NO_PAD.encode_string(signature.to_bytes(), &mut token);
        token
    }
}

fn coordinates(key: &SigningKey) -> (String, String) {
    let point = key.verifying_key().to_sec1_point(false);
    let text = |bytes: Option<&[u8]>| BASE64_URL_SAFE_NO_PAD.encode(bytes.unwrap_or_default());
    (text(point.x().map(AsRef::as_ref)), text(point.y().map(AsRef::as_ref)))
}

fn thumbprint(key: &SigningKey) -> String {
    let (x, y) = coordinates(key);
    // RFC 7638 §3.2: required members in lexical order, no blanks.
    let canonical = format!(r#"{{"crv":"P-256","kty":"EC","x":"{x}","y":"{y}"}}"#);
    BASE64_URL_SAFE_NO_PAD.encode(Sha256::digest(canonical))
}

/// Ourselves as registered with the issuer (クライアント).
#[derive(Debug, Clone)]
pub struct Client {
    id: String,
    key: ClientKey,
}

impl Client {
    /// The client of that id: 1 to 255 letters, digits, `-`, `_` or `.`.
    pub fn new(id: &str, key: ClientKey) -> Result<Self, Fault> {
        let allowed = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_' | b'.');
        if id.is_empty() || id.len() > 255 || !id.bytes().all(allowed) {
            return Err(Fault::new("card.client_id", "not 1 to 255 letters, digits, - _ ."));
        }
        Ok(Self { id: id.to_owned(), key })
    }

    /// The client id.
    pub fn id(&self) -> &str {
        &self.id
    }

    /// The key.
    pub const fn key(&self) -> &ClientKey {
        &self.key
    }
}

/// The body of the POST to [`Issuer::token_endpoint`], `application/x-www-form-urlencoded`.
/// `jti` is fresh randomness: it names the assertion, which the issuer takes once.
pub fn token_request(
    issuer: &Issuer,
    client: &Client,
    code: &Code,
    verifier: &Verifier,
    redirect_uri: &str,
    now: Timestamp,
    jti: &[u8; 16],
) -> String {
    let assertion = client.key.sign(&json!({
        "iss": client.id,
        "sub": client.id,
        "aud": issuer.token_endpoint,
        "jti": BASE64_URL_SAFE_NO_PAD.encode(jti),
        "iat": now.seconds(),
        "exp": now.plus_seconds(ASSERTION_SECONDS).seconds(),
    }));
    let mut form = String::with_capacity(1024);
    for (name, value) in [
        ("grant_type", "authorization_code"),
        ("code", code.as_str()),
        ("redirect_uri", redirect_uri),
        ("client_id", &client.id),
        ("code_verifier", verifier.as_str()),
        ("client_assertion_type", "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"),
        ("client_assertion", &assertion),
    ] {
        url::push(&mut form, name, value);
    }
    form
}

#[cfg(test)]
mod tests;
