//! `/circulation` 感謝のめぐり: how help and thanks go round in town, for everybody.

use leptos::prelude::*;
use shared::cohelp::{Circulation, FEW, MonthOfHelp, PublicCount};
use shared::kernel::Points;
use shared::wire::CirculationPage;

use super::say;
use crate::design::card::Card;
use crate::design::chart::{Bar, Chart};
use crate::design::empty::Empty;
use crate::design::list::{DescriptionList, Entry, LinkList, Row};
use crate::design::page::Area;
use crate::design::table::{Cell, Table};
use crate::frame::Frame;
use crate::i18n::{Locale, Phrase, format, texts};
use crate::markup::{IntoMarkup, Markup};

/// `/circulation`: what went round, by month and by kind of help.
pub fn circulation(frame: &Frame<'_>, page: &CirculationPage) -> String {
    let locale = frame.locale;
    let area = page.visitor.as_ref().map(|_| Area::Help);
    frame.render(frame.shell(area), texts::circulation_title(locale), || {
        let seen = &page.circulation;
        let shown = if seen.months.is_empty() { none(locale) } else { all(locale, seen) };
        view! {
            <h1>{texts::circulation_title(locale)}</h1>
            <p class="mg-lead">{texts::circulation_lead(locale, &frame.town_name().plain())}</p>
            {shown}
        }
        .into_markup()
    })
}

fn none(locale: Locale) -> Markup {
    view! { <Empty title=texts::circulation_none(locale) note=texts::circulation_none_note(locale)/> }.into_markup()
}

fn all(locale: Locale, seen: &Circulation) -> Markup {
    let (chart, table) = (chart(locale, &seen.months), table(locale, &seen.months));
    let entry = |kind| Entry { href: None, title: say::category(locale, kind), note: None, end: None };
    let kinds: Vec<_> = seen.kinds.iter().map(|kind| entry(*kind)).collect();
    let few = texts::circulation_few_note(locale, FEW.saturating_sub(1));
    let kinds = (!kinds.is_empty()).then(|| {
        view! { <Card title=texts::circulation_kinds(locale)><LinkList entries=kinds/></Card> }
    });
    view! {
        {sums(locale, &seen.months)}
        <Card title=texts::circulation_chart(locale)>
            {chart}
            {table}
            <p class="mg-soft mg-small">{texts::circulation_now(locale)}</p>
        </Card>
        {kinds}
        <p class="mg-soft">{few}</p>
    }
    .into_markup()
}

/// What all that is shown comes to.
fn sums(locale: Locale, months: &[MonthOfHelp]) -> Markup {
    let sum = |of: fn(&MonthOfHelp) -> PublicCount| {
        let shown: Vec<_> = months.iter().filter_map(|month| of(month).count()).collect();
        (!shown.is_empty()).then(|| shown.into_iter().sum::<u64>())
    };
    let (times, minutes, points) = (sum(|month| month.times), sum(|month| month.minutes), sum(|month| month.points));
    let rows = [
        times.map(|times| Row::new(texts::circulation_column_times(locale), texts::circulation_times(locale, times))),
        minutes.map(|minutes| Row::new(texts::circulation_column_time(locale), time(locale, minutes))),
        points.map(|points| Row::new(texts::circulation_column_points(locale), amount(locale, points))),
    ];
    let rows = rows.into_iter().flatten().collect::<Vec<_>>();
    view! { <Card title=texts::circulation_year(locale)><DescriptionList rows=rows/></Card> }.into_markup()
}

fn amount(locale: Locale, points: u64) -> Phrase {
    format::points(locale, Points::new(points).unwrap_or(Points::MAX))
}

/// Whole hours, or minutes below one.
fn time(locale: Locale, minutes: u64) -> Phrase {
    match u16::try_from(minutes) {
        Ok(few @ 0..60) => format::duration(locale, few),
        _ => texts::circulation_hours(locale, minutes / 60),
    }
}

fn chart(locale: Locale, months: &[MonthOfHelp]) -> Markup {
    let bar = |(place, month): (usize, &MonthOfHelp)| {
        let (year, number) = month.month.ym();
        Bar {
            label: Phrase::given(number.to_string()),
            // The year where it begins.
            under: (place == 0 || number == 1).then(|| Phrase::given(year.to_string())),
            height: month.times.count(),
            text: month.times.count().map(|times| Phrase::given(times.to_string())),
        }
    };
    let bars: Vec<_> = months.iter().enumerate().map(bar).collect();
    view! { <Chart label=texts::circulation_chart_label(locale) bars=bars/> }.into_markup()
}

/// The same as numbers, newest first.
fn table(locale: Locale, months: &[MonthOfHelp]) -> Markup {
    // Three columns fit on a phone.
    let columns = [
        texts::circulation_column_month(locale),
        texts::circulation_column_times(locale),
        texts::circulation_column_round(locale),
    ];
    let of = |shown: PublicCount, say: &dyn Fn(u64) -> Phrase, hidden: fn(Locale) -> Phrase| {
        shown.count().map_or_else(|| hidden(locale), say)
    };
    let row = |month: &MonthOfHelp| {
        let people =
            |shown| of(shown, &|count| texts::circulation_number_people(locale, count), texts::circulation_few_people);
        let took_part = texts::circulation_people(locale, &people(month.helping), &people(month.helped));
        let times = of(month.times, &|times| texts::circulation_times(locale, times), texts::circulation_few);
        let round = of(month.points, &|points| amount(locale, points), texts::circulation_hidden);
        // Where both are hidden, once is enough.
        let long = month.minutes.count().map(|minutes| time(locale, minutes));
        [
            format::month(locale, month.month).into(),
            Cell { text: times, note: Some(took_part), href: None },
            Cell { text: round, note: long, href: None },
        ]
    };
    let rows: Vec<_> = months.iter().rev().map(row).collect();
    view! { <Table caption=texts::circulation_table(locale) columns=columns rows=rows/> }.into_markup()
}
