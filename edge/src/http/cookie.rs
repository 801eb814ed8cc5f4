//! Cookies (RFC 6265bis). On TLS they carry the `__Host-` prefix; on a developer's plain-http localhost they cannot.

use base64::prelude::{BASE64_URL_SAFE_NO_PAD, Engine as _};
use shared::identity::Token;

/// The cookies of the portal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cookie {
    /// The session.
    Session,
    /// The run of a card proof or passkey ceremony.
    Ceremony,
    /// The language.
    Language,
}

impl Cookie {
    const fn name(self, secure: bool) -> &'static str {
        match (self, secure) {
            (Self::Session, true) => "__Host-meguri",
            (Self::Session, false) => "meguri",
            (Self::Ceremony, true) => "__Host-meguri-ceremony",
            (Self::Ceremony, false) => "meguri-ceremony",
            (Self::Language, true) => "__Host-meguri-language",
            (Self::Language, false) => "meguri-language",
        }
    }

    const fn seconds(self) -> u32 {
        match self {
            // Longer than any session lasts: the server decides when it ends, and whose draft is kept then.
            Self::Session => 48 * 60 * 60,
            Self::Ceremony => 600,
            Self::Language => 365 * 24 * 60 * 60,
        }
    }

    /// Its value in a `Cookie` header.
    pub fn read(self, header: &str, secure: bool) -> Option<&str> {
        let name = self.name(secure);
        header
            .split(';')
            .filter_map(|pair| pair.trim().split_once('='))
            .find(|(known, _)| *known == name)
            .map(|(_, value)| value)
    }

    /// The secret it carries.
    pub fn token(self, header: &str, secure: bool) -> Option<Token> {
        let bytes = BASE64_URL_SAFE_NO_PAD.decode(self.read(header, secure)?).ok()?;
        bytes.try_into().ok().map(Token)
    }

    /// A `Set-Cookie` with that value.
    pub fn set(self, value: &str, secure: bool) -> String {
        let tail = if secure { "; Secure" } else { "" };
        let (name, seconds) = (self.name(secure), self.seconds());
        format!("{name}={value}; Path=/; Max-Age={seconds}; HttpOnly; SameSite=Lax{tail}")
    }

    /// A `Set-Cookie` with that secret.
    pub fn set_token(self, token: &Token, secure: bool) -> String {
        self.set(&BASE64_URL_SAFE_NO_PAD.encode(token.0), secure)
    }

    /// A `Set-Cookie` that takes it away.
    pub fn clear(self, secure: bool) -> String {
        let tail = if secure { "; Secure" } else { "" };
        format!("{}=; Path=/; Max-Age=0; HttpOnly; SameSite=Lax{tail}", self.name(secure))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_comes_back_and_nothing_else_does() {
        let token = Token([7; 32]);
        let set = Cookie::Session.set_token(&token, true);
        assert!(set.starts_with("__Host-meguri=") && set.contains("Secure") && set.contains("HttpOnly"));
        let pair = set.split(';').next().unwrap();
        let header = format!("a=b; {pair}; c");
        assert_eq!(Cookie::Session.token(&header, true), Some(token));
        assert_eq!(Cookie::Session.token(&header, false), None);
        assert_eq!(Cookie::Ceremony.token(&header, true), None);
        for bad in ["__Host-meguri=", "__Host-meguri=AAAA", "__Host-meguri=!!!!", "", ";;;", "="] {
            assert_eq!(Cookie::Session.token(bad, true), None, "{bad}");
        }
    }
}
