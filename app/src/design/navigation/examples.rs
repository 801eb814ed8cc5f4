use leptos::prelude::*;

use super::{Navigation, Place};
use crate::{
    design::{Example, icon::Shape},
    i18n::{Locale, texts},
};

/// Three places, the second current.
pub fn examples(locale: Locale) -> Vec<Example> {
    let places = vec![
        Place { href: "/", name: texts::shell_nav_home(locale), shape: Shape::Home, current: false },
        Place { href: "/help", name: texts::shell_nav_help(locale), shape: Shape::HandshakeFilled, current: true },
        Place { href: "/wallet", name: texts::shell_nav_wallet(locale), shape: Shape::Wallet, current: false },
    ];
    vec![Example::of("navigation", view! { <Navigation label=texts::shell_nav(locale) places=places/> })]
}
