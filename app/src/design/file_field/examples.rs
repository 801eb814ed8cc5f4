use leptos::prelude::*;

use super::FileField;
use crate::{
    design::{Example, field::Field},
    i18n::{Locale, texts},
};

/// Empty, and sent without a file.
pub fn examples(locale: Locale) -> Vec<Example> {
    let label = texts::certificate_field(locale);
    let field = |id| Field::new(id, label.clone()).required(texts::shell_required(locale));
    let wrong = field("file-wrong").error(Some(texts::error_certificate(locale, &label)));
    vec![
        Example::of("file field", view! { <FileField field=field("file") accept=".cer"/> }),
        Example::of("file field, wrong", view! { <FileField field=wrong accept=".cer"/> }),
    ]
}
