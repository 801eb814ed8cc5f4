//! The books that a ledger is kept in (台帳の分割).

use serde::{Deserialize, Serialize};

/// One of the books, from 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Shard(u8);

impl Shard {
    /// The first: of a ledger in one book, the only one. It keeps what is the town's: budgets and shops.
    pub const FIRST: Self = Self(0);

    /// Its number, from 0.
    pub const fn number(self) -> u8 {
        self.0
    }
}

/// In how many books a ledger is kept (分割数). Never changed once there are entries.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "u8", into = "u8")]
pub struct Shards(u8);

/// Why a number is not one of books.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not 1, 2, 4 or 8")]
pub struct ShardsError;

impl TryFrom<u8> for Shards {
    type Error = ShardsError;
    fn try_from(count: u8) -> Result<Self, ShardsError> {
        if matches!(count, 1 | 2 | 4 | 8) { Ok(Self(count)) } else { Err(ShardsError) }
    }
}

impl From<Shards> for u8 {
    fn from(shards: Shards) -> Self {
        shards.0
    }
}

impl Default for Shards {
    fn default() -> Self {
        Self::ONE
    }
}

impl Shards {
    /// One book.
    pub const ONE: Self = Self(1);

    /// Every book, the first first.
    pub fn all(self) -> impl Iterator<Item = Shard> {
        (0..self.0).map(Shard)
    }

    /// The book that a number falls to, as evenly as numbers are.
    pub const fn of_number(self, number: u8) -> Shard {
        // A power of two.
        Shard(number & self.0.saturating_sub(1))
    }

    /// The book with that number, if there are so many.
    pub fn numbered(self, number: u8) -> Option<Shard> {
        (number < self.0).then_some(Shard(number))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_two_four_or_eight() {
        for count in 0..=u8::MAX {
            assert_eq!(Shards::try_from(count).is_ok(), [1, 2, 4, 8].contains(&count));
        }
        let four = Shards::try_from(4).unwrap();
        assert_eq!(four.all().map(Shard::number).collect::<Vec<_>>(), [0, 1, 2, 3]);
        assert_eq!((four.numbered(3), four.numbered(4)), (Some(Shard(3)), None));
    }
}
