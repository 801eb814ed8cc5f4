//! `/join` カードで登録する.

use leptos::prelude::*;
use shared::identity::CardFailure;

use super::{say, seal};
use crate::design::{
    banner::{Banner, Matter},
    bullets::Bullets,
    button::Button,
    card::Card,
    form::Form,
    link::Link,
    list::{DescriptionList, Row},
    page::Page,
    steps::Steps,
};
use crate::frame::{Frame, document};
use crate::i18n::{Phrase, texts};

/// `/join`: what happens, what is read from the card and what never; after a failure, what it was.
pub fn join(frame: &Frame<'_>, failure: Option<CardFailure>) -> String {
    let locale = frame.locale;
    let title = texts::join_title(locale);
    // After the issuer the path is that of the callback, whose query must not be used twice.
    let action = if frame.path.starts_with("/join?") { frame.path } else { "/join" }.to_owned();
    let step = texts::shell_step(locale, 3, 1).then(&Phrase::fixed(" · ")).then(&texts::join_step_card(locale));
    let read = vec![
        Row::new(texts::join_read_title(locale), texts::join_read(locale)),
        Row::new(texts::join_never_title(locale), texts::join_never(locale)),
    ];
    let need = vec![texts::join_need_card(locale), texts::join_need_pin(locale), texts::join_need_phone(locale)];
    let flow = vec![texts::join_next_card(locale), texts::join_next_passkey(locale)];
    let (shell, seal) = (frame.shell(None), seal(frame));
    document(|| {
        view! {
            <Page shell=shell title=title.clone()>
                <Steps words=step at=1 of=3/>
                <h1>{title.clone()}</h1>
                {failure.map(|failure| view! { <Outcome failure=failure locale=locale/> })}
                <p class="mg-lead">{texts::join_lead(locale)}</p>
                <DescriptionList rows=read/>
                <Card title=texts::join_need_title(locale)><Bullets lines=need/></Card>
                <Card title=texts::join_next_title(locale)><Bullets lines=flow numbered=true/></Card>
                <Form action=action seal=seal><Button label=title/></Form>
                <p class="mg-soft">{texts::join_other_way(locale)}</p>
                <p><Link label=texts::join_code_link(locale) href="/join/code"/></p>
                <p>{texts::join_have(locale)}<br/><Link label=texts::shell_signin(locale) href="/signin"/></p>
            </Page>
        }
    })
}

/// What became of the card proof.
#[component]
fn Outcome(failure: CardFailure, locale: crate::i18n::Locale) -> impl IntoView {
    let matter = match failure {
        CardFailure::Cancelled => Matter::Info,
        CardFailure::IssuerError
        | CardFailure::Mismatch
        | CardFailure::Gone
        | CardFailure::Revoked
        | CardFailure::OtherPerson
        | CardFailure::Stopped
        | CardFailure::KnownAtCounter => Matter::Warning,
    };
    let (title, text) = say::card_failure(locale, failure);
    let leave = (failure == CardFailure::OtherPerson)
        .then(|| view! { <p><Link label=texts::shell_signout(locale) href="/signout"/></p> });
    view! { <div role="alert"><Banner matter=matter title=title><p>{text}</p>{leave}</Banner></div> }
}
