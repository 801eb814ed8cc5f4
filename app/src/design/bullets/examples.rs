use leptos::prelude::*;

use super::Bullets;
use crate::{
    design::Example,
    i18n::{Locale, texts},
};

/// Things to have at hand, and steps.
pub fn examples(locale: Locale) -> Vec<Example> {
    let need = vec![texts::join_need_card(locale), texts::join_need_pin(locale), texts::join_need_phone(locale)];
    let steps = vec![texts::join_next_card(locale), texts::join_next_passkey(locale)];
    vec![
        Example::of("bullets", view! { <Bullets lines=need/> }),
        Example::of("bullets, numbered", view! { <Bullets lines=steps numbered=true/> }),
    ]
}
