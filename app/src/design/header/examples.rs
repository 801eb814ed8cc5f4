use leptos::prelude::*;

use super::{Header, Language};
use crate::{
    design::Example,
    i18n::{Locale, Phrase, texts},
};

/// Signed in, with a long name.
pub fn examples(locale: Locale) -> Vec<Example> {
    let languages = vec![
        Language { href: "/language/ja?next=%2F".to_owned(), name: "日本語", tag: "ja", current: true },
        Language { href: "/language/en?next=%2F".to_owned(), name: "English", tag: "en", current: false },
    ];
    let account = ("/me".to_owned(), Phrase::fixed("マリア・フェルナンダ・デ・ソウザ・オリヴェイラ"));
    let header = view! {
        <Header product=texts::shell_product(locale) town=Phrase::fixed("みどり市") language=texts::shell_language(locale)
            languages=languages account=account/>
    };
    vec![Example::of("header", header)]
}
