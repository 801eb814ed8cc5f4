use leptos::prelude::*;

use super::TimeField;
use crate::{
    design::{Example, field::Field},
    i18n::{Locale, texts},
};

/// From eight to twenty-one.
pub fn examples(locale: Locale) -> Vec<Example> {
    let field = Field::new("from", texts::help_field_from(locale)).required(texts::shell_required(locale));
    let empty = texts::shell_choose(locale);
    vec![Example::of(
        "time field",
        view! { <TimeField field=field value="14:00" from_minute=480 to_minute=1260 empty=empty/> },
    )]
}
