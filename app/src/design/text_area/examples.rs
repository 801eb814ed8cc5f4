use leptos::prelude::*;

use super::TextArea;
use crate::{
    design::{Example, field::Field},
    i18n::{Locale, texts},
};

/// Empty and filled.
pub fn examples(locale: Locale) -> Vec<Example> {
    let details = |id| {
        Field::new(id, texts::help_field_details(locale))
            .help(texts::help_field_details_help(locale))
            .optional(texts::shell_optional(locale))
    };
    vec![
        Example::of("text area", view! { <TextArea field=details("details")/> }),
        Example::of(
            "text area, filled",
            view! { <TextArea field=details("details-filled") value="\n電球は用意してあります。\n<玄関>でお待ちします。"/> },
        ),
    ]
}
