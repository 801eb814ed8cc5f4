use leptos::prelude::*;

use super::Chime;
use crate::{design::Example, i18n::Locale};

/// Heard, not seen.
pub fn examples(_: Locale) -> Vec<Example> {
    vec![Example::of("chime", view! { <Chime src="/assets/paid.wav"/> })]
}
