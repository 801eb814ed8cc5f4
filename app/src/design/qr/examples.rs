use leptos::prelude::*;

use super::Qr;
use crate::{
    design::Example,
    i18n::{Locale, texts},
};

/// A code to pay with.
pub fn examples(locale: Locale) -> Vec<Example> {
    let label = texts::code_picture(locale);
    vec![Example::of("qr", view! { <Qr text="ABCD-EFGH-JKMN-PQRS".to_owned() label=label/> })]
}
