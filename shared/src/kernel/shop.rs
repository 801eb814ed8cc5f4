//! Shops as everybody names them: their number, and what they deal in.

use core::fmt;
use core::str::FromStr;

use serde::{Deserialize, Serialize};

use super::IdError;
use super::digit::{check_digit, typed};

/// The number of a shop (加盟店番号): seven digits, the last a check digit (ISO/IEC 7812 Luhn), shown as `123-4567`. It is on
/// the door, so it is no secret; shorter than a member number, so that neither is taken for the other.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "u64", into = "u64")]
pub struct ShopNumber(u64);

/// Why a text is not the number of a shop.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ShopNumberError {
    /// Nothing was written.
    #[error("empty")]
    Empty,
    /// Not seven digits, or a wrong check digit: most likely a slip.
    #[error("not the number of a shop")]
    Wrong,
}

impl ShopNumber {
    /// From randomness: six digits and their check digit.
    pub const fn from_random(random: u64) -> Self {
        let body = 100_000 + random % 900_000;
        Self(body * 10 + check_digit(body))
    }

    /// The number.
    pub const fn get(self) -> u64 {
        self.0
    }
}

impl TryFrom<u64> for ShopNumber {
    type Error = ShopNumberError;
    fn try_from(value: u64) -> Result<Self, ShopNumberError> {
        let sound = (1_000_000..=9_999_999).contains(&value) && check_digit(value / 10) == value % 10;
        if sound { Ok(Self(value)) } else { Err(ShopNumberError::Wrong) }
    }
}

impl From<ShopNumber> for u64 {
    fn from(number: ShopNumber) -> Self {
        number.0
    }
}

impl FromStr for ShopNumber {
    type Err = ShopNumberError;

    /// As people type it: full-width digits, blanks and hyphens anywhere.
    fn from_str(text: &str) -> Result<Self, ShopNumberError> {
        match typed(text).ok_or(ShopNumberError::Wrong)? {
            (_, 0) => Err(ShopNumberError::Empty),
            (value, _) => Self::try_from(value),
        }
    }
}

impl fmt::Display for ShopNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:03}-{:04}", self.0 / 10_000, self.0 % 10_000)
    }
}

/// What a shop deals in (業種): what decides whether it takes a coupon. Grows only at the end; the words are stable.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Trade {
    /// 食料品.
    #[serde(rename = "groceries")]
    Groceries,
    /// 飲食店.
    #[serde(rename = "dining")]
    Dining,
    /// 日用品・衣料品.
    #[serde(rename = "goods")]
    Goods,
    /// 子育て用品.
    #[serde(rename = "baby")]
    Baby,
    /// 保育・一時預かり.
    #[serde(rename = "childcare")]
    Childcare,
    /// 薬局.
    #[serde(rename = "pharmacy")]
    Pharmacy,
    /// 本・文房具.
    #[serde(rename = "books")]
    Books,
    /// 交通.
    #[serde(rename = "transport")]
    Transport,
    /// その他のサービス.
    #[serde(rename = "services")]
    Services,
}

impl Trade {
    /// Every trade, in the order of the choice.
    pub const ALL: [Self; 9] = [
        Self::Groceries,
        Self::Dining,
        Self::Goods,
        Self::Baby,
        Self::Childcare,
        Self::Pharmacy,
        Self::Books,
        Self::Transport,
        Self::Services,
    ];

    /// The word in forms and files.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Groceries => "groceries",
            Self::Dining => "dining",
            Self::Goods => "goods",
            Self::Baby => "baby",
            Self::Childcare => "childcare",
            Self::Pharmacy => "pharmacy",
            Self::Books => "books",
            Self::Transport => "transport",
            Self::Services => "services",
        }
    }
}

impl FromStr for Trade {
    type Err = IdError;
    fn from_str(word: &str) -> Result<Self, IdError> {
        Self::ALL.into_iter().find(|trade| trade.word() == word).ok_or(IdError)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn there_and_back() {
        for random in [0, 1, 899_999, 123_456, u64::MAX] {
            let number = ShopNumber::from_random(random);
            assert_eq!(number.to_string().parse(), Ok(number));
            assert_eq!(number.to_string().len(), 8);
        }
        for trade in Trade::ALL {
            assert_eq!(trade.word().parse(), Ok(trade));
        }
        assert_eq!("Books".parse::<Trade>(), Err(IdError));
    }

    #[test]
    fn typed_forms() {
        let number = ShopNumber::from_random(5);
        assert_eq!(number.to_string(), "100-0058");
        for text in ["1000058", " １００－００５８　", "100 0058"] {
            assert_eq!(text.parse(), Ok(number), "{text}");
        }
        assert_eq!(" ".parse::<ShopNumber>(), Err(ShopNumberError::Empty));
        for text in ["1000059", "100005", "10000582", "abc", "0000000", "99999999999999999999999"] {
            assert_eq!(text.parse::<ShopNumber>(), Err(ShopNumberError::Wrong), "{text}");
        }
    }

    #[test]
    fn one_wrong_digit_is_noticed() {
        let number = ShopNumber::from_random(314_159).get();
        for place in 0..7u32 {
            let power = 10u64.pow(place);
            let digit = number / power % 10;
            for other in (0..10).filter(|&other| other != digit) {
                assert!(ShopNumber::try_from(number - digit * power + other * power).is_err());
            }
        }
    }
}
