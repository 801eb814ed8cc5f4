//! Value in lots (ロット): where it came from, what it may be used for, and until when.
//!
//! A lot is its terms and nothing else: points of the same origin, use, day of issue and last day are the same
//! lot whoever has them, so that they join again when they meet and an account has few. A lot is never changed;
//! points keep theirs as they go from one person to another, so nothing lives longer than it was issued for
//! (資金決済法: value that could be carried over would not end within six months).

use serde::{Deserialize, Serialize};

use crate::kernel::{Day, Points, Timestamp};

/// Where value came from (由来). Variants are only appended: the number is stored.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[repr(u8)]
pub enum Origin {
    /// Given for nothing (無償).
    Granted = 0,
    /// Paid for (有償).
    Paid = 1,
}

impl Origin {
    /// Every origin, at the index of its number.
    pub const ALL: [Self; 2] = [Self::Granted, Self::Paid];

    /// The word in exports.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Granted => "granted",
            Self::Paid => "paid",
        }
    }
}

/// What value may be used for (用途): anything, or what the municipality means by that number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Usage(pub u8);

impl Usage {
    /// Anything, other people included. Every other use is bound: such value goes to no other person.
    pub const ANY: Self = Self(0);
}

/// A lot. Ordered as lots are spent: soonest to end first, then the oldest, and what was granted before what was paid for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Lot {
    /// The last day it can be spent on.
    pub last_day: Day,
    /// The day it was issued on: when it was booked.
    pub issued: Day,
    /// What it may be used for.
    pub usage: Usage,
    /// Where it came from.
    pub origin: Origin,
}

impl Lot {
    /// Whether it can still be spent at that moment.
    pub fn lives_at(&self, at: Timestamp) -> bool {
        at.day() <= self.last_day
    }

    /// Whether it can be spent at every moment before that one.
    pub fn outlives(&self, until: Timestamp) -> bool {
        self.lives_at(Timestamp(until.0.saturating_sub(1)))
    }
}

/// On what terms value is issued (付与の条件).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Terms {
    /// Where it comes from.
    pub origin: Origin,
    /// What it may be used for.
    pub usage: Usage,
    /// How many days after the day of issue it can still be spent.
    pub valid_days: u16,
}

impl Terms {
    /// The lot issued at that moment.
    pub fn lot(self, at: Timestamp) -> Lot {
        let Self { origin, usage, valid_days } = self;
        let issued = at.day();
        Lot { last_day: issued.plus(valid_days.into()), issued, usage, origin }
    }
}

/// Points of one lot.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Portion {
    /// Which.
    pub lot: Lot,
    /// How many, at least one.
    pub amount: Points,
}

/// What an account has of a lot.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Holding {
    /// Which.
    pub lot: Lot,
    /// How many, at least one.
    pub posted: Points,
    /// How many of them are set aside.
    pub held: Points,
}

impl Holding {
    /// How many are not set aside.
    pub fn free(&self) -> Points {
        self.posted.minus(self.held).unwrap_or(Points::ZERO)
    }
}

/// The sum of some portions; none if it is beyond [`Points::MAX`].
pub fn total(portions: &[Portion]) -> Option<Points> {
    portions.iter().try_fold(Points::ZERO, |sum, portion| sum.plus(portion.amount))
}

/// The first `amount` of the portions in their order, and what is left behind them. None if they are fewer.
pub fn take(portions: &[Portion], amount: Points) -> Option<(Vec<Portion>, Vec<Portion>)> {
    let (mut taken, mut left) = (Vec::new(), Vec::new());
    let mut wanted = amount;
    for &Portion { lot, amount } in portions {
        let now = amount.min(wanted);
        let later = amount.minus(now)?;
        wanted = wanted.minus(now)?;
        for (to, amount) in [(&mut taken, now), (&mut left, later)] {
            if !amount.is_zero() {
                to.push(Portion { lot, amount });
            }
        }
    }
    wanted.is_zero().then_some((taken, left))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lot(last_day: i32, issued: i32, origin: Origin) -> Lot {
        Lot { last_day: Day(last_day), issued: Day(issued), usage: Usage::ANY, origin }
    }

    fn portions(amounts: &[(i32, u64)]) -> Vec<Portion> {
        let portion =
            |&(day, amount)| Portion { lot: lot(day, 0, Origin::Granted), amount: Points::new(amount).unwrap() };
        amounts.iter().map(portion).collect()
    }

    #[test]
    fn the_order_of_spending() {
        let order = [
            lot(1, 9, Origin::Paid),
            lot(2, 1, Origin::Paid),
            lot(2, 2, Origin::Granted),
            lot(2, 2, Origin::Paid),
            lot(3, 0, Origin::Granted),
        ];
        assert!(order.is_sorted());
    }

    #[test]
    fn a_lot_ends_with_its_last_day_in_japan() {
        let last_day = "2028-02-29".parse::<Day>().unwrap();
        let lot = lot(last_day.0, 0, Origin::Granted);
        let end = last_day.plus(1).at_minute(0);
        assert_eq!(end, "2028-03-01".parse::<Day>().unwrap().at_minute(0));
        assert!(lot.lives_at(Timestamp(end.0 - 1)) && !lot.lives_at(end));
        assert!(lot.outlives(end) && !lot.outlives(Timestamp(end.0 + 1)));
    }

    #[test]
    fn terms_count_days_from_the_day_of_issue() {
        for (at, valid_days, last_day) in [
            ("2027-03-31", 0, "2027-03-31"),
            ("2027-03-31", 1, "2027-04-01"),
            ("2028-02-28", 1, "2028-02-29"),
            ("2027-02-28", 1, "2027-03-01"),
            ("2026-11-21", 180, "2027-05-20"),
            ("2026-11-21", 365, "2027-11-21"),
        ] {
            let terms = Terms { origin: Origin::Granted, usage: Usage::ANY, valid_days };
            let issued = at.parse::<Day>().unwrap();
            for moment in [issued.at_minute(0), issued.at_minute(1439)] {
                let lot = terms.lot(moment);
                assert_eq!((lot.issued, lot.last_day.to_string().as_str()), (issued, last_day), "{at}");
            }
        }
    }

    #[test]
    fn taking_is_exact() {
        let all = portions(&[(1, 3), (2, 4), (3, 5)]);
        for amount in 0..=12 {
            let (taken, left) = take(&all, Points::new(amount).unwrap()).unwrap();
            assert_eq!(total(&taken).map(Points::get), Some(amount));
            assert_eq!(total(&left).map(Points::get), Some(12 - amount));
            assert!(taken.iter().chain(&left).all(|portion| !portion.amount.is_zero()));
        }
        assert_eq!(take(&all, Points::new(7).unwrap()), Some((portions(&[(1, 3), (2, 4)]), portions(&[(3, 5)]))));
        assert_eq!(take(&all, Points::new(13).unwrap()), None);
        assert_eq!(take(&[], Points::ZERO), Some((vec![], vec![])));
    }
}
