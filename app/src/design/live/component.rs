use leptos::prelude::*;

use crate::i18n::{Locale, Phrase, texts};

/// What is said about the connection.
#[derive(Debug, Clone)]
pub struct LiveTexts {
    /// That it is there.
    pub on: Phrase,
    /// That it is lost for now.
    pub off: Phrase,
    /// The verb of the button that keeps a list as it is.
    pub hold: Phrase,
    /// The verb of the button that lets it go on.
    pub go: Phrase,
    /// That the page shows something new.
    pub news: Phrase,
    /// That what the page is about changed elsewhere.
    pub changed: Phrase,
    /// The link that shows it.
    pub reload: Phrase,
}

impl LiveTexts {
    /// The words of a list.
    pub fn of_list(locale: Locale) -> Self {
        Self {
            on: texts::shell_live_on(locale),
            off: texts::shell_live_off(locale),
            hold: texts::shell_live_hold(locale),
            go: texts::shell_live_go(locale),
            news: texts::shell_live_news(locale),
            changed: texts::shell_live_changed(locale),
            reload: texts::shell_live_reload(locale),
        }
    }

    /// The words of what two people write to each other.
    pub fn of_chat(locale: Locale) -> Self {
        let (on, changed) = (texts::help_chat_live(locale), texts::help_chat_changed(locale));
        Self { on, changed, ..Self::of_list(locale) }
    }

    /// The words of the page of one thing.
    pub fn of_page(locale: Locale) -> Self {
        Self { on: texts::shell_live_here(locale), ..Self::of_list(locale) }
    }
}

/// Hears what changes, and says whether it does. Woken by the module `app/live`; without script there is nothing to see, and
/// the page shows what was so when it was loaded. A list (`data-live-list`) is shown anew, and of a `log` what is added; of the rest of a
/// page it is only said, with a link, for somebody may be writing there.
#[component]
pub fn Live(
    /// Where changes are told.
    #[prop(into)]
    url: String,
    /// The number of the last change that is in the page.
    after: u64,
    /// The one thing the page is about; a list if empty.
    #[prop(optional, into)]
    about: String,
    /// What the page says besides its list; where it says something else by then, that is said.
    #[prop(optional, into)]
    version: Option<String>,
    /// The page itself, without what was just done there.
    #[prop(into)]
    here: String,
    /// What is said.
    texts: LiveTexts,
) -> impl IntoView {
    let LiveTexts { on, off, hold, go, news, changed, reload } = texts;
    let list = about.is_empty();
    let button = |part, label: Phrase| {
        view! { <button class="mg-button mg-button--secondary" type="button" data-live-part=part hidden=true>{label}</button> }
    };
    let buttons = list.then(|| view! { {button("hold", hold)}{button("go", go)} });
    view! {
        <div class="mg-live" data-live=url data-after=after.to_string() data-about=about data-version=version>
            <p class="mg-live__state mg-small" data-live-part="on" hidden=true>{on}</p>
            {buttons}
            <div role="status">
                <p class="mg-live__state mg-live__state--off mg-small" data-live-part="off" hidden=true>{off}</p>
                <span class="mg-unseen" data-live-part="news" hidden=true>{news}</span>
                <p class="mg-live__changed" data-live-part="changed" hidden=true>{changed}" "<a href=here>{reload}</a></p>
            </div>
        </div>
    }
}
