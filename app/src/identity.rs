//! Pages of identity: card proof, passkey, sign-in, わたし.

#[cfg(feature = "ssr")]
mod pages {
    use shared::identity::{CardFailure, Me, NextPath};

    use crate::frame::Frame;

    /// `/join`.
    pub fn join(_frame: &Frame<'_>, _failure: Option<CardFailure>) -> String {
        String::new()
    }
    /// `/join/passkey`.
    pub fn passkey(_frame: &Frame<'_>) -> String {
        String::new()
    }
    /// `/signin`.
    pub fn sign_in(_frame: &Frame<'_>, _next: &NextPath) -> String {
        String::new()
    }
    /// `/signout`.
    pub fn sign_out(_frame: &Frame<'_>) -> String {
        String::new()
    }
    /// After signing out.
    pub fn signed_out(_frame: &Frame<'_>) -> String {
        String::new()
    }
    /// `/staff/{code}`.
    pub fn invitation(_frame: &Frame<'_>, _code: &str, _gone: bool) -> String {
        String::new()
    }
    /// `/me`.
    pub fn me(_frame: &Frame<'_>, _me: &Me) -> String {
        String::new()
    }
}

#[cfg(feature = "ssr")]
pub use pages::{invitation, join, me, passkey, sign_in, sign_out, signed_out};
