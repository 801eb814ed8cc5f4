//! The two islands of identity: their buttons run a [`ceremony`](super::ceremony), their words come from the page.
//! Until a browser wakes them the buttons do nothing.

use leptos::ev::MouseEvent;
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

use super::ceremony::{Asking, Failure};
use crate::i18n::Phrase;

/// The id of the field with the name of a new passkey.
pub const NAME_FIELD: &str = "passkey-name";

/// The id of what suggests passkeys: hidden until a browser that does so shows it. It is part of the page and not of the island,
/// whose own elements cost every visitor some kilobytes of module.
pub(super) const SUGGESTIONS: &str = "passkey-suggestions";

/// Everything an island may have to say, in the reader's language.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Words {
    /// On the button.
    pub action: Phrase,
    /// While the device asks.
    pub working: Phrase,
    /// Above a failure.
    pub failed: Phrase,
    /// Each failure with what happened and what to do.
    pub failures: Vec<(Failure, Phrase)>,
}

impl Words {
    fn of(&self, failure: Failure) -> Phrase {
        let known = self.failures.iter().find(|(known, _)| *known == failure);
        known.map(|(_, words)| words.clone()).unwrap_or_default()
    }
}

/// How far a ceremony is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Stage {
    Idle,
    Working,
    Failed(Failure),
}

/// How far the suggestions are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Offer {
    None,
    /// A challenge is on its way.
    Asked,
    /// For somebody to choose.
    Waits,
    /// Somebody chose, or nobody will.
    Over,
}

/// The button 「パスキーを作る」.
#[island]
pub fn MakePasskey(
    /// What it says.
    words: Words,
    /// The name of a passkey for which none was typed.
    usual: String,
) -> impl IntoView {
    let stage = RwSignal::new(Stage::Idle);
    let press = move |_| {
        let usual = usual.clone();
        run(stage, async move || press::make(&usual).await);
    };
    ceremony_view(words, stage, press)
}

/// The button 「パスキーでサインイン」.
#[island]
pub fn PasskeySignIn(
    /// What it says.
    words: Words,
    /// A path of ours to go to afterwards.
    next: String,
) -> impl IntoView {
    let (stage, next) = (RwSignal::new(Stage::Idle), StoredValue::new(next));
    let offer = RwSignal::new(Offer::None);
    let press = move |_| match offer.get_untracked() {
        // A challenge is on its way already: when it is there, it is for the button.
        Offer::Asked => stage.set(Stage::Working),
        Offer::None | Offer::Waits | Offer::Over => run(stage, async move || press::sign_in(&next.get_value()).await),
    };
    // Not before somebody comes near the field: a challenge for everybody who only presses the button would be wasted.
    let near = move || {
        if offer.get_untracked() != Offer::None || stage.get_untracked() == Stage::Working {
            return;
        }
        offer.set(Offer::Asked);
        leptos::task::spawn_local(async move {
            let asking = move || {
                let pressed = stage.get_untracked() == Stage::Working;
                offer.set(if pressed { Offer::Over } else { Offer::Waits });
                if pressed { Asking::Now } else { Asking::Suggesting }
            };
            let ended = press::suggest(asking, &next.get_value()).await;
            let (how_far, pressed) = (offer.get_untracked(), stage.get_untracked() == Stage::Working);
            // Once a page, and not again at every movement.
            offer.set(Offer::Over);
            match (ended, how_far) {
                (Ok(next), _) => press::go(&next),
                // Nobody chose any, or the button was pressed, which asks for itself.
                (Err(Failure::Cancelled), Offer::Waits) => {}
                // Nobody asked for anything yet.
                (Err(_), Offer::Asked) if !pressed => {}
                (Err(failure), _) => stage.set(Stage::Failed(failure)),
            }
        });
    };
    press::reveal(near);
    ceremony_view(words, stage, press)
}

fn ceremony_view(words: Words, stage: RwSignal<Stage>, press: impl FnMut(MouseEvent) + 'static) -> impl IntoView {
    let (action, working) = (words.action.clone(), words.working.clone());
    let status = move || (stage.get() == Stage::Working).then(|| working.clone());
    let alert = move || match stage.get() {
        Stage::Failed(failure) => Some(view! {
            <div class="mg-banner mg-banner--error">
                <div><p class="mg-banner__title">{words.failed.clone()}</p><p>{words.of(failure)}</p></div>
            </div>
        }),
        Stage::Idle | Stage::Working => None,
    };
    view! {
        <div class="mg-stack">
            <button class="mg-button" type="button" on:click=press>{action}</button>
            <div><p role="status">{status}</p><div role="alert">{alert}</div></div>
        </div>
    }
}

/// Runs a ceremony to its end, one at a time, and leaves for the page it names.
fn run<F: Future<Output = Result<String, Failure>> + 'static>(stage: RwSignal<Stage>, ceremony: impl FnOnce() -> F) {
    if stage.get_untracked() == Stage::Working {
        return;
    }
    stage.set(Stage::Working);
    let ceremony = ceremony();
    leptos::task::spawn_local(async move {
        match ceremony.await {
            Ok(next) => press::go(&next),
            Err(failure) => stage.set(Stage::Failed(failure)),
        }
    });
}

/// What a press leads to in a browser.
#[cfg(feature = "hydrate")]
mod press {
    use super::{Asking, Failure, NAME_FIELD, SUGGESTIONS};
    use crate::browser::{self, passkey::Device};
    use crate::identity::ceremony;
    use crate::portal::fetch::Fetch;

    pub(super) use browser::go;

    pub(super) async fn make(usual: &str) -> Result<String, Failure> {
        let typed = browser::field(NAME_FIELD).unwrap_or_default();
        ceremony::make(&Fetch, &Device, &typed, usual).await
    }

    pub(super) async fn sign_in(next: &str) -> Result<String, Failure> {
        browser::passkey::stop_suggesting();
        ceremony::sign_in(&Fetch, &Device, || Asking::Now, next).await
    }

    pub(super) fn reveal(near: impl Fn() + 'static) {
        leptos::task::spawn_local(async move {
            if browser::passkey::can_suggest().await {
                browser::reveal(SUGGESTIONS, near);
            }
        });
    }

    pub(super) async fn suggest(asking: impl FnOnce() -> Asking, next: &str) -> Result<String, Failure> {
        ceremony::sign_in(&Fetch, &Device, asking, next).await
    }
}

/// Nobody presses a button on the server.
#[cfg(not(feature = "hydrate"))]
mod press {
    use super::{Asking, Failure};

    pub(super) fn go(_: &str) {}

    pub(super) async fn make(_: &str) -> Result<String, Failure> {
        Err(Failure::Unsupported)
    }

    pub(super) async fn sign_in(_: &str) -> Result<String, Failure> {
        Err(Failure::Unsupported)
    }

    pub(super) fn reveal(_: impl Fn() + 'static) {}

    pub(super) async fn suggest(_: impl FnOnce() -> Asking, _: &str) -> Result<String, Failure> {
        Err(Failure::Unsupported)
    }
}
