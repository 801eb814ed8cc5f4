use leptos::prelude::*;

use super::{Banner, Matter};
use crate::{
    design::Example,
    i18n::{Locale, texts},
};

/// One of each kind.
pub fn examples(locale: Locale) -> Vec<Example> {
    vec![
        Example::of(
            "banner",
            view! { <Banner title=texts::join_never_title(locale)><p>{texts::join_never(locale)}</p></Banner> },
        ),
        Example::of(
            "banner, success",
            view! { <Banner matter=Matter::Success title=texts::signout_done_title(locale)/> },
        ),
        Example::of(
            "banner, warning",
            view! { <Banner matter=Matter::Warning title=texts::join_passkey_script(locale)/> },
        ),
        Example::of(
            "banner, error",
            view! {
                <Banner matter=Matter::Error title=texts::join_outcome_unfit_title(locale)><p>{texts::join_outcome_unfit(locale)}</p></Banner>
            },
        ),
    ]
}
