use leptos::prelude::*;
use shared::kernel::Points;

use super::Money;
use crate::{
    design::Example,
    i18n::{Locale, texts},
};

/// A balance with points set aside, and the largest there can be.
pub fn examples(locale: Locale) -> Vec<Example> {
    let unit = || texts::wallet_unit(locale);
    let amount = Points::new(12_400).unwrap_or_default();
    let note = Some(texts::wallet_held_note(locale, "500"));
    vec![
        Example::of(
            "money",
            view! { <Money label=texts::wallet_balance(locale) amount=amount unit=unit() note=note/> },
        ),
        Example::of(
            "money, largest",
            view! { <Money label=texts::wallet_balance(locale) amount=Points::MAX unit=unit()/> },
        ),
    ]
}
