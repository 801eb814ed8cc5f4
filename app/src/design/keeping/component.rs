use leptos::prelude::*;

use crate::i18n::{Locale, Phrase, texts};

/// What is said about keeping.
#[derive(Debug, Clone)]
pub struct KeepingTexts {
    /// That what was typed is kept.
    pub kept: Phrase,
    /// That it is not, for now.
    pub lost: Phrase,
}

impl KeepingTexts {
    /// The usual words.
    pub fn usual(locale: Locale) -> Self {
        Self { kept: texts::shell_draft_kept(locale), lost: texts::shell_draft_lost(locale) }
    }
}

/// Keeps what is typed into the form it stands in, while it is typed. Woken by the module `app/live`; without script there is
/// nothing to see, and a button of the form does it.
#[component]
pub fn Keeping(
    /// What is said.
    texts: KeepingTexts,
) -> impl IntoView {
    let KeepingTexts { kept, lost } = texts;
    view! {
        <div class="mg-keeping" data-keeping="" role="status">
            <p class="mg-small mg-soft" data-keeping-part="kept" hidden=true>{kept}</p>
            <p class="mg-small" data-keeping-part="lost" hidden=true>{lost}</p>
        </div>
    }
}
