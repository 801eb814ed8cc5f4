//! Dates, hours, amounts and ages as people read them. Times are Japan Standard Time.

use shared::kernel::{Day, Locale, Month, Points, Timestamp, Weekday};

use super::{Composer, Phrase, texts};

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// The English name of a month, from 1.
fn month_name(month: u8) -> &'static str {
    MONTHS.get(usize::from(month).saturating_sub(1)).copied().unwrap_or_default()
}

/// Days of the month with a name of their own; the others are number and にち.
const DAY_NAMES: [(u8, &str); 13] = [
    (1, "ついたち"),
    (2, "ふつか"),
    (3, "みっか"),
    (4, "よっか"),
    (5, "いつか"),
    (6, "むいか"),
    (7, "なのか"),
    (8, "ようか"),
    (9, "ここのか"),
    (10, "とおか"),
    (14, "じゅうよっか"),
    (20, "はつか"),
    (24, "にじゅうよっか"),
];

/// A day with its weekday: `2026年11月21日（土）`, `Sat 21 November 2026`.
pub fn day(locale: Locale, day: Day) -> Phrase {
    let mut out = Composer::new();
    let (year, _, _) = day.ymd();
    match locale {
        Locale::Ja => out.given(&format!("{year}年")),
        Locale::JaEasy => {
            out.given(&year.to_string());
            out.text("\u{FDD0}年\u{FDD1}ねん\u{FDD2}");
        }
        Locale::En => {}
    }
    push_month_and_day(&mut out, locale, day);
    if locale == Locale::En {
        out.given(&format!(" {year}"));
    }
    out.finish()
}

/// A day of this year, with its weekday: `11月21日（土）`, `Sat 21 November`.
pub fn day_short(locale: Locale, day: Day) -> Phrase {
    let mut out = Composer::new();
    push_month_and_day(&mut out, locale, day);
    out.finish()
}

fn push_month_and_day(out: &mut Composer, locale: Locale, day: Day) {
    let (_, month, date) = day.ymd();
    let weekday = day.weekday();
    match locale {
        Locale::Ja => out.given(&format!("{month}月{date}日（{}）", weekday_ja(weekday))),
        Locale::JaEasy => {
            out.given(&month.to_string());
            out.text("\u{FDD0}月\u{FDD1}がつ\u{FDD2}");
            match DAY_NAMES.iter().find(|(known, _)| *known == date) {
                Some((_, name)) => {
                    out.text("\u{FDD0}");
                    out.given(&format!("{date}日"));
                    out.text("\u{FDD1}");
                    out.text(name);
                    out.text("\u{FDD2}");
                }
                None => {
                    out.given(&date.to_string());
                    out.text("\u{FDD0}日\u{FDD1}にち\u{FDD2}");
                }
            }
            out.text("（");
            out.text(weekday_easy(weekday));
            out.text("）");
        }
        Locale::En => {
            let name = month_name(month);
            out.given(&format!("{} {date} {name}", weekday_en(weekday)));
        }
    }
}

/// A day of the week by itself: 月, 月曜日《げつようび》, Mon.
pub fn weekday(locale: Locale, weekday: Weekday) -> Phrase {
    let mut out = Composer::new();
    out.text(match locale {
        Locale::Ja => weekday_ja(weekday),
        Locale::JaEasy => weekday_easy(weekday),
        Locale::En => weekday_en(weekday),
    });
    out.finish()
}

const fn weekday_ja(weekday: Weekday) -> &'static str {
    match weekday {
        Weekday::Sunday => "日",
        Weekday::Monday => "月",
        Weekday::Tuesday => "火",
        Weekday::Wednesday => "水",
        Weekday::Thursday => "木",
        Weekday::Friday => "金",
        Weekday::Saturday => "土",
    }
}

const fn weekday_easy(weekday: Weekday) -> &'static str {
    match weekday {
        Weekday::Sunday => "\u{FDD0}日曜日\u{FDD1}にちようび\u{FDD2}",
        Weekday::Monday => "\u{FDD0}月曜日\u{FDD1}げつようび\u{FDD2}",
        Weekday::Tuesday => "\u{FDD0}火曜日\u{FDD1}かようび\u{FDD2}",
        Weekday::Wednesday => "\u{FDD0}水曜日\u{FDD1}すいようび\u{FDD2}",
        Weekday::Thursday => "\u{FDD0}木曜日\u{FDD1}もくようび\u{FDD2}",
        Weekday::Friday => "\u{FDD0}金曜日\u{FDD1}きんようび\u{FDD2}",
        Weekday::Saturday => "\u{FDD0}土曜日\u{FDD1}どようび\u{FDD2}",
    }
}

