use leptos::prelude::*;

use super::{Keeping, KeepingTexts};
use crate::{design::Example, i18n::Locale};

/// Asleep, as the server sends it: there is nothing to see.
pub fn examples(locale: Locale) -> Vec<Example> {
    vec![Example::of("keeping", view! { <Keeping texts=KeepingTexts::usual(locale)/> })]
}
