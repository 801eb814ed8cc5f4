//! `/circulation` 感謝のめぐり: how help and thanks go round in town, for everybody.

use leptos::prelude::*;
use shared::cohelp::{Circulation, FEW, MonthOfHelp, Shown};
use shared::kernel::{Category, Points};
use shared::wire::CirculationPage;

use super::say;
use crate::design::card::Card;
use crate::design::chart::{Bar, Chart};
use crate::design::empty::Empty;
use crate::design::list::{DescriptionList, Row};
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
    let kinds: Vec<_> = seen.kinds.iter().map(|(kind, times)| of_kind(locale, *kind, *times)).collect();
    let few = texts::circulation_few_note(locale, FEW.saturating_sub(1));
    view! {
        {sums(locale, &seen.months)}
        <Card title=texts::circulation_chart(locale)>
            {chart}
            {table}
            <p class="mg-soft mg-small">{texts::circulation_now(locale)}</p>
        </Card>
        <Card title=texts::circulation_kinds(locale)><DescriptionList rows=kinds/></Card>
        <p class="mg-soft">{few}</p>
    }
    .into_markup()
}

/// What all that is shown comes to.
fn sums(locale: Locale, months: &[MonthOfHelp]) -> Markup {
    let sum = |of: fn(&MonthOfHelp) -> Shown| months.iter().filter_map(|month| of(month).count()).sum::<u64>();
    let (times, minutes, points) = (sum(|month| month.times), sum(|month| month.minutes), sum(|month| month.points));
    let points = Points::new(points).unwrap_or(Points::MAX);
    let rows = vec![
        Row::new(texts::circulation_column_times(locale), texts::circulation_times(locale, times)),
        Row::new(texts::circulation_column_time(locale), time(locale, minutes)),
        Row::new(texts::circulation_column_points(locale), format::points(locale, points)),
    ];
    view! { <Card title=texts::circulation_year(locale)><DescriptionList rows=rows/></Card> }.into_markup()
}

/// Whole hours, or minutes below one.
fn time(locale: Locale, minutes: u64) -> Phrase {
    match u16::try_from(minutes) {
        Ok(few @ 0..60) => format::duration(locale, few),
        _ => texts::circulation_hours(locale, minutes / 60),
    }
}

fn chart(locale: Locale, months: &[MonthOfHelp]) -> Markup {
    let bar = |month: &MonthOfHelp| Bar {
        label: Phrase::given(month.month.ym().1.to_string()),
        height: month.times.count(),
        text: month.times.count().map_or(Phrase::fixed("–"), |times| Phrase::given(times.to_string())),
    };
    let bars: Vec<_> = months.iter().map(bar).collect();
    view! { <Chart label=texts::circulation_chart_label(locale) bars=bars/> }.into_markup()
}

/// The same as numbers, newest first.
fn table(locale: Locale, months: &[MonthOfHelp]) -> Markup {
    let columns = [
        texts::circulation_column_month(locale),
        texts::circulation_column_times(locale),
        texts::circulation_column_time(locale),
        texts::circulation_column_points(locale),
    ];
    let of =
        |shown: Shown, say: &dyn Fn(u64) -> Phrase| shown.count().map_or_else(|| texts::circulation_few(locale), say);
    let row = |month: &MonthOfHelp| {
        let people = |shown| of(shown, &|count| Phrase::given(count.to_string()));
        let took_part = texts::circulation_people(locale, &people(month.helping), &people(month.helped));
        let times = of(month.times, &|times| texts::circulation_times(locale, times));
        [
            format::month(locale, month.month).into(),
            Cell { text: times, note: Some(took_part), href: None },
            of(month.minutes, &|minutes| time(locale, minutes)).into(),
            of(month.points, &|points| Phrase::given(Points::new(points).unwrap_or(Points::MAX).to_string())).into(),
        ]
    };
    let rows: Vec<_> = months.iter().rev().map(row).collect();
    view! { <Table caption=texts::circulation_table(locale) columns=columns rows=rows/> }.into_markup()
}

fn of_kind(locale: Locale, kind: Category, times: Shown) -> Row {
    let times =
        times.count().map_or_else(|| texts::circulation_few(locale), |times| texts::circulation_times(locale, times));
    Row::new(say::category(locale, kind), times)
}
