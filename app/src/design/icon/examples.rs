use leptos::prelude::*;

use super::{Icon, Shape};
use crate::{
    design::Example,
    i18n::{Locale, texts},
};

/// A pictogram beside its word.
pub fn examples(locale: Locale) -> Vec<Example> {
    vec![Example::of("icon", view! { <p><Icon shape=Shape::Handshake/>" "{texts::shell_nav_help(locale)}</p> })]
}
