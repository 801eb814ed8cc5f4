//! Accounts at Japanese banks, by the codes of the 全銀システム.

use serde::{Deserialize, Serialize};

use crate::kernel::digit;

use super::Kana;

/// Why digits are not such a code.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
pub enum CodeError {
    /// Nothing was written.
    #[error("empty")]
    Empty,
    /// Not digits alone, or not that many.
    #[error("not a code")]
    Wrong,
}

macro_rules! code {
    ($(#[$doc:meta])* $name:ident, $digits:literal, $short:literal) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(try_from = "String", into = "String")]
        pub struct $name([u8; $digits]);

        impl $name {
            /// As people write it: digits of either width.
            pub fn written(text: &str) -> Result<Self, CodeError> {
                digits(text, $short).map(Self)
            }

            /// The digits, in ASCII.
            pub fn as_str(&self) -> &str {
                // Nothing but digits is in it.
                core::str::from_utf8(&self.0).unwrap_or_default()
            }
        }

        impl TryFrom<String> for $name {
            type Error = CodeError;
            fn try_from(text: String) -> Result<Self, CodeError> {
                Self::written(&text)
            }
        }

        impl From<$name> for String {
            fn from(code: $name) -> Self {
                code.as_str().to_owned()
            }
        }
    };
}

code!(
    /// The number of a bank (銀行コード): four digits.
    BankCode, 4, false
);
code!(
    /// The number of a branch (支店コード): three digits.
    BranchCode, 3, false
);
code!(
    /// The number of an account (口座番号): seven digits. Older ones are shorter and written with zeros in front.
    AccountNumber, 7, true
);
code!(
    /// Who a bank knows the sender of transfers by (委託者コード): ten digits.
    RemitterCode, 10, true
);

fn digits<const N: usize>(text: &str, short: bool) -> Result<[u8; N], CodeError> {
    let text = text.trim_matches(|c: char| c.is_whitespace());
    if text.is_empty() {
        return Err(CodeError::Empty);
    }
    let found: Option<Vec<u8>> = text.chars().map(|c| digit(c).and_then(|digit| digit.checked_add(b'0'))).collect();
    let found = found.ok_or(CodeError::Wrong)?;
    if found.len() > N || (found.len() < N && !short) {
        return Err(CodeError::Wrong);
    }
    let mut code = [b'0'; N];
    for (place, digit) in code.iter_mut().rev().zip(found.into_iter().rev()) {
        *place = digit;
    }
    Ok(code)
}

/// What kind of account it is (預金種目).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum AccountType {
    /// 普通
    Ordinary,
    /// 当座
    Current,
    /// 貯蓄
    Savings,
    /// その他
    Other,
}

impl AccountType {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Ordinary, Self::Current, Self::Savings, Self::Other];

    /// The digit in files for banks.
    pub const fn digit(self) -> u8 {
        match self {
            Self::Ordinary => 1,
            Self::Current => 2,
            Self::Savings => 4,
            Self::Other => 9,
        }
    }
}

/// An account at a bank. The names are for people: banks go by the codes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BankAccount {
    /// The bank.
    pub bank: BankCode,
    /// What it is called.
    pub bank_name: Option<Kana<15>>,
    /// The branch.
    pub branch: BranchCode,
    /// What that is called.
    pub branch_name: Option<Kana<15>>,
    /// What kind of account it is.
    pub account_type: AccountType,
    /// The number.
    pub number: AccountNumber,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_digits_of_their_length() {
        assert_eq!(BankCode::written(" ０１２３ ").unwrap().as_str(), "0123");
        assert_eq!(AccountNumber::written("12345").unwrap().as_str(), "0012345");
        assert_eq!(BankCode::written("123"), Err(CodeError::Wrong));
        assert_eq!(BranchCode::written("1234"), Err(CodeError::Wrong));
        assert_eq!(AccountNumber::written("12345678"), Err(CodeError::Wrong));
        assert_eq!(AccountNumber::written("12-3456"), Err(CodeError::Wrong));
        assert_eq!(AccountNumber::written(" "), Err(CodeError::Empty));
    }
}
