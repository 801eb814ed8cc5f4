//! When help is wanted: one stretch of one day.

use serde::{Deserialize, Serialize};

use crate::kernel::{Day, Timestamp};

/// Minutes of a day.
pub const DAY_MINUTES: u16 = 24 * 60;

/// A stretch of one day in Japan (希望の時間帯), at least [`Window::MINUTES_MIN`] long.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "(Day, u16, u16)", into = "(Day, u16, u16)")]
pub struct Window {
    day: Day,
    from_minute: u16,
    to_minute: u16,
}

/// Why day and minutes are not a window.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum WindowError {
    /// The day is outside the calendar, or a minute outside the day.
    #[error("outside the calendar or the day")]
    OutsideDay,
    /// It ends before it begins.
    #[error("ends before it begins")]
    EndBeforeStart,
    /// Shorter than [`Window::MINUTES_MIN`].
    #[error("too short")]
    Short,
}

impl Window {
    /// The shortest window, in minutes.
    pub const MINUTES_MIN: u16 = 30;
    /// 1970 to 2199: arithmetic on any such day is exact.
    const DAYS: core::ops::Range<i32> = 0..84_000;

    /// The stretch of `day` from one minute after midnight to another.
    pub fn new(day: Day, from_minute: u16, to_minute: u16) -> Result<Self, WindowError> {
        if !Self::DAYS.contains(&day.0) || from_minute >= DAY_MINUTES || to_minute > DAY_MINUTES {
            return Err(WindowError::OutsideDay);
        }
        match to_minute.checked_sub(from_minute) {
            None | Some(0) => Err(WindowError::EndBeforeStart),
            Some(minutes) if minutes < Self::MINUTES_MIN => Err(WindowError::Short),
            Some(_) => Ok(Self { day, from_minute, to_minute }),
        }
    }

    /// The day.
    pub const fn day(self) -> Day {
        self.day
    }

    /// Minutes after midnight when it begins.
    pub const fn from_minute(self) -> u16 {
        self.from_minute
    }

    /// Minutes after midnight when it ends.
    pub const fn to_minute(self) -> u16 {
        self.to_minute
    }

    /// How long it is, in minutes.
    pub const fn minutes(self) -> u16 {
        self.to_minute.saturating_sub(self.from_minute)
    }

    /// The moment it begins.
    pub const fn starts(self) -> Timestamp {
        self.day.at_minute(self.from_minute)
    }

    /// The moment it ends; it is past from then on.
    pub const fn ends(self) -> Timestamp {
        self.day.at_minute(self.to_minute)
    }
}

impl TryFrom<(Day, u16, u16)> for Window {
    type Error = WindowError;
    fn try_from((day, from, to): (Day, u16, u16)) -> Result<Self, WindowError> {
        Self::new(day, from, to)
    }
}

impl From<Window> for (Day, u16, u16) {
    fn from(window: Window) -> Self {
        (window.day, window.from_minute, window.to_minute)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bounds() {
        let day = Day(20_778);
        for (day, from, to, expected) in [
            (day, 600, 630, None),
            (day, 600, 629, Some(WindowError::Short)),
            (day, 600, 600, Some(WindowError::EndBeforeStart)),
            (day, 600, 599, Some(WindowError::EndBeforeStart)),
            (day, 0, 1440, None),
            (day, 0, 1441, Some(WindowError::OutsideDay)),
            (day, 1440, 1440, Some(WindowError::OutsideDay)),
            (Day(-1), 600, 700, Some(WindowError::OutsideDay)),
            (Day(i32::MAX), 600, 700, Some(WindowError::OutsideDay)),
        ] {
            assert_eq!(Window::new(day, from, to).err(), expected, "{day:?} {from} {to}");
        }
    }

    #[test]
    fn moments() {
        let window = Window::new(Day(20_778), 14 * 60, 15 * 60 + 30).unwrap();
        assert_eq!((window.starts().civil().hour, window.ends().civil().minute), (14, 30));
        assert_eq!(window.minutes(), 90);
    }

    #[test]
    fn the_wire_cannot_make_a_wrong_one() {
        let bytes = postcard::to_stdvec(&(Day(20_778), 700u16, 600u16)).unwrap();
        assert!(postcard::from_bytes::<Window>(&bytes).is_err());
    }
}
