use leptos::prelude::*;

use super::Steps;
use crate::{
    design::Example,
    i18n::{Locale, texts},
};

/// The second of three.
pub fn examples(locale: Locale) -> Vec<Example> {
    vec![Example::of("steps", view! { <Steps words=texts::shell_step(locale, 3, 2) at=2 of=3/> })]
}
