//! What the token endpoint answers, and what its ID token says
//! (RFC 6749 §5, OpenID Connect Core §3.1.3.3 and §3.1.3.7).

use core::fmt;

use serde_json::Value;
use shared::kernel::Timestamp;

use super::json::{self, Object};
use super::jwt::{self, Jwks};
use super::{CardError, ErrorCode, same};

/// The largest answer of the token endpoint, in bytes.
pub const ANSWER_BYTES_MAX: usize = 32 * 1024;
/// How far the issuer's clock and ours may be apart, either way.
pub const SKEW_SECONDS: i64 = 60;
/// How long ago the card may have been presented, in seconds: as long as one run of a proof may take.
const AUTH_AGE_SECONDS: i64 = 600;
const AUDIENCES_MAX: usize = 8;
const ACR_BYTES_MAX: usize = 255;

/// The tokens of an answer. Hidden from `Debug`.
#[derive(Clone, PartialEq, Eq)]
pub struct Tokens {
    /// The ID token, not yet believed: see [`id_token`].
    pub id_token: String,
    /// Opens the userinfo endpoint, as `Authorization: Bearer`; visible ASCII.
    pub access_token: String,
}

impl fmt::Debug for Tokens {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Tokens(…)")
    }
}

/// The tokens in the answer of the token endpoint, or the error it names.
pub fn tokens(status: u16, body: &[u8]) -> Result<Tokens, CardError> {
    let unreadable = || CardError::IssuerError { code: ErrorCode::new(&format!("http_{status}")) };
    let answer = match json::object(body, ANSWER_BYTES_MAX) {
        Ok(answer) => answer,
        Err(refused) if status == 200 => return Err(refused),
        Err(_) => return Err(unreadable()),
    };
    if let Some(word) = json::optional_text(&answer, "error")? {
        return Err(CardError::IssuerError { code: ErrorCode::new(word) });
    }
    if status != 200 {
        return Err(unreadable());
    }
    if !json::text(&answer, "token_type")?.eq_ignore_ascii_case("Bearer") {
        return Err(CardError::WrongType);
    }
    let token = |name| {
        let token = json::text(&answer, name)?;
        match token.len() {
            0 => Err(CardError::MissingParameter),
            // Visible ASCII only: the token goes into a header of the next request.
            1..=jwt::TOKEN_BYTES_MAX if token.bytes().all(|b| b.is_ascii_graphic()) => Ok(token.to_owned()),
            1..=jwt::TOKEN_BYTES_MAX => Err(CardError::Malformed),
            _ => Err(CardError::TooLarge),
        }
    };
    Ok(Tokens { id_token: token("id_token")?, access_token: token("access_token")? })
}

/// Who the card holder is at one issuer (仮名化された利用者識別子). The same text at another issuer is somebody
/// else, so the issuer is part of it. Hidden from `Debug`: it is for the lookup tag only.
#[derive(Clone, PartialEq, Eq)]
pub struct Subject {
    /// The issuer that gave the name.
    pub issuer: String,
    /// The name, 1 to 255 visible ASCII characters.
    pub sub: String,
}

impl fmt::Debug for Subject {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Subject(…)")
    }
}

/// What an ID token says, once it is believed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Claims {
    /// Who.
    pub subject: Subject,
    /// When the token was made.
    pub issued_at: Timestamp,
    /// When the card was presented, if told.
    pub auth_time: Option<Timestamp>,
    /// How sure the issuer is, in its own words, at most 255 bytes, if told.
    pub acr: Option<String>,
}

