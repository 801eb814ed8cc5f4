//! The member number (利用者番号): what a resident reads out at a counter.

use core::fmt;
use core::str::FromStr;

use serde::{Deserialize, Serialize};

use super::digit::{check_digit, typed};
use super::text::Line;

/// A name as the card gives it (氏名), 外字 included; never normalised. Long names of foreign residents are printed in full.
pub type Name = Line<200>;

/// Ten digits, the last a check digit (ISO/IEC 7812 Luhn), shown as `1234-5678-90`. Deliberately not twelve: it can
/// never be taken for the 個人番号. Not a secret, and no proof of anything.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "u64", into = "u64")]
pub struct MemberNumber(u64);

/// Why a text is not a member number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum MemberNumberError {
    /// Nothing was written.
    #[error("empty")]
    Empty,
    /// Not ten digits, or a wrong check digit: most likely a slip.
    #[error("not a member number")]
    Wrong,
}

impl MemberNumber {
    /// From randomness: nine digits and their check digit.
    pub fn from_random(random: u64) -> Self {
        let body = 100_000_000 + random % 900_000_000;
        Self(body * 10 + check_digit(body))
    }

    /// The number.
    pub const fn get(self) -> u64 {
        self.0
    }
}

impl TryFrom<u64> for MemberNumber {
    type Error = MemberNumberError;
    fn try_from(value: u64) -> Result<Self, MemberNumberError> {
        let sound = (1_000_000_000..=9_999_999_999).contains(&value) && check_digit(value / 10) == value % 10;
        if sound { Ok(Self(value)) } else { Err(MemberNumberError::Wrong) }
    }
}

impl From<MemberNumber> for u64 {
    fn from(number: MemberNumber) -> Self {
        number.0
    }
}

impl FromStr for MemberNumber {
    type Err = MemberNumberError;

    /// As people type it: full-width digits, blanks and hyphens anywhere.
    fn from_str(text: &str) -> Result<Self, MemberNumberError> {
        match typed(text).ok_or(MemberNumberError::Wrong)? {
            (_, 0) => Err(MemberNumberError::Empty),
            (value, _) => Self::try_from(value),
        }
    }
}

impl fmt::Display for MemberNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:04}-{:02}", self.0 / 1_000_000, self.0 / 100 % 10_000, self.0 % 100)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn there_and_back() {
        for random in [0, 1, 899_999_999, 123_456_789, u64::MAX] {
            let number = MemberNumber::from_random(random);
            assert_eq!(number.to_string().parse(), Ok(number));
            assert_eq!(number.to_string().len(), 12);
        }
    }

    #[test]
    fn one_wrong_digit_or_two_swapped_are_noticed() {
        let number = MemberNumber::from_random(314_159_265).get();
        for place in 0..10u32 {
            let power = 10u64.pow(place);
            let digit = number / power % 10;
            for other in (0..10).filter(|&other| other != digit) {
                assert!(MemberNumber::try_from(number - digit * power + other * power).is_err());
            }
        }
    }

    #[test]
    fn typed_forms() {
        let number = MemberNumber::from_random(5);
        let plain = number.get().to_string();
        let wide: String =
            plain.chars().map(|c| char::from_u32('０' as u32 + c as u32 - '0' as u32).unwrap()).collect();
        assert_eq!(wide.parse(), Ok(number));
        assert_eq!("".parse::<MemberNumber>(), Err(MemberNumberError::Empty));
        assert_eq!("123456789012".parse::<MemberNumber>(), Err(MemberNumberError::Wrong));
        assert_eq!("abc".parse::<MemberNumber>(), Err(MemberNumberError::Wrong));
    }
}
