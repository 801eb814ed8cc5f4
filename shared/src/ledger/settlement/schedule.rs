//! When what shops took is paid out: 「1日から15日までの分は月末、16日から月末までの分は翌月15日、銀行休業日なら翌営業日」.

use serde::{Deserialize, Serialize};

use crate::kernel::{Day, Month};

/// A day of a month, or its last.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Due {
    /// That day, 1 to 28: a day that every month has.
    Day(u8),
    /// The last day of the month (月末).
    Last,
}

/// A part of each month and when it is paid.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CutOff {
    /// The last day that belongs to it (締め日).
    pub closes: Due,
    /// How many months later it is paid.
    pub months: u8,
    /// On which day of that month (支払日). If banks are closed, on the next on which they are open.
    pub pays: Due,
}

/// What is not a schedule.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
pub enum ScheduleError {
    /// Less than one part of the month, or more than four.
    #[error("a month has one to four parts")]
    Parts,
    /// A day before the first or after the 28th.
    #[error("days are 1 to 28, or the last")]
    Day,
    /// The parts are not in order, or the last does not close with the month.
    #[error("parts are in order and the last one closes with the month")]
    Order,
    /// A part would be paid before it closes, or more than three months later.
    #[error("a part is paid after it closes, within three months")]
    Pays,
}

/// The days on which a town pays its shops.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "Vec<CutOff>", into = "Vec<CutOff>")]
pub struct Schedule(Vec<CutOff>);

/// A part of one month, with the days it is made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Period {
    /// The first day.
    pub from: Day,
    /// The last day.
    pub through: Day,
    /// The bank day on which it is paid.
    pub paid_on: Day,
}

/// Between closing and paying there has to be time for a run and its approval.
const MONTHS_MAX: u8 = 3;

impl Schedule {
    /// 1st to 15th at the end of the month, the rest on the 15th of the next.
    pub fn usual() -> Self {
        let first = CutOff { closes: Due::Day(15), months: 0, pays: Due::Last };
        Self(vec![first, CutOff { closes: Due::Last, months: 1, pays: Due::Day(15) }])
    }

    /// The part of a month that the day is in.
    pub fn period_of(&self, day: Day) -> Period {
        let month = month_of(day);
        let mut from = first_of(month);
        for part in &self.0 {
            let through = part.closes.in_month(month);
            if day <= through {
                let due = part.pays.in_month(month.plus(part.months.into()));
                return Period { from, through, paid_on: due.bank_day_from() };
            }
            from = through.plus(1);
        }
        // The last part closes with the month.
        let through = Due::Last.in_month(month);
        Period { from, through, paid_on: through.plus(1).bank_day_from() }
    }

    /// The last part that has closed before that day.
    pub fn closed_before(&self, day: Day) -> Period {
        self.period_of(self.period_of(day).from.plus(-1))
    }
}

impl TryFrom<Vec<CutOff>> for Schedule {
    type Error = ScheduleError;

    fn try_from(parts: Vec<CutOff>) -> Result<Self, ScheduleError> {
        if !(1..=4).contains(&parts.len()) {
            return Err(ScheduleError::Parts);
        }
        if parts.iter().any(|part| !part.closes.is_of_every_month() || !part.pays.is_of_every_month()) {
            return Err(ScheduleError::Day);
        }
        let in_order =
            parts.windows(2).all(|two| matches!(two, [one, next] if one.closes.place() < next.closes.place()));
        if !in_order || parts.last().is_none_or(|last| last.closes != Due::Last) {
            return Err(ScheduleError::Order);
        }
        let late = |part: &CutOff| part.months > 0 || part.pays.place() > part.closes.place();
        if !parts.iter().all(|part| late(part) && part.months <= MONTHS_MAX) {
            return Err(ScheduleError::Pays);
        }
        Ok(Self(parts))
    }
}

impl From<Schedule> for Vec<CutOff> {
    fn from(schedule: Schedule) -> Self {
        schedule.0
    }
}

impl Due {
    fn in_month(self, month: Month) -> Day {
        match self {
            Self::Day(day) => first_of(month).plus(i32::from(day).saturating_sub(1)),
            Self::Last => first_of(month.plus(1)).plus(-1),
        }
    }

