use leptos::prelude::*;

use super::RadioGroup;
use crate::{
    design::{Example, field::Field, select::Choice},
    i18n::{Locale, texts},
};

/// One chosen, and none with an error.
pub fn examples(locale: Locale) -> Vec<Example> {
    let choices = || {
        vec![
            Choice::new("shopping", texts::help_category_shopping(locale)),
            Choice::new("forms", texts::help_category_forms(locale)),
            Choice {
                note: Some(texts::help_category_phone_note(locale)),
                ..Choice::new("phone", texts::help_category_phone(locale))
            },
        ]
    };
    let field = |id| Field::new(id, texts::help_field_category(locale)).required(texts::shell_required(locale));
    let wrong =
        field("category-wrong").error(Some(texts::error_missing_choice(locale, &texts::help_field_category(locale))));
    vec![
        Example::of("radio group", view! { <RadioGroup field=field("category") choices=choices() value="forms"/> }),
        Example::of("radio group, wrong", view! { <RadioGroup field=wrong choices=choices()/> }),
    ]
}
