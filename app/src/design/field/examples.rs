use leptos::prelude::*;

use super::{Field, FieldFrame};
use crate::{
    design::Example,
    i18n::{Locale, texts},
};

/// A frame around a plain control.
pub fn examples(locale: Locale) -> Vec<Example> {
    let field = Field::new("frame", texts::help_field_area(locale)).optional(texts::shell_optional(locale));
    vec![Example::of(
        "field",
        view! { <FieldFrame field=field><input class="mg-control" id="frame" name="frame"/></FieldFrame> },
    )]
}
