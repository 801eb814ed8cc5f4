use leptos::prelude::*;

use crate::markup::IntoMarkup;
use crate::{
    design::icon::{Icon, Shape},
    i18n::Phrase,
};

/// One line of a description list.
#[derive(Debug, Clone)]
pub struct Row {
    /// What it is.
    pub term: Phrase,
    /// What it says; line ends are kept.
    pub detail: Phrase,
    /// Where it can be changed, and the word for it (変更する).
    pub change: Option<(String, Phrase)>,
}

impl Row {
    /// A line that cannot be changed here.
    pub const fn new(term: Phrase, detail: Phrase) -> Self {
        Self { term, detail, change: None }
    }
}

/// Terms and what they say: details of a thing, or answers to check before a commitment.
#[component]
pub fn DescriptionList(
    /// The lines.
    rows: Vec<Row>,
) -> impl IntoView {
    let rows = rows.into_iter().map(|Row { term, detail, change }| {
        let hidden = term.plain();
        view! {
            <div class="mg-list__row">
                <dt>{term}</dt>
                <dd class="mg-list__detail">{detail}</dd>
                {change.map(|(href, word)| view! {
                    <dd class="mg-list__change">
                        <a href=href>{word}<span class="mg-unseen">"（"{hidden}"）"</span></a>
                    </dd>
                })}
            </div>
        }
    });
    view! { <dl class="mg-list">{rows.collect::<Vec<_>>()}</dl> }
}

/// One entry of a list of links.
#[derive(Debug, Clone)]
pub struct Entry {
    /// Where it leads; without one it is a line to read.
    pub href: Option<String>,
    /// Its name.
    pub title: Phrase,
    /// A line under the name.
    pub note: Option<Phrase>,
    /// What stands at the end of the line, for example an amount.
    pub end: Option<Phrase>,
}

/// Entries to choose from or to read, each a large target.
#[component]
pub fn LinkList(
    /// The entries.
    entries: Vec<Entry>,
) -> impl IntoView {
    let entries = entries.into_iter().map(|Entry { href, title, note, end }| {
        let leads = href.is_some();
        let title = match href {
            Some(href) => view! { <a class="mg-entries__link" href=href>{title}</a> }.into_markup(),
            None => view! { <span class="mg-entries__title">{title}</span> }.into_markup(),
        };
        view! {
            <li class="mg-entries__entry">
                <div class="mg-entries__words">
                    {title}
                    {note.map(|note| view! { <p class="mg-entries__note">{note}</p> })}
                </div>
                {end.map(|end| view! { <p class="mg-entries__end">{end}</p> })}
                {leads.then(|| view! { <Icon shape=Shape::Forward/> })}
            </li>
        }
    });
    view! { <ul class="mg-entries">{entries.collect::<Vec<_>>()}</ul> }
}