    const fn place(self) -> u8 {
        match self {
            Self::Day(day) => day,
            Self::Last => 31,
        }
    }

    const fn is_of_every_month(self) -> bool {
        matches!(self, Self::Day(1..=28) | Self::Last)
    }
}

fn month_of(day: Day) -> Month {
    day.at_minute(0).month()
}

fn first_of(month: Month) -> Day {
    let (year, month) = month.ym();
    // Beyond the years a `Day` is made for there is nothing to pay.
    Day::from_ymd(year, month, 1).unwrap_or(Day(i32::MAX))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Day {
        text.parse().unwrap()
    }

    fn period(schedule: &Schedule, text: &str) -> [String; 3] {
        let Period { from, through, paid_on } = schedule.period_of(day(text));
        [from, through, paid_on].map(|day| day.to_string())
    }

    #[test]
    fn halves_of_a_month() {
        let usual = Schedule::usual();
        for (text, expected) in [
            ("2026-11-01", ["2026-11-01", "2026-11-15", "2026-11-30"]),
            ("2026-11-15", ["2026-11-01", "2026-11-15", "2026-11-30"]),
            ("2026-11-16", ["2026-11-16", "2026-11-30", "2026-12-15"]),
            // The month ends on a Saturday; a leap year; over the turn of the year; the 15th is a Sunday.
            ("2026-10-03", ["2026-10-01", "2026-10-15", "2026-11-02"]),
            ("2028-02-20", ["2028-02-16", "2028-02-29", "2028-03-15"]),
            ("2026-12-10", ["2026-12-01", "2026-12-15", "2027-01-04"]),
            ("2026-12-31", ["2026-12-16", "2026-12-31", "2027-01-15"]),
            ("2026-10-31", ["2026-10-16", "2026-10-31", "2026-11-16"]),
        ] {
            assert_eq!(period(&usual, text), expected, "{text}");
        }
        assert_eq!(usual.closed_before(day("2026-11-24")), usual.period_of(day("2026-11-15")));
        assert_eq!(usual.closed_before(day("2026-11-01")), usual.period_of(day("2026-10-31")));
    }

    #[test]
    fn every_day_is_in_one_period_and_is_paid_after_it() {
        let part = |closes, months, pays| CutOff { closes, months, pays };
        let tens =
            [part(Due::Day(10), 0, Due::Day(20)), part(Due::Day(20), 0, Due::Last), part(Due::Last, 1, Due::Day(10))];
        let monthly = [part(Due::Last, 2, Due::Day(28))];
        for schedule in [Schedule::usual(), tens.to_vec().try_into().unwrap(), monthly.to_vec().try_into().unwrap()] {
            let mut period = schedule.period_of(day("2025-12-31"));
            for days in 0..1500 {
                let day = day("2026-01-01").plus(days);
                let found = schedule.period_of(day);
                assert!(found.from <= day && day <= found.through, "{day}");
                assert!(found == period || found.from == period.through.plus(1), "{day}");
                assert!(found.through < found.paid_on && found.paid_on.is_bank_day(), "{day}");
                period = found;
            }
        }
    }

    #[test]
    fn what_is_not_a_schedule() {
        let part = |closes, months, pays| CutOff { closes, months, pays };
        let last = part(Due::Last, 1, Due::Last);
        for (parts, error) in [
            (vec![], ScheduleError::Parts),
            (vec![last; 5], ScheduleError::Parts),
            (vec![part(Due::Day(0), 0, Due::Last), last], ScheduleError::Day),
            (vec![part(Due::Last, 1, Due::Day(29))], ScheduleError::Day),
            (vec![part(Due::Day(15), 0, Due::Last)], ScheduleError::Order),
            (vec![last, last], ScheduleError::Order),
            (vec![part(Due::Day(20), 0, Due::Last), part(Due::Day(10), 0, Due::Last), last], ScheduleError::Order),
            (vec![part(Due::Day(15), 0, Due::Day(15)), last], ScheduleError::Pays),
            (vec![part(Due::Last, 0, Due::Last)], ScheduleError::Pays),
            (vec![part(Due::Last, 4, Due::Last)], ScheduleError::Pays),
        ] {
            assert_eq!(Schedule::try_from(parts.clone()), Err(error), "{parts:?}");
        }
    }
}
