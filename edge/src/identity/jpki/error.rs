//! Why a certificate does not hold.

/// Why a certificate of the card does not hold. Numbers are stable: they are shown, logged and counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum JpkiError {
    /// Longer than any certificate of the card.
    #[error("too large")]
    TooLarge,
    /// No X.509 certificate of version 3 in DER, or one that contradicts itself.
    #[error("malformed")]
    Malformed,
    /// No pinned CA has the issuer's name.
    #[error("unknown CA")]
    AnchorUnknown,
    /// The CA that vouches for it is itself not valid at that moment.
    #[error("the CA is over")]
    AnchorOver,
    /// Signed in another way than the CA signs.
    #[error("algorithm refused")]
    AlgorithmRefused,
    /// Changed since, or signed by somebody else.
    #[error("signature does not match")]
    SignatureMismatch,
    /// Good for a later time.
    #[error("not yet valid")]
    NotYetValid,
    /// Its time is over.
    #[error("expired")]
    Expired,
    /// Something must be understood that is not.
    #[error("unknown critical extension")]
    ExtensionUnknown,
    /// Its key is for something else.
    #[error("key usage does not fit")]
    KeyUsageWrong,
    /// Made under another policy: the other certificate of a card, or something else.
    #[error("policy does not fit")]
    PolicyWrong,
    /// A key that is too weak, or of an unknown kind.
    #[error("key refused")]
    KeyRefused,
    /// One of name, address, birth date and gender is not there.
    #[error("attribute missing")]
    AttributeMissing,
    /// One of them is there twice.
    #[error("attribute repeated")]
    AttributeRepeated,
    /// One of them cannot be read.
    #[error("attribute malformed")]
    AttributeMalformed,
    /// The year, month or day of birth is not known: a matter for the counter.
    #[error("birth date not known in full")]
    BirthUnknown,
}

impl JpkiError {
    /// Its number.
    pub const fn number(self) -> u16 {
        match self {
            Self::TooLarge => 1,
            Self::Malformed => 2,
            Self::AnchorUnknown => 3,
            Self::AnchorOver => 4,
            Self::AlgorithmRefused => 5,
            Self::SignatureMismatch => 6,
            Self::NotYetValid => 7,
            Self::Expired => 8,
            Self::ExtensionUnknown => 9,
            Self::KeyUsageWrong => 10,
            Self::PolicyWrong => 11,
            Self::KeyRefused => 12,
            Self::AttributeMissing => 13,
            Self::AttributeRepeated => 14,
            Self::AttributeMalformed => 15,
            Self::BirthUnknown => 16,
        }
    }
}
