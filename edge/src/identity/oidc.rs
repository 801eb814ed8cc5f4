//! Card proof (カードによる本人確認) as an OpenID Connect relying party.
//!
//! Pure: no host, no clock, no randomness, no network. The caller moves the bytes, in this order:
//! [`Issuer::from_discovery`] and [`Jwks::parse`] (kept, read again on [`CardError::KeyUnknown`]),
//! [`start`], [`callback`], [`token_request`], [`tokens`], [`id_token`], [`attributes`].
//!
//! The rules are those of デジタル認証アプリ: code flow only, PKCE S256, state and nonce, `private_key_jwt`, ES256.

mod attributes;
mod authorize;
mod client;
mod discovery;
mod error;
mod json;
mod jwt;
mod token;
mod url;

pub use attributes::{Address, Attributes, Gender, Name, USERINFO_BYTES_MAX, attributes};
pub use authorize::{CALLBACK_BYTES_MAX, Code, Started, Verifier, callback, start};
pub use client::{Client, ClientKey, token_request};
pub use discovery::{DISCOVERY_BYTES_MAX, Issuer};
pub use error::{CardError, ErrorCode};
pub use jwt::{JWKS_BYTES_MAX, Jwks, TOKEN_BYTES_MAX};
pub use token::{ANSWER_BYTES_MAX, Claims, SKEW_SECONDS, Subject, Tokens, id_token, tokens};

/// Whether two secrets are the same, in a time that does not tell where they differ.
fn same(a: &str, b: &str) -> bool {
    a.len() == b.len() && a.bytes().zip(b.bytes()).fold(0, |differs, (a, b)| differs | (a ^ b)) == 0
}

#[cfg(any(test, feature = "fuzz"))]
#[cfg_attr(not(test), expect(dead_code, reason = "a fuzzer needs less of it than the tests"))]
pub(crate) mod fixture;
