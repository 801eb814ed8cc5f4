use leptos::prelude::*;

use crate::i18n::Phrase;

/// The foot of every page: whose portal it is, and a few links.
#[component]
pub fn Footer(
    /// Sentences, one a line.
    lines: Vec<Phrase>,
    /// Links: where, and in words.
    links: Vec<(&'static str, Phrase)>,
) -> impl IntoView {
    let links =
        links.into_iter().map(|(href, word)| view! { <li><a class="mg-footer__link" href=href>{word}</a></li> });
    view! {
        <footer class="mg-footer">
            <ul class="mg-footer__links">{links.collect::<Vec<_>>()}</ul>
            {lines.into_iter().map(|line| view! { <p>{line}</p> }).collect::<Vec<_>>()}
        </footer>
    }
}
