//! `/desk/figures` 共助の数字: how well the centre does.

use leptos::prelude::*;
use shared::cohelp::{Period, Satisfaction};
use shared::wire::FiguresPage;

use crate::design::card::Card;
use crate::design::link::Link;
use crate::design::list::{DescriptionList, Row};
use crate::design::table::{Cell, Table};
use crate::frame::Frame;
use crate::i18n::{Locale, Phrase, format, texts};
use crate::markup::IntoMarkup;

/// `/desk/figures`: the indicators of co-help, from what was written down when it happened.
pub fn figures(frame: &Frame<'_>, page: &FiguresPage) -> String {
    let locale = frame.locale;
    let figures = &page.figures;
    let title = texts::figures_title(locale);
    frame.render(frame.shell(None), title.clone(), || {
        let people = vec![
            Row::new(texts::figures_asking(locale), texts::figures_people(locale, figures.asking)),
            Row::new(texts::figures_helping(locale), texts::figures_people(locale, figures.helping)),
        ];
        let year = u64::try_from(figures.year.from.ym().0).unwrap_or_default();
        let of_year = year_rows(locale, &figures.year);
        let months: Vec<_> = figures.months.iter().map(|month| row(locale, month)).collect();
        let columns =
            [texts::circulation_column_month(locale), texts::figures_helped(locale), texts::figures_asked(locale)];
        view! {
            <Link label=texts::desk_back(locale) href="/desk" back=true/>
            <h1>{title}</h1>
            <p class="mg-lead">{texts::figures_lead(locale)}</p>
            <Card title=texts::figures_now(locale)><DescriptionList rows=people/></Card>
            <Card title=texts::figures_year(locale, &year.to_string())>
                <DescriptionList rows=of_year/>
                <p class="mg-soft mg-small">{texts::figures_together(locale)}</p>
            </Card>
            <Card title=texts::figures_months(locale)>
                <Table caption=texts::figures_table(locale) columns=columns rows=months/>
            </Card>
            <p><Link label=texts::circulation_title(locale) href="/circulation"/></p>
        }
        .into_markup()
    })
}

fn year_rows(locale: Locale, year: &Period) -> Vec<Row> {
    let number = |count| texts::figures_count(locale, count);
    let filled =
        year.filled_percent().map_or_else(|| texts::figures_nothing(locale), |of| texts::figures_percent(locale, of));
    let satisfaction = match mean(year.satisfaction) {
        None => texts::figures_nothing(locale),
        Some(mean) => texts::figures_mean(locale, &mean, year.satisfaction.answers),
    };
    vec![
        Row::new(texts::figures_matched(locale), number(year.matched)),
        Row::new(texts::figures_satisfaction(locale), satisfaction),
        Row::new(texts::figures_asked(locale), number(year.asked)),
        Row::new(texts::figures_by_phone(locale), number(year.phoned)),
        Row::new(texts::figures_helped(locale), number(year.helped)),
        Row::new(texts::figures_unmet(locale), number(year.unmet)),
        Row::new(texts::figures_ended(locale), number(year.ended)),
        Row::new(texts::figures_filled(locale), filled),
    ]
}

/// How often help was asked for, and how often of these on the phone.
fn asked(locale: Locale, period: &Period) -> Cell {
    let phoned = (period.phoned > 0).then(|| texts::figures_phoned(locale, period.phoned));
    Cell { text: texts::figures_count(locale, period.asked), note: phoned, href: None }
}

/// The mean to one place.
fn mean(said: Satisfaction) -> Option<String> {
    said.mean_tenths().map(|mean| format!("{}.{}", mean / 10, mean % 10))
}

/// Three columns fit on a phone.
fn row(locale: Locale, month: &Period) -> [Cell; 3] {
    let satisfied = mean(month.satisfaction).map(|mean| {
        let mean = texts::figures_mean(locale, &mean, month.satisfaction.answers);
        texts::figures_satisfaction_note(locale, &mean)
    });
    let unmet = (month.unmet > 0).then(|| texts::figures_unmet_note(locale, month.unmet));
    let matched = texts::figures_matched_note(locale, month.matched);
    let more = [unmet, satisfied].into_iter().flatten();
    let note = more.fold(matched, |note, more| note.then(&Phrase::fixed(" · ")).then(&more));
    let helped = Cell { text: texts::figures_count(locale, month.helped), note: Some(note), href: None };
    [format::month(locale, month.from).into(), helped, asked(locale, month)]
}
