use leptos::prelude::*;

use super::{Filter, Kind};
use crate::{
    design::Example,
    i18n::{Locale, texts},
};

/// Three kinds, the first shown.
pub fn examples(locale: Locale) -> Vec<Example> {
    let kind = |label, current| Kind { href: "#".to_owned(), label, current };
    let kinds = vec![
        kind(texts::me_log_kind_all(locale), true),
        kind(texts::me_log_kind_entry(locale), false),
        kind(texts::me_log_kind_office(locale), false),
    ];
    vec![Example::of("filter", view! { <Filter label=texts::me_log_kinds(locale) kinds=kinds/> })]
}
