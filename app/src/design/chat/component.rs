use leptos::prelude::*;

use crate::design::photo::{Photo, PhotoFigure};
use crate::i18n::Phrase;

/// How many of the latest messages stand open; those before can be unfolded.
const OPEN_MAX: usize = 20;

/// One message.
#[derive(Debug, Clone)]
pub struct Message {
    /// The id of its element: a page that lives adds the messages it does not have yet.
    pub id: String,
    /// Whether the reader wrote it.
    pub own: bool,
    /// Who wrote it, and when.
    pub by: Phrase,
    /// What they wrote; line ends are kept.
    pub said: Said,
}

/// What a message is.
#[derive(Debug, Clone)]
pub enum Said {
    /// In words.
    Text(Phrase),
    /// To be looked at.
    Photo(Photo),
}

/// What two people write to each other, oldest first. A screen reader says what is added while the page is open.
#[component]
pub fn Chat(
    /// What it is.
    label: Phrase,
    /// All of it.
    messages: Vec<Message>,
    /// What the messages before the latest unfold with.
    earlier: Phrase,
    /// Whether the page hears of further ones.
    #[prop(optional)]
    lives: bool,
) -> impl IntoView {
    let mut before = messages;
    let latest = before.split_off(before.len().saturating_sub(OPEN_MAX));
    let list = |messages: Vec<Message>| messages.into_iter().map(item).collect::<Vec<_>>();
    let before = (!before.is_empty()).then(|| {
        let before = list(before);
        view! {
            <details class="mg-why">
                <summary class="mg-why__question">{earlier}</summary>
                <ol class="mg-chat">{before}</ol>
            </details>
        }
    });
    let label = label.plain().into_owned();
    view! {
        {before}
        <div role="log" aria-label=label>
            <ol class="mg-chat" data-live-list=lives.then_some("log")>{list(latest)}</ol>
        </div>
    }
}

fn item(message: Message) -> impl IntoView {
    let Message { id, own, by, said } = message;
    let said = match said {
        Said::Text(text) => view! { <p class="mg-chat__text">{text}</p> }.into_any(),
        Said::Photo(photo) => view! { <PhotoFigure photo=photo/> }.into_any(),
    };
    let class = if own { "mg-chat__message mg-chat__message--own" } else { "mg-chat__message" };
    view! {
        <li class=class id=id>
            <p class="mg-chat__by">{by}</p>
            {said}
        </li>
    }
}
