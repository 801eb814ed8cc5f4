//! `/` for somebody who is not signed in.

use leptos::prelude::*;

use crate::design::button::{ButtonLink, Tone};
use crate::design::card::Card;
use crate::design::list::{Entry, LinkList};
use crate::frame::Frame;
use crate::i18n::texts;
use crate::markup::IntoMarkup;

/// `/` signed out: what this is, the two ways in, what one can do, and what is never asked for.
pub fn welcome(frame: &Frame<'_>) -> String {
    let locale = frame.locale;
    frame.render(frame.shell_of_home(None), texts::welcome_title(locale), || {
        let can = [
            (texts::help_door_ask(locale), texts::welcome_can_ask(locale)),
            (texts::help_door_offer(locale), texts::welcome_can_offer(locale)),
            (texts::help_thanks_title(locale), texts::welcome_can_thank(locale)),
        ];
        let mut can: Vec<_> =
            can.into_iter().map(|(title, note)| Entry { href: None, title, note: Some(note), end: None }).collect();
        can.push(Entry {
            href: Some("/circulation".to_owned()),
            title: texts::circulation_title(locale),
            note: Some(texts::welcome_circulation(locale)),
            end: None,
        });
        view! {
            <h1>{texts::welcome_title(locale)}</h1>
            <p class="mg-lead">{texts::welcome_lead(locale, &frame.town_name().plain())}</p>
            <div class="mg-doors">
                <Card title=texts::welcome_join(locale)>
                    <p>{texts::welcome_join_note(locale)}</p>
                    <ButtonLink label=texts::join_title(locale) href="/join"/>
                </Card>
                <Card title=texts::welcome_signin(locale)>
                    <p>{texts::welcome_signin_note(locale)}</p>
                    <ButtonLink label=texts::signin_title(locale) href="/signin" tone=Tone::Secondary/>
                </Card>
            </div>
            <Card title=texts::welcome_can_title(locale)>
                <LinkList entries=can/>
            </Card>
            <section class="mg-stack">
                <h2>{texts::welcome_safe_title(locale)}</h2>
                <p>{texts::welcome_safe(locale)}</p>
            </section>
            <section class="mg-stack">
                <h2>{texts::join_never_title(locale)}</h2>
                <p>{texts::join_never(locale)}</p>
            </section>
        }
        .into_markup()
    })
}
