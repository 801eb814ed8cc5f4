use leptos::prelude::*;

use super::{Live, LiveTexts};
use crate::{design::Example, i18n::Locale};

/// Asleep, as the server sends it: there is nothing to see.
pub fn examples(locale: Locale) -> Vec<Example> {
    vec![Example::of("live", view! { <Live url="/live" after=7 here="/cases" texts=LiveTexts::of_list(locale)/> })]
}
