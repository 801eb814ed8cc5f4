use leptos::prelude::*;
use shared::kernel::Day;

use super::DateField;
use crate::{
    design::{Example, field::Field},
    i18n::{Locale, texts},
};

/// Chosen, and in the past.
pub fn examples(locale: Locale) -> Vec<Example> {
    let field = |id| Field::new(id, texts::help_field_day(locale)).required(texts::shell_required(locale));
    let wrong = field("day-wrong").error(Some(texts::error_past_date(locale)));
    let today = Day::from_ymd(2026, 11, 21);
    vec![
        Example::of("date field", view! { <DateField field=field("day") value="2026-11-28" min=today/> }),
        Example::of("date field, wrong", view! { <DateField field=wrong value="2026-11-01" min=today/> }),
    ]
}
