use leptos::prelude::*;

use crate::i18n::Phrase;

/// Where one is in a long form: 〈3の2〉, in words and as a bar.
#[component]
pub fn Steps(
    /// In words.
    words: Phrase,
    /// The step one is at, from 1.
    at: u8,
    /// How many there are.
    of: u8,
) -> impl IntoView {
    let parts = (1..=of).map(|step| {
        let class = if step <= at { "mg-steps__part mg-steps__part--done" } else { "mg-steps__part" };
        view! { <span class=class></span> }
    });
    view! {
        <div class="mg-steps">
            <p class="mg-steps__words">{words}</p>
            <div class="mg-steps__bar" aria-hidden="true">{parts.collect::<Vec<_>>()}</div>
        </div>
    }
}
