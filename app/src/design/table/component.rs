use leptos::prelude::*;

use crate::markup::IntoMarkup;
use crate::{design::link::Link, i18n::Phrase};

/// One cell: what it says, and a smaller line under it.
#[derive(Debug, Clone)]
pub struct Cell {
    /// What it says.
    pub text: Phrase,
    /// A line under it.
    pub note: Option<Phrase>,
    /// Where more of it is to be read.
    pub href: Option<String>,
}

impl From<Phrase> for Cell {
    fn from(text: Phrase) -> Self {
        Self { text, note: None, href: None }
    }
}

/// Rows of the same kind. The first cell of a row names it, the last one is a figure.
#[component]
pub fn Table<const COLUMNS: usize>(
    /// What the table shows.
    caption: Phrase,
    /// What each column shows.
    columns: [Phrase; COLUMNS],
    /// The rows.
    rows: Vec<[Cell; COLUMNS]>,
) -> impl IntoView {
    let heads = columns.into_iter().enumerate().map(|(at, column)| {
        view! { <th scope="col" class=class(at, COLUMNS)>{column}</th> }
    });
    let rows = rows.into_iter().map(|cells| {
        let cells = cells.into_iter().enumerate().map(|(at, Cell { text, note, href })| {
            let text = match href {
                Some(href) => view! { <Link label=text href=href/> }.into_markup(),
                None => text.into_markup(),
            };
            let note = note.map(|note| view! { <span class="mg-table__note">{note}</span> });
            if at == 0 {
                view! { <th scope="row">{text}{note}</th> }.into_markup()
            } else {
                view! { <td class=class(at, COLUMNS)>{text}{note}</td> }.into_markup()
            }
        });
        view! { <tr>{cells.collect::<Vec<_>>()}</tr> }
    });
    view! {
        <table class="mg-table">
            <caption class="mg-table__caption">{caption}</caption>
            <thead><tr>{heads.collect::<Vec<_>>()}</tr></thead>
            <tbody>{rows.collect::<Vec<_>>()}</tbody>
        </table>
    }
}

const fn class(at: usize, columns: usize) -> Option<&'static str> {
    if at > 0 && at + 1 == columns { Some("mg-table__figure") } else { None }
}
