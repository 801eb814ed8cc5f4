use leptos::prelude::*;

use super::Quote;
use crate::{
    design::Example,
    i18n::{Locale, Phrase, texts},
};

/// Two lines of somebody.
pub fn examples(locale: Locale) -> Vec<Example> {
    let text = Phrase::fixed("待っていました。\n15分たっても、だれも来ませんでした。");
    vec![Example::of("quote", view! { <Quote text=text by=texts::help_person(locale, "湊")/> })]
}
