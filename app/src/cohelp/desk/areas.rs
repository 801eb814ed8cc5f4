//! A day's open requests by area: a grid of how many there are when, and a list for each.

use leptos::prelude::*;
use shared::cohelp::DeskItem;
use shared::cohelp::helping::TimeOfDay;

use crate::cohelp::say;
use crate::design::list::{Entry, LinkList};
use crate::design::table::{Cell, Table};
use crate::frame::Frame;
use crate::i18n::{Phrase, texts};
use crate::markup::{IntoMarkup, Markup};

/// A request of the day as its list shows it.
pub(super) struct Line<'a> {
    /// The request.
    pub item: &'a DeskItem,
    /// Whether anybody offers, was asked or is proposed.
    pub has_somebody: bool,
    /// Its entry in a list.
    pub entry: Entry,
}

/// The lines of one area, in their order.
struct Area<'a> {
    name: Phrase,
    lines: Vec<Line<'a>>,
}

/// The grid, and below it the lists its rows lead to.
pub(super) fn by_area(frame: &Frame<'_>, lines: Vec<Line<'_>>) -> Markup {
    let areas = areas(frame, lines);
    let grid = grid(frame, &areas);
    let lists = areas.into_iter().enumerate().map(|(place, Area { name, lines })| {
        let entries = lines.into_iter().map(|line| line.entry).collect::<Vec<_>>();
        view! {
            <section class="mg-card" id=anchor(place) tabindex="-1">
                <h3 class="mg-card__title">{name}</h3>
                <LinkList entries=entries/>
            </section>
        }
    });
    view! { <section class="mg-card">{grid}</section>{lists.collect::<Vec<_>>()} }.into_markup()
}

fn anchor(place: usize) -> String {
    format!("area-{place}")
}

/// In the order of the municipality's list; what is no longer in it comes last.
fn areas<'a>(frame: &Frame<'_>, lines: Vec<Line<'a>>) -> Vec<Area<'a>> {
    let place = |line: &Line<'_>| {
        let code = line.item.card.area.as_str();
        (frame.town.areas.iter().position(|area| area.code == code).unwrap_or(usize::MAX), code.to_owned())
    };
    let mut sorted: Vec<_> = lines.into_iter().map(|line| (place(&line), line)).collect();
    sorted.sort_by(|(one, _), (other, _)| one.cmp(other));
    let mut areas: Vec<(_, Area<'a>)> = Vec::new();
    for (place, line) in sorted {
        match areas.last_mut().filter(|(last, _)| *last == place) {
            Some((_, area)) => area.lines.push(line),
            None => {
                let name = frame.area_name(line.item.card.area.as_str());
                areas.push((place, Area { name, lines: vec![line] }));
            }
        }
    }
    areas.into_iter().map(|(_, area)| area).collect()
}

/// The part of the day in which it begins.
fn part(item: &DeskItem) -> Option<TimeOfDay> {
    let window = item.card.window;
    TimeOfDay::ALL.into_iter().find(|time| time.within(window.from_minute(), window.to_minute()).is_some())
}

fn grid(frame: &Frame<'_>, areas: &[Area<'_>]) -> Markup {
    let locale = frame.locale;
    let cell = |area: &Area<'_>, time| {
        let then = || area.lines.iter().filter(|line| part(line.item) == Some(time));
        let nobody = then().filter(|line| !line.has_somebody).count() as u64;
        let note = (nobody > 0).then(|| texts::desk_day_nobody(locale, nobody));
        Cell { text: texts::desk_day_count(locale, then().count() as u64), note, href: None }
    };
    let row = |(place, area): (usize, &Area<'_>)| {
        let [morning, afternoon, evening] = TimeOfDay::ALL.map(|time| cell(area, time));
        let name = Cell { text: area.name.clone(), note: None, href: Some(format!("#{}", anchor(place))) };
        [name, morning, afternoon, evening]
    };
    let [morning, afternoon, evening] = TimeOfDay::ALL.map(|time| say::time_of_day(locale, time));
    let columns = [texts::help_job_where(locale), morning, afternoon, evening];
    let rows: Vec<_> = areas.iter().enumerate().map(row).collect();
    view! { <Table caption=texts::desk_day_grid(locale) columns=columns rows=rows/> }.into_markup()
}
