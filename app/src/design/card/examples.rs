use leptos::prelude::*;

use super::{Card, Door, Weight, Why};
use crate::{
    design::{Example, button::ButtonLink, icon::Shape},
    i18n::{Locale, texts},
};

/// The next thing, a plain card and the two doors.
pub fn examples(locale: Locale) -> Vec<Example> {
    let next = view! {
        <Card weight=Weight::Next over=Some(texts::home_next(locale)) title=texts::home_next_choose(locale, 2)>
            <p>{texts::home_next_choose_note(locale)}</p>
            <ButtonLink label=texts::home_next_choose_action(locale) href="/help/1"/>
            <Why question=texts::home_why(locale) answer=texts::home_why_choose(locale)/>
        </Card>
    };
    let doors = view! {
        <div class="mg-doors">
            <Door title=texts::help_door_ask(locale) note=texts::help_door_ask_note(locale) href="/help/new" shape=Shape::Person/>
            <Door title=texts::help_door_offer(locale) note=texts::help_door_offer_note(locale) href="/help/offers" shape=Shape::Handshake/>
        </div>
    };
    let plain = view! { <Card title=texts::home_coming(locale)><p>{texts::home_coming_none(locale)}</p></Card> };
    vec![Example::of("card, next", next), Example::of("card", plain), Example::of("doors", doors)]
}