const fn weekday_en(weekday: Weekday) -> &'static str {
    match weekday {
        Weekday::Sunday => "Sun",
        Weekday::Monday => "Mon",
        Weekday::Tuesday => "Tue",
        Weekday::Wednesday => "Wed",
        Weekday::Thursday => "Thu",
        Weekday::Friday => "Fri",
        Weekday::Saturday => "Sat",
    }
}

/// An hour of the day from minutes after midnight: `14:00`.
pub fn hour(minute_of_day: u16) -> String {
    format!("{}:{:02}", minute_of_day / 60, minute_of_day % 60)
}

/// A month: `2026年11月`, `November 2026`.
pub fn month(locale: Locale, month: Month) -> Phrase {
    let mut out = Composer::new();
    let (year, number) = month.ym();
    match locale {
        Locale::Ja => out.given(&format!("{year}年{number}月")),
        Locale::JaEasy => {
            out.given(&year.to_string());
            out.text("\u{FDD0}年\u{FDD1}ねん\u{FDD2}");
            out.given(&number.to_string());
            out.text("\u{FDD0}月\u{FDD1}がつ\u{FDD2}");
        }
        Locale::En => out.given(&format!("{} {year}", month_name(number))),
    }
    out.finish()
}

/// A moment: `2026年11月21日（土） 14:00`, `Sat 21 November 2026, 14:00`.
pub fn moment(locale: Locale, at: Timestamp) -> Phrase {
    day(locale, at.day()).then(&time(locale, at))
}

/// A moment of the last months: `11月21日（土） 14:00`, `Sat 21 November, 14:00`.
pub fn moment_short(locale: Locale, at: Timestamp) -> Phrase {
    day_short(locale, at.day()).then(&time(locale, at))
}

/// The time of day, behind a day.
fn time(locale: Locale, at: Timestamp) -> Phrase {
    let civil = at.civil();
    let blank = if locale == Locale::En { ", " } else { " " };
    Phrase::given(format!("{blank}{}", hour(u16::from(civil.hour) * 60 + u16::from(civil.minute))))
}

/// A window of time on one day: `11月21日（土） 14:00〜16:00`, `Sat 21 November, 14:00–16:00`.
pub fn window(locale: Locale, on: Day, from_minute: u16, to_minute: u16) -> Phrase {
    let (blank, dash) = if locale == Locale::En { (", ", '–') } else { (" ", '〜') };
    let hours = format!("{blank}{}{dash}{}", hour(from_minute), hour(to_minute));
    day_short(locale, on).then(&Phrase::given(hours))
}

/// An amount with its unit: `1,200ポイント`, `1,200 points`.
pub fn points(locale: Locale, amount: Points) -> Phrase {
    let unit = match (locale, amount.get()) {
        (Locale::Ja | Locale::JaEasy, _) => "ポイント",
        (Locale::En, 1) => " point",
        (Locale::En, _) => " points",
    };
    Phrase::given(format!("{amount}{unit}"))
}

/// A stretch of time in minutes: `1時間30分`, `1 hour 30 minutes`.
pub fn duration(locale: Locale, minutes: u16) -> Phrase {
    let mut out = Composer::new();
    let (hours, rest) = (minutes / 60, minutes % 60);
    let (hour_unit, minute_unit) = match locale {
        Locale::Ja => ("時間", "分"),
        Locale::JaEasy => ("\u{FDD0}時間\u{FDD1}じかん\u{FDD2}", "\u{FDD0}分\u{FDD1}ふん\u{FDD2}"),
        Locale::En => (if hours == 1 { " hour" } else { " hours" }, if rest == 1 { " minute" } else { " minutes" }),
    };
    if hours > 0 {
        out.given(&hours.to_string());
        out.text(hour_unit);
    }
    if hours > 0 && rest > 0 && locale == Locale::En {
        out.text(" ");
    }
    if rest > 0 || hours == 0 {
        out.given(&rest.to_string());
        out.text(minute_unit);
    }
    out.finish()
}

/// An age on a day: in months below one year, years and months below three, years above.
/// `3歳`, `1歳2か月`, `5か月`; `3 years old`. A birthday to come counts as age zero.
pub fn age(locale: Locale, born: Day, today: Day) -> Phrase {
    let ((birth_year, birth_month, birth_date), (year, month, date)) = (born.ymd(), today.ymd());
    let all = (year - birth_year) * 12 + i32::from(month) - i32::from(birth_month) - i32::from(date < birth_date);
    let all = all.max(0);
    let (years, months) = (all / 12, if all < 36 { all % 12 } else { 0 });
    let mut out = Composer::new();
    let (year_unit, month_unit) = match locale {
        Locale::Ja => ("歳", "か月"),
        Locale::JaEasy => ("\u{FDD0}歳\u{FDD1}さい\u{FDD2}", "か\u{FDD0}月\u{FDD1}げつ\u{FDD2}"),
        Locale::En => (if years == 1 { " year" } else { " years" }, if months == 1 { " month" } else { " months" }),
    };
    if years > 0 {
        out.given(&years.to_string());
        out.text(year_unit);
    }
    if years > 0 && months > 0 && locale == Locale::En {
        out.text(" ");
    }
    if months > 0 || years == 0 {
        out.given(&months.to_string());
        out.text(month_unit);
    }
    if locale == Locale::En {
        out.text(" old");
    }
    out.finish()
}

