use leptos::prelude::*;

use super::{Button, ButtonLink, Tone};
use crate::{
    design::Example,
    i18n::{Locale, texts},
};

/// Every weight, as button and as link.
pub fn examples(locale: Locale) -> Vec<Example> {
    let buttons = view! {
        <div class="mg-row">
            <Button label=texts::help_new_confirm(locale)/>
            <Button label=texts::help_action_offer(locale) tone=Tone::Secondary sends=("act", "offer".to_owned())/>
            <Button label=texts::help_action_cancel(locale) tone=Tone::Danger/>
        </div>
    };
    let links = view! {
        <div class="mg-row">
            <ButtonLink label=texts::join_title(locale) href="/join"/>
            <ButtonLink label=texts::signin_title(locale) href="/signin" tone=Tone::Secondary/>
        </div>
    };
    vec![Example::of("button", buttons), Example::of("button as link", links)]
}
