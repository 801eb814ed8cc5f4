use leptos::prelude::*;

use crate::i18n::Phrase;

/// What somebody wrote, as they wrote it, and who.
#[component]
pub fn Quote(
    /// What they wrote; line ends are kept.
    text: Phrase,
    /// Who, and when.
    by: Phrase,
) -> impl IntoView {
    view! {
        <figure class="mg-quote">
            <blockquote class="mg-quote__text">{text}</blockquote>
            <figcaption class="mg-quote__by">{by}</figcaption>
        </figure>
    }
}