/// Checks an ID token in the order of OpenID Connect Core §3.1.3.7, the signature first.
/// On `KeyUnknown` the caller reads the keys again, once: the issuer may have a new one.
pub fn id_token(
    token: &str,
    jwks: &Jwks,
    issuer: &str,
    client_id: &str,
    nonce: &str,
    now: Timestamp,
) -> Result<Claims, CardError> {
    let claims = jwt::verify(token, jwks)?;
    if json::text(&claims, "iss")? != issuer {
        return Err(CardError::WrongIssuer);
    }
    check_audience(&claims, client_id)?;
    let issued_at = check_times(&claims, now)?;
    match json::optional_text(&claims, "nonce")? {
        Some(found) if !nonce.is_empty() && same(found, nonce) => {}
        _ => return Err(CardError::NonceMismatch),
    }
    let acr = json::optional_text(&claims, "acr")?;
    if acr.is_some_and(|acr| acr.len() > ACR_BYTES_MAX) {
        return Err(CardError::TooLarge);
    }
    let auth_time = moment(&claims, "auth_time")?;
    if auth_time.is_some_and(|at| at > now.plus_seconds(SKEW_SECONDS)) {
        return Err(CardError::NotYetValid);
    }
    // An issuer that remembers people would otherwise let in whoever sits at their browser now.
    if auth_time.is_some_and(|at| now > at.plus_seconds(AUTH_AGE_SECONDS + SKEW_SECONDS)) {
        return Err(CardError::PresentedLongAgo);
    }
    Ok(Claims {
        subject: Subject { issuer: issuer.to_owned(), sub: subject(&claims)?.to_owned() },
        issued_at,
        auth_time,
        acr: acr.map(str::to_owned),
    })
}

/// The `sub` member: 1 to 255 visible ASCII characters (OpenID Connect Core §2).
pub(super) fn subject(claims: &Object) -> Result<&str, CardError> {
    let sub = json::text(claims, "sub")?;
    match sub.len() {
        0 => Err(CardError::MissingParameter),
        1..=255 if sub.bytes().all(|b| b.is_ascii_graphic()) => Ok(sub),
        1..=255 => Err(CardError::Malformed),
        _ => Err(CardError::TooLarge),
    }
}

fn check_audience(claims: &Object, client_id: &str) -> Result<(), CardError> {
    let several = match claims.get("aud") {
        None => return Err(CardError::MissingParameter),
        Some(Value::String(only)) if only == client_id => false,
        Some(Value::Array(list)) if list.len() > AUDIENCES_MAX => return Err(CardError::TooLarge),
        Some(Value::Array(list)) if list.iter().any(|entry| !entry.is_string()) => return Err(CardError::Malformed),
        Some(Value::Array(list)) if list.iter().any(|entry| entry.as_str() == Some(client_id)) => list.len() > 1,
        Some(Value::String(_) | Value::Array(_)) => return Err(CardError::WrongAudience),
        Some(_) => return Err(CardError::Malformed),
    };
    match json::optional_text(claims, "azp")? {
        Some(party) if party == client_id => Ok(()),
        None if !several => Ok(()),
        _ => Err(CardError::WrongAudience),
    }
}

fn check_times(claims: &Object, now: Timestamp) -> Result<Timestamp, CardError> {
    let expires = moment(claims, "exp")?.ok_or(CardError::MissingParameter)?;
    let issued_at = moment(claims, "iat")?.ok_or(CardError::MissingParameter)?;
    if now >= expires.plus_seconds(SKEW_SECONDS) {
        return Err(CardError::Expired);
    }
    let latest_start = now.plus_seconds(SKEW_SECONDS);
    if issued_at > latest_start || moment(claims, "nbf")?.is_some_and(|from| from > latest_start) {
        return Err(CardError::NotYetValid);
    }
    Ok(issued_at)
}

/// A NumericDate (RFC 7519 §2) in whole seconds, not negative.
fn moment(claims: &Object, name: &str) -> Result<Option<Timestamp>, CardError> {
    match json::optional_integer(claims, name)? {
        None => Ok(None),
        Some(seconds) if seconds < 0 => Err(CardError::Malformed),
        Some(seconds) => Ok(Some(Timestamp(0).plus_seconds(seconds))),
    }
}

#[cfg(test)]
mod tests;
