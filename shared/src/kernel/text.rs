//! Text from people, with bounds. A value that exists is trimmed, not empty and not too long.

use core::fmt;

use serde::{Deserialize, Serialize};

extern crate alloc;
use alloc::string::{String, ToString};

use super::holds_individual_number;

/// Why a text is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
pub enum TextError {
    /// Nothing but blanks.
    #[error("empty")]
    Empty,
    /// Longer than allowed; counts in characters as people count them.
    #[error("{got} characters, at most {max}")]
    TooLong {
        /// The most there may be.
        max: u32,
        /// How many there are.
        got: u32,
    },
    /// Contains a control character.
    #[error("control character")]
    Control,
    /// Contains what looks like a 個人番号; only where people write.
    #[error("individual number")]
    IndividualNumber,
}

fn check(text: &str, max: usize, allowed: fn(char) -> bool) -> Result<String, TextError> {
    let text = text.trim_matches(|c: char| c.is_whitespace() || c == '\u{3000}');
    if text.is_empty() {
        return Err(TextError::Empty);
    }
    let got = text.chars().count();
    if got > max {
        return Err(TextError::TooLong { max: max as u32, got: u32::try_from(got).unwrap_or(u32::MAX) });
    }
    if text.chars().any(|c| c.is_control() && !allowed(c)) {
        return Err(TextError::Control);
    }
    Ok(text.to_string())
}

macro_rules! bounded {
    ($(#[$doc:meta])* $name:ident, $allowed:expr, $normalise:expr) => {
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(try_from = "String", into = "String")]
        pub struct $name<const MAX: usize>(String);

        impl<const MAX: usize> $name<MAX> {
            /// Trimmed and checked.
            pub fn parse(text: &str) -> Result<Self, TextError> {
                check(&$normalise(text), MAX, $allowed).map(Self)
            }

            /// The same for what a person writes: what looks like a 個人番号 is refused.
            pub fn written(text: &str) -> Result<Self, TextError> {
                let written = Self::parse(text)?;
                if holds_individual_number(&written.0) { Err(TextError::IndividualNumber) } else { Ok(written) }
            }

            /// The text.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl<const MAX: usize> TryFrom<String> for $name<MAX> {
            type Error = TextError;
            fn try_from(text: String) -> Result<Self, TextError> {
                Self::parse(&text)
            }
        }

        impl<const MAX: usize> From<$name<MAX>> for String {
            fn from(text: $name<MAX>) -> Self {
                text.0
            }
        }

        impl<const MAX: usize> fmt::Display for $name<MAX> {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }
    };
}

bounded!(
    /// One line of text of at most `MAX` characters.
    Line, |_| false, str::to_string
);
bounded!(
    /// Several lines of text of at most `MAX` characters; line ends are `\n`.
    Prose, |c| c == '\n', |text: &str| text.replace("\r\n", "\n").replace('\r', "\n")
);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines() {
        assert_eq!(Line::<5>::parse("  \u{3000}牛乳 ").map(String::from), Ok("牛乳".to_string()));
        assert_eq!(Line::<5>::parse(" \u{3000} "), Err(TextError::Empty));
        assert_eq!(Line::<5>::parse("あいうえおか"), Err(TextError::TooLong { max: 5, got: 6 }));
        assert_eq!(Line::<5>::parse("a\nb"), Err(TextError::Control));
        assert_eq!(Line::<5>::parse("a\0b"), Err(TextError::Control));
    }

    #[test]
    fn an_individual_number_is_not_written_down() {
        assert_eq!(Line::<40>::written("番号 1234 5678 9018"), Err(TextError::IndividualNumber));
        assert_eq!(Prose::<40>::written("番号\n123456789018"), Err(TextError::IndividualNumber));
        assert_eq!(Line::<40>::written("電話 090-1234-5678"), Line::parse("電話 090-1234-5678"));
        assert_eq!(Line::<3>::written(""), Err(TextError::Empty));
    }

    #[test]
    fn prose_keeps_lines() {
        assert_eq!(Prose::<9>::parse("a\r\nb").map(String::from), Ok("a\nb".to_string()));
        assert_eq!(Prose::<9>::parse("a\tb"), Err(TextError::Control));
    }
}
