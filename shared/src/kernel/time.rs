//! Time as the town lives it: moments in milliseconds, days and hours in Japan Standard Time.

use core::fmt;

use serde::{Deserialize, Serialize};

use super::digits;

const DAY_MS: i64 = 86_400_000;
/// Japan has had one offset and no daylight saving since 1952.
const JST_MS: i64 = 9 * 3_600_000;

/// A moment: milliseconds since 1970-01-01T00:00:00Z.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Timestamp(pub i64);

/// A day of the town's calendar: days since 1970-01-01.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Day(pub i32);

/// A month of the town's calendar: months since January of the year 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Month(pub i32);

impl Month {
    /// Year, and month of the year from 1.
    pub const fn ym(self) -> (i32, u8) {
        (self.0.div_euclid(12), (self.0.rem_euclid(12) + 1) as u8)
    }

    /// Later by that many months.
    pub const fn plus(self, months: i32) -> Self {
        Self(self.0.saturating_add(months))
    }

    /// The first month of the fiscal year it is in, which begins in April (地方自治法 208条).
    pub const fn fiscal_year_from(self) -> Self {
        Self((self.0 - 3).div_euclid(12) * 12 + 3)
    }
}

/// A day of the week.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[expect(missing_docs, reason = "the names say it")]
pub enum Weekday {
    Sunday,
    Monday,
    Tuesday,
    Wednesday,
    Thursday,
    Friday,
    Saturday,
}

impl Weekday {
    /// All of them, from Monday on, as weeks are written here.
    pub const ALL: [Self; 7] =
        [Self::Monday, Self::Tuesday, Self::Wednesday, Self::Thursday, Self::Friday, Self::Saturday, Self::Sunday];

    /// The word in forms.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Sunday => "sun",
            Self::Monday => "mon",
            Self::Tuesday => "tue",
            Self::Wednesday => "wed",
            Self::Thursday => "thu",
            Self::Friday => "fri",
            Self::Saturday => "sat",
        }
    }
}

/// A moment in the parts people read, in Japan Standard Time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Civil {
    /// Year of the common era.
    pub year: i32,
    /// 1 to 12.
    pub month: u8,
    /// 1 to 31.
    pub day: u8,
    /// Day of the week.
    pub weekday: Weekday,
    /// 0 to 23.
    pub hour: u8,
    /// 0 to 59.
    pub minute: u8,
}

impl Timestamp {
    /// Later by that many seconds.
    pub const fn plus_seconds(self, seconds: i64) -> Self {
        Self(self.0.saturating_add(seconds.saturating_mul(1000)))
    }

    /// Whole seconds since the epoch, rounded down.
    pub const fn seconds(self) -> i64 {
        self.0.div_euclid(1000)
    }

    /// The day in Japan.
    pub const fn day(self) -> Day {
        Day((self.0 + JST_MS).div_euclid(DAY_MS) as i32)
    }

    /// The month in Japan.
    pub const fn month(self) -> Month {
        let (year, month, _) = self.day().ymd();
        Month(year * 12 + month as i32 - 1)
    }

    /// The parts in Japan.
    pub fn civil(self) -> Civil {
        let minute_of_day = (self.0 + JST_MS).rem_euclid(DAY_MS) / 60_000;
        let (year, month, day) = self.day().ymd();
        Civil {
            year,
            month,
            day,
            weekday: self.day().weekday(),
            hour: (minute_of_day / 60) as u8,
            minute: (minute_of_day % 60) as u8,
        }
    }
}

/// Not a date: most likely a slip.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a date")]
pub struct DayError;

impl Day {
    /// As people write it: `2026-11-21`, also `2026/11/21`, `2026年11月21日` and all of it full-width.
    pub fn written(text: &str) -> Result<Self, DayError> {
        let text = text.trim();
        let text = text.strip_suffix('日').unwrap_or(text);
        let mut parts = text.split(['-', '/', '.', '－', '／', '．', 'ー', '−', '年', '月']);
        let (Some(year), Some(month), Some(day), None) = (parts.next(), parts.next(), parts.next(), parts.next())
        else {
            return Err(DayError);
        };
        let small = |text| digits(text, 2).and_then(|value| u8::try_from(value).ok());
        let ((year, month), day) = digits(year, 4).zip(small(month)).zip(small(day)).ok_or(DayError)?;
        Self::from_ymd(year.into(), month, day).ok_or(DayError)
    }

    /// The day of that date, if the date exists. Proleptic Gregorian, years 1900 to 2200.
    pub fn from_ymd(year: i32, month: u8, day: u8) -> Option<Self> {
        if !(1900..=2200).contains(&year) || !(1..=12).contains(&month) || day == 0 {
            return None;
        }
        // Days from civil, after Howard Hinnant: years start in March so that the leap day is last.
        let shifted = if month <= 2 { year - 1 } else { year };
        let era = shifted.div_euclid(400);
        let year_of_era = shifted - era * 400;
        let month_from_march = (i32::from(month) + 9) % 12;
        let day_of_year = (153 * month_from_march + 2) / 5 + i32::from(day) - 1;
        let day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
        let found = Self(era * 146_097 + day_of_era - 719_468);
        // A day past the month's end rolls over; only an existing date comes back as itself.
        (found.ymd() == (year, month, day)).then_some(found)
    }

