use leptos::prelude::*;

use super::Readout;
use crate::{
    design::Example,
    i18n::{Locale, Phrase, texts},
};

/// A number for the counter.
pub fn examples(locale: Locale) -> Vec<Example> {
    let (label, note) = (texts::me_number(locale), texts::me_number_help(locale));
    vec![Example::of("readout", view! { <Readout label=label value=Phrase::fixed("1234-5678-90") note=note/> })]
}
