use leptos::prelude::*;

use super::{ErrorSummary, Wrong};
use crate::{
    design::Example,
    i18n::{Locale, texts},
};

/// Two things wrong.
pub fn examples(locale: Locale) -> Vec<Example> {
    let wrongs = vec![
        Wrong {
            field: "title-wrong".into(),
            text: texts::error_too_long(locale, &texts::help_field_title(locale), 40, 52),
        },
        Wrong { field: "day-wrong".into(), text: texts::error_past_date(locale) },
    ];
    let title = texts::error_summary_title(locale, 2);
    vec![Example::of("error summary", view! { <ErrorSummary title=title wrongs=wrongs/> })]
}
