//! What a page with an island says where no script runs.

use leptos::prelude::*;
use shared::kernel::Locale;

use crate::design::banner::{Banner, Matter};
use crate::i18n::{Phrase, texts};

/// Without script: that only this step needs it, and the other way. With a script that fails: to try again.
#[component]
pub(super) fn ScriptNotes(
    /// The reader's language.
    locale: Locale,
    /// That this step needs a script.
    needed: Phrase,
    /// The other way.
    other: Phrase,
) -> impl IntoView {
    let way = other.clone();
    view! {
        <noscript><Banner matter=Matter::Warning title=needed><p>{other}</p></Banner></noscript>
        <div hidden=true data-asleep="">
            <Banner matter=Matter::Warning title=texts::join_passkey_asleep(locale)><p>{way}</p></Banner>
        </div>
    }
}
