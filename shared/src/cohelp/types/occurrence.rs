//! What happens in town, counted: what the city's figures (重要業績評価指標, KPI) are made of.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::Rating;
use crate::kernel::{Category, Month, PersonId, Points, Timestamp};

/// Something that counts (実績). It says nothing about anybody, but for who helped whom: that is forgotten after
/// [`PEOPLE_MONTHS`](Occurrence::PEOPLE_MONTHS).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Occurrence {
    /// When.
    pub at: Timestamp,
    /// What.
    pub what: Occurred,
}

/// What happened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Occurred {
    /// Somebody asked for help.
    Asked {
        /// Which kind.
        category: Category,
    },
    /// It was asked for on the phone.
    Phoned,
    /// Somebody asked who never did before (K3).
    Newcomer,
    /// Somebody registered to help (K4).
    Joined,
    /// Somebody no longer does.
    Left,
    /// The points for a choice are set aside (K6).
    Matched,
    /// Nobody was chosen before the time was over.
    Unmet,
    /// Help was given and paid for.
    Helped {
        /// Which kind.
        category: Category,
        /// For how long.
        minutes: u16,
        /// What the requester gave, fee included.
        gave: Points,
        /// Who was helped.
        requester: PersonId,
        /// By whom.
        helper: PersonId,
    },
    /// It ended without help in another way: called off, nobody there, or closed by the centre.
    Ended,
    /// So many people said how satisfied they are (K5), [together](Satisfaction::TOGETHER).
    Satisfied {
        /// All their stars, 1 to 5 each.
        stars: u64,
    },
}

/// What is counted apart. Grows at the end only: its number is kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[expect(missing_docs, reason = "the names are those of what happened")]
pub enum Counted {
    Asked,
    Phoned,
    Newcomer,
    Joined,
    Left,
    Matched,
    Unmet,
    Helped,
    Satisfied,
    Ended,
}

impl Counted {
    /// All of them, by number.
    pub const ALL: [Self; 10] = [
        Self::Asked,
        Self::Phoned,
        Self::Newcomer,
        Self::Joined,
        Self::Left,
        Self::Matched,
        Self::Unmet,
        Self::Helped,
        Self::Satisfied,
        Self::Ended,
    ];

    /// The number in storage.
    pub fn number(self) -> i64 {
        Self::ALL.into_iter().zip(0..).find(|(one, _)| *one == self).map_or(0, |(_, number)| number)
    }

    /// From the number in storage.
    pub fn from_number(number: i64) -> Option<Self> {
        usize::try_from(number).ok().and_then(|place| Self::ALL.get(place)).copied()
    }
}

impl Occurrence {
    /// For how many full months it is kept who helped whom.
    pub const PEOPLE_MONTHS: i32 = 12;

    /// When one is written in that month, of none before this it is known who helped whom.
    pub const fn people_since(month: Month) -> Month {
        month.plus(-Self::PEOPLE_MONTHS)
    }

    /// As what it counts, of which kind, and what it adds.
    pub const fn parts(&self) -> (Counted, Option<Category>, Sum) {
        let one = Sum { count: 1, ..Sum::NONE };
        match self.what {
            Occurred::Asked { category } => (Counted::Asked, Some(category), one),
            Occurred::Phoned => (Counted::Phoned, None, one),
            Occurred::Newcomer => (Counted::Newcomer, None, one),
            Occurred::Joined => (Counted::Joined, None, one),
            Occurred::Left => (Counted::Left, None, one),
            Occurred::Matched => (Counted::Matched, None, one),
            Occurred::Unmet => (Counted::Unmet, None, one),
            Occurred::Helped { category, minutes, gave, .. } => {
                (Counted::Helped, Some(category), Sum { value: minutes as u64, points: gave.get(), ..one })
            }
            Occurred::Ended => (Counted::Ended, None, one),
            Occurred::Satisfied { stars } => (Counted::Satisfied, None, Sum { value: stars, ..one }),
        }
    }
}

/// How satisfied people are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Satisfaction {
    /// How many said so.
    pub answers: u64,
    /// All their stars, 1 to 5 each.
    pub stars: u64,
}

impl Satisfaction {
    /// So many answers are counted at once, so that one alone changes no mean.
    pub const TOGETHER: u8 = 5;
    /// Of fewer answers no mean is said.
    const SAID_MIN: u64 = 10;

    /// With one answer more: what waits for further ones, and what is counted now, if it is enough.
    pub fn with(self, satisfaction: Rating) -> (Self, Option<Occurred>) {
        let stars = self.stars.saturating_add(satisfaction.get().into());
        let answers = self.answers.saturating_add(1);
        if answers < Self::TOGETHER.into() {
            (Self { answers, stars }, None)
        } else {
            (Self::default(), Some(Occurred::Satisfied { stars }))
        }
    }

    /// The mean in tenths, rounded half up; none of few.
    pub const fn mean_tenths(self) -> Option<u64> {
        if self.answers < Self::SAID_MIN {
            return None;
        }
        self.stars.saturating_mul(20).saturating_add(self.answers).checked_div(self.answers.saturating_mul(2))
    }
}

/// What several occurrences of one sort come to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Sum {
    /// How many.
    pub count: u64,
    /// Of help that was given its minutes, of satisfaction its stars; of that each counts [several](Satisfaction::TOGETHER).
    pub value: u64,
    /// Points that were given.
    pub points: u64,
}

impl Sum {
    /// Nothing.
    pub const NONE: Self = Self { count: 0, value: 0, points: 0 };

    /// Both together.
    #[must_use]
    pub const fn plus(self, other: Self) -> Self {
        Self {
            count: self.count.saturating_add(other.count),
            value: self.value.saturating_add(other.value),
            points: self.points.saturating_add(other.points),
        }
    }
}

/// How many different people took part in a month.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct People {
    /// Who were helped.
    pub helped: u64,
    /// Who helped.
    pub helping: u64,
}

/// All that happened, by month.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Tally {
    /// What happened in each month, by sort and kind of help.
    pub sums: BTreeMap<(Month, Counted, Option<Category>), Sum>,
    /// Who took part, as long as that is known.
    pub people: BTreeMap<Month, People>,
}

impl Tally {
    /// What happened of that sort in a month.
    pub fn of(&self, month: Month, counted: Counted) -> Sum {
        self.between(month, month, counted)
    }

    /// What happened of that sort from that month to that one.
    pub fn between(&self, from: Month, to: Month, counted: Counted) -> Sum {
        let within = self.sums.iter().filter(|((month, sort, _), _)| (from..=to).contains(month) && *sort == counted);
        within.fold(Sum::NONE, |sum, (_, more)| sum.plus(*more))
    }
}