/// A greeting by the time of day: morning from 4:00, day from 11:00, evening from 17:00.
pub fn greeting(locale: Locale, now: Timestamp, name: &str) -> Phrase {
    match now.civil().hour {
        4..=10 => texts::home_greeting_morning(locale, name),
        11..=16 => texts::home_greeting_day(locale, name),
        _ => texts::home_greeting_evening(locale, name),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn saturday() -> Day {
        Day::from_ymd(2026, 11, 21).unwrap()
    }

    #[test]
    fn moments() {
        let at = saturday().at_minute(14 * 60);
        assert_eq!(moment(Locale::Ja, at).plain(), "2026年11月21日（土） 14:00");
        assert_eq!(moment(Locale::En, at).plain(), "Sat 21 November 2026, 14:00");
        assert_eq!(moment(Locale::JaEasy, at).plain(), "2026年11月21日（土曜日） 14:00");
        assert_eq!(moment_short(Locale::Ja, at).plain(), "11月21日（土） 14:00");
        assert_eq!(moment_short(Locale::En, at).plain(), "Sat 21 November, 14:00");
        let midnight = saturday().at_minute(0);
        assert_eq!(moment(Locale::Ja, midnight).plain(), "2026年11月21日（土） 0:00");
        assert_eq!(moment(Locale::Ja, Timestamp(midnight.0 - 1)).plain(), "2026年11月20日（金） 23:59");
    }

    #[test]
    fn every_kanji_of_an_easy_date_has_its_reading() {
        use leptos::prelude::RenderHtml as _;
        let html = day(Locale::JaEasy, Day::from_ymd(2026, 11, 20).unwrap()).to_html();
        assert!(html.contains("<ruby>20日<rp>(</rp><rt>はつか</rt>"), "{html}");
        assert!(html.contains("<ruby>金曜日<rp>(</rp><rt>きんようび</rt>"), "{html}");
        let html = day(Locale::JaEasy, saturday()).to_html();
        assert!(html.contains("21<ruby>日<rp>(</rp><rt>にち</rt>"), "{html}");
    }

    #[test]
    fn windows() {
        let show = |locale| window(locale, saturday(), 8 * 60, 9 * 60 + 30).plain();
        assert_eq!(show(Locale::Ja), "11月21日（土） 8:00〜9:30");
        assert_eq!(show(Locale::En), "Sat 21 November, 8:00–9:30");
    }

    #[test]
    fn amounts() {
        let show = |locale, amount| points(locale, Points::new(amount).unwrap()).plain();
        assert_eq!(show(Locale::Ja, 1200), "1,200ポイント");
        assert_eq!(show(Locale::En, 1200), "1,200 points");
        assert_eq!(show(Locale::En, 1), "1 point");
        assert_eq!(show(Locale::JaEasy, 0), "0ポイント");
    }

    #[test]
    fn durations() {
        for (minutes, ja, en) in [
            (30, "30分", "30 minutes"),
            (60, "1時間", "1 hour"),
            (90, "1時間30分", "1 hour 30 minutes"),
            (121, "2時間1分", "2 hours 1 minute"),
            (0, "0分", "0 minutes"),
        ] {
            assert_eq!(duration(Locale::Ja, minutes).plain(), ja);
            assert_eq!(duration(Locale::En, minutes).plain(), en);
        }
    }

    #[test]
    fn ages() {
        let show = |locale, year, month, day| age(locale, Day::from_ymd(year, month, day).unwrap(), saturday()).plain();
        assert_eq!(show(Locale::Ja, 1946, 11, 21), "80歳");
        assert_eq!(show(Locale::Ja, 1946, 11, 22), "79歳");
        assert_eq!(show(Locale::Ja, 2025, 9, 1), "1歳2か月");
        assert_eq!(show(Locale::Ja, 2026, 11, 30), "0か月");
        assert_eq!(show(Locale::En, 2024, 2, 29), "2 years 8 months old");
        assert_eq!(show(Locale::En, 2026, 10, 21), "1 month old");
    }

    #[test]
    fn greetings_follow_the_hour() {
        let said = |hour: u16| greeting(Locale::En, saturday().at_minute(hour * 60), "Hana").plain();
        assert_eq!(said(3), said(22));
        assert_eq!(said(4), said(10));
        assert_ne!(said(10), said(11));
        assert_ne!(said(16), said(17));
    }
}
