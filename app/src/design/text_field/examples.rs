use leptos::prelude::*;

use super::{Keys, TextField};
use crate::{
    design::{Example, field::Field},
    i18n::{Locale, texts},
};

/// Empty, filled, wrong, and digits.
pub fn examples(locale: Locale) -> Vec<Example> {
    let title = |id| {
        Field::new(id, texts::help_field_title(locale))
            .help(texts::help_field_title_help(locale))
            .required(texts::shell_required(locale))
    };
    let wrong =
        title("title-wrong").error(Some(texts::error_too_long(locale, &texts::help_field_title(locale), 40, 52)));
    let reward = Field::new("reward", texts::help_field_reward(locale)).help(texts::help_field_reward_help(locale));
    vec![
        Example::of("text field", view! { <TextField field=title("title")/> }),
        Example::of(
            "text field, wrong",
            view! { <TextField field=wrong value="電球の交換と、たなの上の荷物をおろすこと"/> },
        ),
        Example::of("text field, digits", view! { <TextField field=reward value="500" keys=Keys::Digits/> }),
    ]
}
