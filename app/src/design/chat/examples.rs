use leptos::prelude::*;

use super::{Chat, Message, Said};
use crate::{
    design::Example,
    i18n::{Locale, Phrase, texts},
};

/// Two who find each other.
pub fn examples(locale: Locale) -> Vec<Example> {
    let message = |number: u8, own, text| {
        let who = if own { texts::help_you(locale) } else { texts::help_person(locale, "湊") };
        let by = texts::help_chat_by(locale, &who, &Phrase::fixed("13:58"));
        Message { id: format!("chat-{number}"), own, by, said: Said::Text(text) }
    };
    let messages = vec![
        message(1, false, texts::help_chat_phrase_arrived(locale)),
        message(2, true, Phrase::fixed("2階です。\n門の横の階段を上がってください。")),
    ];
    let (label, earlier) = (texts::help_chat_title(locale), texts::help_chat_earlier(locale));
    vec![Example::of("chat", view! { <Chat label=label messages=messages earlier=earlier/> })]
}
