//! Sending the person to the issuer and reading what they come back with
//! (RFC 6749 §4.1, RFC 7636, RFC 9207, OpenID Connect Core §3.1.2).

use core::fmt;

use base64::prelude::{BASE64_URL_SAFE_NO_PAD, Engine as _};
use sha2::{Digest as _, Sha256};

use super::{CardError, Client, ErrorCode, Issuer, same, url};

/// The longest query of a callback, in bytes.
pub const CALLBACK_BYTES_MAX: usize = 4096;
/// The longest authorization code, in bytes.
const CODE_BYTES_MAX: usize = 1024;
/// What we ask for: the four attributes on the card (基本4情報) and nothing else.
const SCOPE: &str = "openid name address birthdate gender";

/// The secret behind the code challenge (RFC 7636 §4.1). Hidden from `Debug`.
#[derive(Clone, PartialEq, Eq)]
pub struct Verifier(String);

impl Verifier {
    /// A verifier from our own storage: 43 to 128 unreserved characters.
    pub fn parse(text: &str) -> Result<Self, CardError> {
        let unreserved = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'.' | b'_' | b'~');
        if !(43..=128).contains(&text.len()) || !text.bytes().all(unreserved) {
            return Err(CardError::Malformed);
        }
        Ok(Self(text.to_owned()))
    }

    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The S256 challenge: base64url of SHA-256 of the ASCII text (RFC 7636 §4.2).
    pub fn challenge(&self) -> String {
        BASE64_URL_SAFE_NO_PAD.encode(Sha256::digest(&self.0))
    }
}

impl fmt::Debug for Verifier {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Verifier(…)")
    }
}

/// A started proof: send the person to `url`, keep the rest with their ceremony, on the server.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Started {
    /// Where the person goes.
    pub url: String,
    /// Ties the answer to the person's browser; 43 characters.
    pub state: String,
    /// Ties the ID token to this attempt; 43 characters.
    pub nonce: String,
    /// Opens the code.
    pub verifier: Verifier,
}

/// Starts a proof. `random` is 3 × 32 bytes of fresh randomness: state, nonce, verifier.
pub fn start(issuer: &Issuer, client: &Client, redirect_uri: &str, random: &[u8; 96]) -> Started {
    let mut parts = random.chunks(32).map(|part| BASE64_URL_SAFE_NO_PAD.encode(part));
    let mut next = || parts.next().unwrap_or_default();
    let (state, nonce, verifier) = (next(), next(), Verifier(next()));
    let mut url = issuer.authorization_endpoint.clone();
    if !url.contains('?') {
        url.push('?');
    }
    for (name, value) in [
        ("response_type", "code"),
        ("scope", SCOPE),
        ("client_id", client.id()),
        ("redirect_uri", redirect_uri),
        ("state", &state),
        ("nonce", &nonce),
        ("code_challenge", &verifier.challenge()),
        ("code_challenge_method", "S256"),
        // An issuer that remembers people asks for the card again (OpenID Connect Core §3.1.2.1).
        ("max_age", "600"),
    ] {
        url::push(&mut url, name, value);
    }
    Started { url, state, nonce, verifier }
}

/// An authorization code, 1 to 1024 visible ASCII characters. Hidden from `Debug`.
#[derive(Clone, PartialEq, Eq)]
pub struct Code(String);

impl Code {
    fn parse(text: String) -> Result<Self, CardError> {
        match text.len() {
            0 => Err(CardError::MissingParameter),
            1..=CODE_BYTES_MAX if text.bytes().all(|b| b.is_ascii_graphic()) => Ok(Self(text)),
            1..=CODE_BYTES_MAX => Err(CardError::Malformed),
            _ => Err(CardError::TooLarge),
        }
    }

    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Code(…)")
    }
}

/// Reads the query the person came back with, without its `?`.
///
/// The state is looked at before anything else, errors included: an answer that is not ours says nothing.
pub fn callback(query: &str, expected_state: &str, issuer: &Issuer) -> Result<Code, CardError> {
    if query.len() > CALLBACK_BYTES_MAX {
        return Err(CardError::TooLarge);
    }
    let mut pairs = url::pairs(query)?;
    let mut take = |name: &str| match pairs.iter().position(|(known, _)| known == name) {
        None => Ok(None),
        Some(at) => {
            let (_, value) = pairs.swap_remove(at);
            // Two values: the issuer and we could each believe another one.
            if pairs.iter().any(|(known, _)| known == name) { Err(CardError::Malformed) } else { Ok(Some(value)) }
        }
    };
    let (state, iss, error, code) = (take("state")?, take("iss")?, take("error")?, take("code")?);
    if !same(&state.ok_or(CardError::MissingParameter)?, expected_state) {
        return Err(CardError::StateMismatch);
    }
    match iss {
        Some(named) if named != issuer.issuer => return Err(CardError::WrongIssuer),
        None if issuer.names_itself => return Err(CardError::WrongIssuer),
        _ => {}
    }
    match (error, code) {
        (None, Some(code)) => Code::parse(code),
        (None, None) => Err(CardError::MissingParameter),
        (Some(_), Some(_)) => Err(CardError::Malformed),
        (Some(word), None) if word == "access_denied" => Err(CardError::Cancelled),
        (Some(word), None) => Err(CardError::IssuerError { code: ErrorCode::new(&word) }),
    }
}

#[cfg(test)]
mod tests;
