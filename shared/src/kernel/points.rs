//! Points (ポイント): whole, never negative, small enough to survive every hop.

// Money: nothing overflows, wraps, rounds or loses a digit without saying so.
#![cfg_attr(
    not(any(test, feature = "testing")),
    deny(clippy::arithmetic_side_effects, clippy::integer_division, clippy::float_arithmetic)
)]
#![cfg_attr(
    not(any(test, feature = "testing")),
    deny(clippy::cast_possible_truncation, clippy::cast_possible_wrap, clippy::cast_sign_loss)
)]

use core::fmt;

use serde::{Deserialize, Serialize};

use super::digit;

/// An amount of points, from 0 to [`Points::MAX`]. One point is worth one yen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
#[serde(try_from = "u64", into = "u64")]
pub struct Points(u64);

/// Why a number or text is not an amount.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum PointsError {
    /// Nothing was written.
    #[error("empty")]
    Empty,
    /// Not a whole number.
    #[error("not a whole number")]
    NotWhole,
    /// Above [`Points::MAX`].
    #[error("too large")]
    TooLarge,
}

impl Points {
    /// No points.
    pub const ZERO: Self = Self(0);
    /// One hundred billion: far above any town's money, far below 2^53, where JavaScript starts to lie.
    pub const MAX: Self = Self(100_000_000_000);

    /// The amount, if it is within bounds.
    pub const fn new(value: u64) -> Option<Self> {
        if value <= Self::MAX.0 { Some(Self(value)) } else { None }
    }

    /// The number.
    pub const fn get(self) -> u64 {
        self.0
    }

    /// The number, to be added and taken away: at most 10^11, so exact.
    #[expect(clippy::cast_possible_wrap, reason = "at most Points::MAX")]
    pub const fn signed(self) -> i64 {
        self.0 as i64
    }

    /// Whether there is none.
    pub const fn is_zero(self) -> bool {
        self.0 == 0
    }

    /// The sum, if within bounds.
    pub const fn plus(self, other: Self) -> Option<Self> {
        Self::new(self.0.saturating_add(other.0))
    }

    /// What is left after taking `other` away, if there is enough.
    pub const fn minus(self, other: Self) -> Option<Self> {
        match self.0.checked_sub(other.0) {
            Some(rest) => Some(Self(rest)),
            None => None,
        }
    }

    /// The share of `parts` in `whole` (for example 5 in 100), rounded down: the payer of a fee never pays a fraction more.
    pub const fn share(self, parts: u64, whole: u64) -> Self {
        // 2^64 times 2^64 fits.
        let product = (self.0 as u128).saturating_mul(parts as u128);
        match product.checked_div(whole as u128) {
            #[expect(clippy::cast_possible_truncation, reason = "at most this amount")]
            Some(quotient) if quotient <= self.0 as u128 => Self(quotient as u64),
            Some(_) => self,
            None => Self::ZERO,
        }
    }

    /// As people type it: full-width digits, commas and surrounding blanks are accepted.
    pub fn parse(text: &str) -> Result<Self, PointsError> {
        let mut value: u64 = 0;
        let mut any = false;
        for character in text.trim().chars() {
            let digit = match (digit(character), character) {
                (Some(digit), _) => digit,
                (None, ',' | '，') if any => continue,
                _ => return Err(PointsError::NotWhole),
            };
            any = true;
            value = value.saturating_mul(10).saturating_add(digit.into());
        }
        if !any {
            return Err(PointsError::Empty);
        }
        Self::new(value).ok_or(PointsError::TooLarge)
    }
}

impl TryFrom<u64> for Points {
    type Error = PointsError;
    fn try_from(value: u64) -> Result<Self, PointsError> {
        Self::new(value).ok_or(PointsError::TooLarge)
    }
}

impl From<Points> for u64 {
    fn from(points: Points) -> Self {
        points.0
    }
}

impl fmt::Display for Points {
    /// With a comma every three digits: `1,200`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let digits = alloc::format!("{}", self.0);
        for (index, digit) in digits.chars().enumerate() {
            if index > 0 && digits.len().saturating_sub(index).is_multiple_of(3) {
                f.write_str(",")?;
            }
            write!(f, "{digit}")?;
        }
        Ok(())
    }
}

extern crate alloc;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn typed_amounts() {
        let check = |text: &str, expected: Result<u64, PointsError>| {
            assert_eq!(Points::parse(text).map(Points::get), expected, "{text}");
        };
        check("500", Ok(500));
        check(" １，２００ ", Ok(1200));
        check("1,200", Ok(1200));
        check("0", Ok(0));
        check("", Err(PointsError::Empty));
        check("-5", Err(PointsError::NotWhole));
        check("1.5", Err(PointsError::NotWhole));
        check(",", Err(PointsError::NotWhole));
        check("5百", Err(PointsError::NotWhole));
        check("100000000000", Ok(100_000_000_000));
        check("100000000001", Err(PointsError::TooLarge));
        check("99999999999999999999999999", Err(PointsError::TooLarge));
    }

    #[test]
    fn shown_with_commas() {
        for (value, text) in [(0, "0"), (999, "999"), (1000, "1,000"), (1_234_567, "1,234,567")] {
            assert_eq!(Points(value).to_string(), text);
        }
    }

    #[test]
    fn a_share_is_never_more_than_its_part() {
        assert_eq!(Points(500).share(5, 100), Points(25));
        assert_eq!(Points(19).share(5, 100), Points(0));
        assert_eq!(Points::MAX.share(100, 100), Points::MAX);
        assert_eq!(Points(7).share(3, 0), Points::ZERO);
    }
}
