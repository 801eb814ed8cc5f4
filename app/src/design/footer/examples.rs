use leptos::prelude::*;

use super::Footer;
use crate::{
    design::Example,
    i18n::{Locale, texts},
};

/// With sign-out.
pub fn examples(locale: Locale) -> Vec<Example> {
    let links = vec![("/signout", texts::shell_signout(locale))];
    vec![Example::of("footer", view! { <Footer lines=vec![texts::shell_footer_open(locale)] links=links/> })]
}
