//! The days on which banks in Japan are closed.
//!
//! National holidays by 国民の祝日に関する法律 as it has stood since 2022 (the years before moved some for the Games); the equinoxes by the formula that gives what the observatory
//! has announced and will announce until 2099 (they are fixed each February for the year after). Days that one law makes for one year
//! are not known here.

use serde::{Deserialize, Serialize};

use super::{Day, Weekday};

/// Why a day is a holiday (国民の祝日に関する法律 2条, 3条).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Holiday {
    /// 元日
    NewYear,
    /// 成人の日
    ComingOfAge,
    /// 建国記念の日
    Foundation,
    /// 天皇誕生日
    Emperor,
    /// 春分の日
    VernalEquinox,
    /// 昭和の日
    Showa,
    /// 憲法記念日
    Constitution,
    /// みどりの日
    Greenery,
    /// こどもの日
    Children,
    /// 海の日
    Marine,
    /// 山の日
    Mountain,
    /// 敬老の日
    Aged,
    /// 秋分の日
    AutumnalEquinox,
    /// スポーツの日
    Sports,
    /// 文化の日
    Culture,
    /// 勤労感謝の日
    Labour,
    /// 振替休日: the first day after a holiday on a Sunday that is none itself (3条2項).
    Substitute,
    /// A day between two holidays (3条3項).
    Between,
}

impl Day {
    /// Why it is a holiday, if it is one.
    pub fn holiday(self) -> Option<Holiday> {
        if let Some(named) = self.named() {
            return Some(named);
        }
        let mut before = self.plus(-1);
        while before.named().is_some() {
            if before.weekday() == Weekday::Sunday {
                return Some(Holiday::Substitute);
            }
            before = before.plus(-1);
        }
        (self.plus(-1).named().is_some() && self.plus(1).named().is_some()).then_some(Holiday::Between)
    }

    /// Whether banks are open (銀行法 15条, 銀行法施行令 5条1項).
    pub fn is_bank_day(self) -> bool {
        let (_, month, day) = self.ymd();
        let new_year = matches!((month, day), (12, 31) | (1, 1..=3));
        !new_year && !matches!(self.weekday(), Weekday::Saturday | Weekday::Sunday) && self.holiday().is_none()
    }

    /// The day itself if banks are open, or the next on which they are (翌営業日).
    pub fn bank_day_from(self) -> Self {
        let mut day = self;
        while !day.is_bank_day() {
            day = day.plus(1);
        }
        day
    }

    /// The holiday of the law's own list.
    fn named(self) -> Option<Holiday> {
        let (year, month, day) = self.ymd();
        let monday = |which: u8| self.weekday() == Weekday::Monday && day.div_ceil(7) == which;
        Some(match (month, day) {
            (1, 1) => Holiday::NewYear,
            (1, _) if monday(2) => Holiday::ComingOfAge,
            (2, 11) => Holiday::Foundation,
            (2, 23) => Holiday::Emperor,
            (3, _) if i32::from(day) == equinox(year, 20_843_100) => Holiday::VernalEquinox,
            (4, 29) => Holiday::Showa,
            (5, 3) => Holiday::Constitution,
            (5, 4) => Holiday::Greenery,
            (5, 5) => Holiday::Children,
            (7, _) if monday(3) => Holiday::Marine,
            (8, 11) => Holiday::Mountain,
            (9, _) if monday(3) => Holiday::Aged,
            (9, _) if i32::from(day) == equinox(year, 23_248_800) => Holiday::AutumnalEquinox,
            (10, _) if monday(2) => Holiday::Sports,
            (11, 3) => Holiday::Culture,
            (11, 23) => Holiday::Labour,
            _ => return None,
        })
    }
}

/// The day of the month of an equinox, whose moment in 1980 was that many millionths of a day into the month. Years 1980 to 2099.
const fn equinox(year: i32, in_1980: i32) -> i32 {
    let years = year - 1980;
    (in_1980 + 242_194 * years).div_euclid(1_000_000) - years.div_euclid(4)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Day {
        text.parse().unwrap()
    }

    /// By 内閣府「国民の祝日について」.
    #[test]
    fn the_holidays_of_a_year_are_the_announced_ones() {
        let found = |year: i32| -> Vec<String> {
            let first = Day::from_ymd(year, 1, 1).unwrap();
            let days = (0..366).map(|days| first.plus(days)).filter(|day| day.ymd().0 == year);
            days.filter(|day| day.holiday().is_some()).map(|day| day.to_string()[5..].to_owned()).collect()
        };
        assert_eq!(
            found(2026),
            [
                "01-01", "01-12", "02-11", "02-23", "03-20", "04-29", "05-03", "05-04", "05-05", "05-06", "07-20",
                "08-11", "09-21", "09-22", "09-23", "10-12", "11-03", "11-23"
            ]
        );
        assert_eq!(
            found(2027),
            [
                "01-01", "01-11", "02-11", "02-23", "03-21", "03-22", "04-29", "05-03", "05-04", "05-05", "07-19",
                "08-11", "09-20", "09-23", "10-11", "11-03", "11-23"
            ]
        );
    }

    #[test]
    fn says_why() {
        assert_eq!(day("2026-05-06").holiday(), Some(Holiday::Substitute));
        assert_eq!(day("2026-09-22").holiday(), Some(Holiday::Between));
        assert_eq!(day("2027-03-22").holiday(), Some(Holiday::Substitute));
        assert_eq!(day("2026-12-31").holiday(), None);
    }

    #[test]
    fn payments_wait_for_the_banks() {
        for (due, paid) in [
            // A Saturday at a month's end, over the turn of the year, in the Golden Week, in a week of five holidays, and a plain day.
            ("2026-01-31", "2026-02-02"),
            ("2026-12-31", "2027-01-04"),
            ("2026-05-02", "2026-05-07"),
            ("2026-09-19", "2026-09-24"),
            ("2026-11-24", "2026-11-24"),
        ] {
            assert_eq!(day(due).bank_day_from().to_string(), paid, "{due}");
        }
    }
}
