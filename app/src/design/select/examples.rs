use leptos::prelude::*;

use super::{Choice, Select};
use crate::{
    design::{Example, field::Field},
    i18n::{Locale, Phrase, texts},
};

/// One chosen.
pub fn examples(locale: Locale) -> Vec<Example> {
    let field = Field::new("area", texts::help_field_area(locale))
        .help(texts::help_field_area_help(locale))
        .required(texts::shell_required(locale));
    let choices = vec![Choice::new("nishi", Phrase::fixed("西海町")), Choice::new("higashi", Phrase::fixed("東ヶ丘"))];
    let empty = texts::shell_choose(locale);
    vec![Example::of("select", view! { <Select field=field choices=choices value="higashi" empty=empty/> })]
}
