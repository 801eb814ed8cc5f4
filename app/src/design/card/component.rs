use leptos::prelude::*;

use crate::i18n::Phrase;
use crate::markup::Content;

/// How a card stands out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Weight {
    /// As part of the page.
    #[default]
    Plain,
    /// The most useful thing on the page (つぎにすること). One a page.
    Next,
}

/// Things that belong together, under a heading.
#[component]
pub fn Card(
    /// The heading.
    title: Phrase,
    /// A small line above the heading.
    #[prop(optional_no_strip)]
    over: Option<Phrase>,
    /// How it stands out.
    #[prop(optional)]
    weight: Weight,
    /// What is in it.
    children: Content,
) -> impl IntoView {
    let class = if weight == Weight::Next { "mg-card mg-card--next" } else { "mg-card" };
    view! {
        <section class=class>
            {over.map(|over| view! { <p class="mg-card__over">{over}</p> })}
            <h2 class="mg-card__title">{title}</h2>
            {children.view()}
        </section>
    }
}

/// A card that is one large link: a door (入口).
#[component]
pub fn Door(
    /// Where it leads, in words.
    title: Phrase,
    /// What is behind it.
    note: Phrase,
    /// Where it leads.
    #[prop(into)]
    href: String,
    /// A pictogram.
    shape: crate::design::icon::Shape,
) -> impl IntoView {
    view! {
        <div class="mg-card mg-card--door">
            <crate::design::icon::Icon shape=shape/>
            <h2 class="mg-card__title"><a class="mg-card__link" href=href>{title}</a></h2>
            <p>{note}</p>
        </div>
    }
}

/// The reason why something is shown, one touch away.
#[component]
pub fn Why(
    /// The question (なぜ表示されていますか).
    question: Phrase,
    /// The answer.
    answer: Phrase,
) -> impl IntoView {
    view! { <details class="mg-why"><summary class="mg-why__question">{question}</summary><p>{answer}</p></details> }
}
