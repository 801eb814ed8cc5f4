//! When somebody has time: stretches of a day, and a week of such days.

use serde::{Deserialize, Serialize};

use crate::cohelp::types::DAY_MINUTES;
use crate::kernel::Weekday;

/// A stretch of a day (時間帯) from one minute after midnight up to another.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "(u16, u16)", into = "(u16, u16)")]
pub struct Stretch {
    from_minute: u16,
    to_minute: u16,
}

/// Why minutes are no stretch, or stretches no day's hours.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum StretchError {
    /// It ends before it begins, or after the day.
    #[error("not a stretch of a day")]
    NotAStretch,
    /// More than [`Hours::STRETCHES_MAX`].
    #[error("too many stretches")]
    TooMany,
}

impl Stretch {
    /// From one minute after midnight up to another.
    pub const fn new(from_minute: u16, to_minute: u16) -> Result<Self, StretchError> {
        if from_minute < to_minute && to_minute <= DAY_MINUTES {
            Ok(Self { from_minute, to_minute })
        } else {
            Err(StretchError::NotAStretch)
        }
    }

    /// Minutes after midnight when it begins.
    pub const fn from_minute(self) -> u16 {
        self.from_minute
    }

    /// Minutes after midnight when it is over.
    pub const fn to_minute(self) -> u16 {
        self.to_minute
    }

    /// How long it is, in minutes; at least one.
    pub const fn minutes(self) -> u16 {
        self.to_minute.saturating_sub(self.from_minute)
    }

    /// What both have in common.
    pub fn common(self, other: Self) -> Option<Self> {
        Self::new(self.from_minute.max(other.from_minute), self.to_minute.min(other.to_minute)).ok()
    }

    /// The same with so many minutes before and after, as far as the day goes.
    pub fn widened(self, minutes: u16) -> Self {
        let to_minute = self.to_minute.saturating_add(minutes).min(DAY_MINUTES);
        Self { from_minute: self.from_minute.saturating_sub(minutes), to_minute }
    }

    /// The first stretch of so many minutes in it that keeps clear of what is taken. `taken` begins in order.
    pub(super) fn first_free(self, taken: &[Self], minutes: u16) -> Option<Self> {
        let mut from = self.from_minute;
        for busy in taken {
            if busy.from_minute >= from.saturating_add(minutes) {
                break;
            }
            from = from.max(busy.to_minute);
        }
        Self::new(from, from.saturating_add(minutes)).ok().filter(|found| found.to_minute <= self.to_minute)
    }
}

impl TryFrom<(u16, u16)> for Stretch {
    type Error = StretchError;
    fn try_from((from_minute, to_minute): (u16, u16)) -> Result<Self, StretchError> {
        Self::new(from_minute, to_minute)
    }
}

impl From<Stretch> for (u16, u16) {
    fn from(stretch: Stretch) -> Self {
        (stretch.from_minute, stretch.to_minute)
    }
}

/// When somebody has time on a day: a few stretches in order, which neither touch nor overlap. None: not on that day.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(try_from = "Vec<Stretch>", into = "Vec<Stretch>")]
pub struct Hours(Vec<Stretch>);

impl Hours {
    /// The most stretches of one day.
    pub const STRETCHES_MAX: usize = 4;

    /// These stretches in any order; what touches or overlaps becomes one.
    pub fn new(stretches: impl IntoIterator<Item = Stretch>) -> Result<Self, StretchError> {
        let mut sorted: Vec<Stretch> = stretches.into_iter().collect();
        sorted.sort_unstable();
        let mut merged: Vec<Stretch> = Vec::new();
        for next in sorted {
            match merged.last_mut() {
                Some(last) if next.from_minute <= last.to_minute => last.to_minute = last.to_minute.max(next.to_minute),
                _ => merged.push(next),
            }
        }
        if merged.len() > Self::STRETCHES_MAX { Err(StretchError::TooMany) } else { Ok(Self(merged)) }
    }

    /// The stretches in order.
    pub fn iter(&self) -> impl Iterator<Item = Stretch> + Clone {
        self.0.iter().copied()
    }
}

impl TryFrom<Vec<Stretch>> for Hours {
    type Error = StretchError;
    fn try_from(stretches: Vec<Stretch>) -> Result<Self, StretchError> {
        Self::new(stretches)
    }
}

impl From<Hours> for Vec<Stretch> {
    fn from(hours: Hours) -> Self {
        hours.0
    }
}

/// When somebody has time in a usual week (曜日ごとの時間帯).
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[expect(missing_docs, reason = "the names say it")]
pub struct Week {
    pub sunday: Hours,
    pub monday: Hours,
    pub tuesday: Hours,
    pub wednesday: Hours,
    pub thursday: Hours,
    pub friday: Hours,
    pub saturday: Hours,
}

impl Week {
    /// The hours of that day of the week.
    pub const fn on(&self, weekday: Weekday) -> &Hours {
        match weekday {
            Weekday::Sunday => &self.sunday,
            Weekday::Monday => &self.monday,
            Weekday::Tuesday => &self.tuesday,
            Weekday::Wednesday => &self.wednesday,
            Weekday::Thursday => &self.thursday,
            Weekday::Friday => &self.friday,
            Weekday::Saturday => &self.saturday,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stretch(from: u16, to: u16) -> Stretch {
        Stretch::new(from, to).unwrap()
    }

    #[test]
    fn what_touches_becomes_one() {
        let hours = Hours::new([stretch(600, 700), stretch(500, 550), stretch(550, 560), stretch(690, 720)]).unwrap();
        assert_eq!(hours.iter().collect::<Vec<_>>(), [stretch(500, 560), stretch(600, 720)]);
        let scattered = (0..5).map(|n| stretch(n * 100, n * 100 + 50));
        assert_eq!(Hours::new(scattered), Err(StretchError::TooMany));
        for (from, to) in [(600, 600), (700, 600), (0, 1441)] {
            assert_eq!(Stretch::new(from, to), Err(StretchError::NotAStretch));
        }
    }

    #[test]
    fn the_first_free_stretch() {
        let taken = [stretch(540, 600), stretch(570, 580), stretch(660, 720)];
        for (room, minutes, expected) in [
            ((480, 720), 60, Some((480, 540))),
            ((480, 720), 61, None),
            ((500, 720), 60, Some((600, 660))),
            ((500, 900), 61, Some((720, 781))),
            ((700, 760), 40, Some((720, 760))),
            ((700, 760), 41, None),
            ((0, 60), 60, Some((0, 60))),
            ((1400, 1440), u16::MAX, None),
        ] {
            let found = stretch(room.0, room.1).first_free(&taken, minutes).map(<(u16, u16)>::from);
            assert_eq!(found, expected, "{room:?} {minutes}");
        }
    }

    #[test]
    fn widened_as_far_as_the_day_goes() {
        assert_eq!(stretch(10, 20).widened(15), stretch(0, 35));
        assert_eq!(stretch(10, 1430).widened(u16::MAX), stretch(0, 1440));
    }
}
