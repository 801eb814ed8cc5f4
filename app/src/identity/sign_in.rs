//! `/signin` サインイン.

use leptos::prelude::*;
use shared::identity::{Draft, NextPath};

use super::islands::{PasskeySignIn, SUGGESTIONS};
use super::notes::ScriptNotes;
use super::say;
use crate::design::{
    banner::Banner,
    button::{ButtonLink, Tone},
    card::Card,
    field::Field,
    link::Link,
    page::{Page, escape},
    text_field::TextField,
};
use crate::frame::{Frame, document};
use crate::i18n::texts;

/// `/signin`: with a passkey; without one, by presenting the card again.
pub fn sign_in(frame: &Frame<'_>, next: &NextPath) -> String {
    let locale = frame.locale;
    let title = texts::signin_title(locale);
    let waiting = *next != NextPath::home();
    let kept = next.as_str().split_once('?').is_some_and(|(_, query)| query == Draft::KEPT);
    let banner = if kept { texts::signin_next_kept(locale) } else { texts::signin_next(locale) };
    let card = if waiting { format!("/join?next={}", escape(next.as_str())) } else { "/join".to_owned() };
    let new = card.clone();
    let next = next.as_str().to_owned();
    let field = Field::new("passkey-suggestion", texts::signin_suggestion(locale));
    let field = field.help(texts::signin_suggestion_help(locale));
    let shell = frame.shell_with_islands(None);
    document(|| {
        view! {
            <Page shell=shell title=title.clone()>
                <h1>{title}</h1>
                {waiting.then(|| view! { <Banner title=banner/> })}
                <p class="mg-lead">{texts::signin_lead(locale)}</p>
                <div><PasskeySignIn words=say::signing_in(locale) next=next/></div>
                <div id=SUGGESTIONS hidden=true><TextField field=field autocomplete="username webauthn"/></div>
                <ScriptNotes locale=locale needed=texts::signin_script(locale) other=texts::signin_other(locale)/>
                <Card title=texts::signin_lost_title(locale)>
                    <p>{texts::signin_lost(locale)}</p>
                    <ButtonLink label=texts::signin_lost_action(locale) href=card tone=Tone::Secondary/>
                </Card>
                <Card title=texts::signin_new_title(locale)>
                    <p><Link label=texts::join_title(locale) href=new/></p>
                </Card>
            </Page>
        }
    })
}
