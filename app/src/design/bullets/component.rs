use leptos::prelude::*;

use crate::i18n::Phrase;
use crate::markup::IntoMarkup;

/// A few things in no order, or steps in their order, as short lines of text.
#[component]
pub fn Bullets(
    /// The lines.
    lines: Vec<Phrase>,
    /// Whether their order matters: then they are numbered.
    #[prop(optional)]
    numbered: bool,
) -> impl IntoView {
    let lines = lines.into_iter().map(|line| view! { <li>{line}</li> }).collect::<Vec<_>>();
    if numbered {
        view! { <ol class="mg-bullets mg-bullets--numbered">{lines}</ol> }.into_markup()
    } else {
        view! { <ul class="mg-bullets">{lines}</ul> }.into_markup()
    }
}
