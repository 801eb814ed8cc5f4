use std::borrow::Cow;

use leptos::prelude::*;

use crate::i18n::Phrase;

/// One thing that is wrong: the id of its field and the same words as beside it.
#[derive(Debug, Clone)]
pub struct Wrong {
    /// The field's id, without `#`.
    pub field: Cow<'static, str>,
    /// What is wrong and what to do.
    pub text: Phrase,
}

/// Everything that is wrong, at the top, with the focus on it. Nothing where nothing is wrong.
#[component]
pub fn ErrorSummary(
    /// The heading.
    title: Phrase,
    /// In the order of the fields.
    wrongs: Vec<Wrong>,
) -> impl IntoView {
    (!wrongs.is_empty()).then(|| {
        let lines = wrongs.into_iter().map(|wrong| {
            view! { <li><a href=format!("#{}", wrong.field)>{wrong.text}</a></li> }
        });
        view! {
            <div class="mg-error-summary" id="error-summary" role="alert" tabindex="-1" autofocus=true>
                <h2 class="mg-error-summary__title">{title}</h2>
                <ul>{lines.collect::<Vec<_>>()}</ul>
            </div>
        }
    })
}