    /// Year, month and day of the month.
    pub const fn ymd(self) -> (i32, u8, u8) {
        let shifted = self.0 + 719_468;
        let era = shifted.div_euclid(146_097);
        let day_of_era = shifted - era * 146_097;
        let year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
        let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
        let month_from_march = (5 * day_of_year + 2) / 153;
        let day = (day_of_year - (153 * month_from_march + 2) / 5 + 1) as u8;
        let month = if month_from_march < 10 { month_from_march + 3 } else { month_from_march - 9 } as u8;
        let year = year_of_era + era * 400 + if month <= 2 { 1 } else { 0 };
        (year, month, day)
    }

    /// The moment that many minutes after midnight in Japan.
    pub const fn at_minute(self, minute: u16) -> Timestamp {
        Timestamp(self.0 as i64 * DAY_MS - JST_MS + minute as i64 * 60_000)
    }

    /// The day of the week.
    pub const fn weekday(self) -> Weekday {
        match (self.0 + 4).rem_euclid(7) {
            0 => Weekday::Sunday,
            1 => Weekday::Monday,
            2 => Weekday::Tuesday,
            3 => Weekday::Wednesday,
            4 => Weekday::Thursday,
            5 => Weekday::Friday,
            _ => Weekday::Saturday,
        }
    }

    /// Later by that many days.
    pub const fn plus(self, days: i32) -> Self {
        Self(self.0.saturating_add(days))
    }
}

impl fmt::Display for Day {
    /// `2026-11-21`, as `<input type="date">` wants it.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (year, month, day) = self.ymd();
        write!(f, "{year:04}-{month:02}-{day:02}")
    }
}

impl core::str::FromStr for Day {
    type Err = super::IdError;
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let mut parts = text.split('-');
        let (Some(year), Some(month), Some(day), None) = (parts.next(), parts.next(), parts.next(), parts.next())
        else {
            return Err(super::IdError);
        };
        let number = |part: &str, length: usize| {
            (part.len() == length && part.bytes().all(|b| b.is_ascii_digit()))
                .then(|| part.parse::<u16>().ok())
                .flatten()
        };
        let (Some(year), Some(month), Some(day)) = (number(year, 4), number(month, 2), number(day, 2)) else {
            return Err(super::IdError);
        };
        Self::from_ymd(i32::from(year), month as u8, day as u8).ok_or(super::IdError)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn known_days() {
        for (text, number, weekday) in [
            ("1970-01-01", 0, Weekday::Thursday),
            ("2000-02-29", 11_016, Weekday::Tuesday),
            ("2026-11-21", 20_778, Weekday::Saturday),
            ("2028-02-29", 21_243, Weekday::Tuesday),
        ] {
            let day: Day = text.parse().unwrap();
            assert_eq!(day, Day(number), "{text}");
            assert_eq!(day.to_string(), text);
            assert_eq!(day.weekday(), weekday, "{text}");
        }
    }

    #[test]
    fn months_and_fiscal_years() {
        let month = |text: &str| text.parse::<Day>().map(|day| day.at_minute(0).month());
        assert_eq!(month("2026-11-30").unwrap().ym(), (2026, 11));
        assert_eq!(month("2026-12-01").unwrap(), month("2026-11-30").unwrap().plus(1));
        assert_eq!("2027-01-01".parse::<Day>().unwrap().at_minute(0).plus_seconds(-1).month().ym(), (2026, 12));
        for (day, begins) in [("2026-04-01", (2026, 4)), ("2027-03-31", (2026, 4)), ("2026-03-31", (2025, 4))] {
            assert_eq!(month(day).unwrap().fiscal_year_from().ym(), begins, "{day}");
        }
    }

    #[test]
    fn dates_that_do_not_exist() {
        for text in [
            "2026-02-29",
            "2026-13-01",
            "2026-00-10",
            "2026-04-31",
            "1800-01-01",
            "26-1-1",
            "2026-1-1",
            "x",
            "2026-11-21-",
        ] {
            assert!(text.parse::<Day>().is_err(), "{text}");
        }
    }

    #[test]
    fn every_day_of_three_centuries_comes_back() {
        let mut day = Day::from_ymd(1900, 1, 1).unwrap();
        while day < Day::from_ymd(2200, 12, 31).unwrap() {
            let (year, month, date) = day.ymd();
            assert_eq!(Day::from_ymd(year, month, date), Some(day));
            day = day.plus(1);
        }
    }

    #[test]
    fn midnight_in_japan() {
        let midnight = Day::from_ymd(2026, 4, 1).unwrap().at_minute(0);
        assert_eq!(Timestamp(midnight.0 - 1).civil().day, 31);
        let civil = midnight.civil();
        assert_eq!((civil.year, civil.month, civil.day, civil.hour, civil.minute), (2026, 4, 1, 0, 0));
        assert_eq!(midnight.plus_seconds(14 * 3600 + 1800).civil().minute, 30);
    }
}
