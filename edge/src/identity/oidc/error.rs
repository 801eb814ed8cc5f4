//! Why a card proof did not succeed.

use core::fmt;

/// An `error` word of an issuer (RFC 6749 §4.1.2.1): at most 64 of `a`–`z`, `0`–`9`, `_`, so that it may be logged.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ErrorCode(String);

impl ErrorCode {
    const LENGTH_MAX: usize = 64;

    /// The word, cut and cleaned: what is not of the alphabet becomes `_`.
    pub fn new(word: &str) -> Self {
        let clean = |c: char| if c.is_ascii_lowercase() || c.is_ascii_digit() { c } else { '_' };
        Self(word.chars().take(Self::LENGTH_MAX).map(clean).collect())
    }

    /// The word.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for ErrorCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Why a card proof (カードによる本人確認) did not succeed. Numbers are stable: they are shown, logged and counted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CardError {
    /// The person stopped on the issuer's side (`access_denied`).
    Cancelled,
    /// The issuer answered with any other error.
    IssuerError {
        /// Its word.
        code: ErrorCode,
    },
    /// Something required is not there: a query parameter, a claim, a member.
    MissingParameter,
    /// The answer belongs to another attempt (RFC 6749 §10.12).
    StateMismatch,
    /// The ID token belongs to another attempt (OpenID Connect Core §3.1.3.7, 11).
    NonceMismatch,
    /// Another issuer speaks (RFC 9207; OpenID Connect Core §3.1.3.7, 2).
    WrongIssuer,
    /// The ID token is for somebody else (OpenID Connect Core §3.1.3.7, 3 to 5).
    WrongAudience,
    /// The ID token is over.
    Expired,
    /// The ID token comes from the future.
    NotYetValid,
    /// The signature is not the issuer's.
    BadSignature,
    /// The issuer's keys in hand do not hold the one named: read them again, once.
    KeyUnknown,
    /// Anything but ES256.
    AlgorithmRefused,
    /// A JWT of another type, or with extensions that must be understood (RFC 7515 §4.1.9, §4.1.11).
    WrongType,
    /// Not of the form the standard asks for; doubled parameters and members included.
    Malformed,
    /// Over its bound, refused before being looked at.
    TooLarge,
    /// The attributes are of somebody else than the ID token (OpenID Connect Core §5.3.2).
    SubjectMismatch,
    /// The card's certificate is revoked (失効).
    CertificateRevoked,
    /// The card gave no name, address, date of birth or gender, or one that cannot be kept.
    AttributeMissing,
    /// The date of birth is partly unknown; such a person is proven at the counter.
    BirthdateIncomplete,
    /// The card was presented longer ago than a proof takes (ASVS 6.8.4).
    PresentedLongAgo,
}

impl CardError {
    /// The stable number.
    pub const fn number(&self) -> u16 {
        match self {
            Self::Cancelled => 1,
            Self::IssuerError { .. } => 2,
            Self::MissingParameter => 3,
            Self::StateMismatch => 4,
            Self::NonceMismatch => 5,
            Self::WrongIssuer => 6,
            Self::WrongAudience => 7,
            Self::Expired => 8,
            Self::NotYetValid => 9,
            Self::BadSignature => 10,
            Self::KeyUnknown => 11,
            Self::AlgorithmRefused => 12,
            Self::WrongType => 13,
            Self::Malformed => 14,
            Self::TooLarge => 15,
            Self::SubjectMismatch => 16,
            Self::CertificateRevoked => 17,
            Self::AttributeMissing => 18,
            Self::BirthdateIncomplete => 19,
            Self::PresentedLongAgo => 20,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_bounded_and_clean() {
        assert_eq!(ErrorCode::new("invalid_request").as_str(), "invalid_request");
        assert_eq!(ErrorCode::new("名前\r\n<b>").to_string(), "_____b_");
        assert_eq!(ErrorCode::new(&"x".repeat(500)).as_str().len(), 64);
    }

    #[test]
    fn numbers_do_not_move() {
        let code = ErrorCode::new("x");
        for (error, number) in [
            (CardError::Cancelled, 1),
            (CardError::IssuerError { code }, 2),
            (CardError::StateMismatch, 4),
            (CardError::KeyUnknown, 11),
            (CardError::CertificateRevoked, 17),
            (CardError::BirthdateIncomplete, 19),
            (CardError::PresentedLongAgo, 20),
        ] {
            assert_eq!(error.number(), number);
        }
    }
}
