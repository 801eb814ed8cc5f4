use leptos::prelude::*;

use super::Link;
use crate::{
    design::Example,
    i18n::{Locale, texts},
};

/// On and back.
pub fn examples(locale: Locale) -> Vec<Example> {
    vec![
        Example::of("link", view! { <Link label=texts::wallet_statement(locale) href="/wallet/statement"/> }),
        Example::of("link back", view! { <Link label=texts::shell_back(locale) href="/help" back=true/> }),
    ]
}
