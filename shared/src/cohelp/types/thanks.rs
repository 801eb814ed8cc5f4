//! Thanks after the job.

use serde::{Deserialize, Serialize};

use crate::kernel::{Prose, Timestamp};

/// How well it went (評価), from 1 to 5.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "u8", into = "u8")]
pub struct Rating(u8);

/// A number that is not a rating.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not from 1 to 5")]
pub struct RatingError;

impl Rating {
    /// The best.
    pub const MAX: Self = Self(5);

    /// The rating, if it is from 1 to 5.
    pub const fn new(stars: u8) -> Option<Self> {
        if 1 <= stars && stars <= Self::MAX.0 { Some(Self(stars)) } else { None }
    }

    /// The number.
    pub const fn get(self) -> u8 {
        self.0
    }
}

impl TryFrom<u8> for Rating {
    type Error = RatingError;
    fn try_from(stars: u8) -> Result<Self, RatingError> {
        Self::new(stars).ok_or(RatingError)
    }
}

impl From<Rating> for u8 {
    fn from(rating: Rating) -> Self {
        rating.0
    }
}

/// Most characters of a message of thanks.
pub const MESSAGE_MAX: usize = 200;

/// Words of thanks (お礼).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Thanks {
    /// How it went.
    pub rating: Rating,
    /// What they want to say.
    pub message: Option<Prose<MESSAGE_MAX>>,
    /// When.
    pub at: Timestamp,
}
