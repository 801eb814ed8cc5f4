use leptos::prelude::*;

use super::Empty;
use crate::{
    design::{Example, button::ButtonLink},
    i18n::{Locale, texts},
};

/// An empty board.
pub fn examples(locale: Locale) -> Vec<Example> {
    let empty = view! {
        <Empty title=texts::help_open_none(locale) note=texts::help_open_none_note(locale)>
            <ButtonLink label=texts::help_door_ask(locale) href="/help/new"/>
        </Empty>
    };
    vec![Example::of("empty", empty)]
}
