use leptos::prelude::*;

use super::{Scan, ScanTexts};
use crate::{design::Example, i18n::Locale};

/// Asleep, as the server sends it.
pub fn examples(locale: Locale) -> Vec<Example> {
    vec![Example::of("scan", view! { <Scan field="shop" texts=ScanTexts::usual(locale)/> })]
}
