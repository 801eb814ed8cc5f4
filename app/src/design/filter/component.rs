use leptos::prelude::*;

use crate::i18n::Phrase;

/// One way to see a list.
#[derive(Debug, Clone)]
pub struct Kind {
    /// Where it leads.
    pub href: String,
    /// What it shows.
    pub label: Phrase,
    /// Whether it is what is shown.
    pub current: bool,
}

/// Links that show a list by kind, in a row.
#[component]
pub fn Filter(
    /// What is chosen here.
    label: Phrase,
    /// The kinds.
    kinds: Vec<Kind>,
) -> impl IntoView {
    let links = kinds.into_iter().map(|Kind { href, label, current }| {
        view! { <li><a class="mg-filter__link" href=href aria-current=current.then_some("true")>{label}</a></li> }
    });
    view! {
        <nav class="mg-filter" aria-label=label.plain()><ul class="mg-filter__links">{links.collect::<Vec<_>>()}</ul></nav>
    }
}
