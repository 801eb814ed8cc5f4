use leptos::prelude::*;

use crate::i18n::Phrase;
use crate::markup::Content;

/// Nothing here yet, and what can be done about it.
#[component]
pub fn Empty(
    /// That there is nothing.
    title: Phrase,
    /// What will be here.
    note: Phrase,
    /// A way on.
    #[prop(optional)]
    children: Option<Content>,
) -> impl IntoView {
    view! {
        <div class="mg-empty">
            <p class="mg-empty__title">{title}</p>
            <p>{note}</p>
            {children.map(Content::view)}
        </div>
    }
}
