//! `/staff/{code}`: a staff link.

use leptos::prelude::*;

use super::seal;
use crate::design::{button::Button, form::Form, link::Link, page::Page};
use crate::frame::{Frame, document};
use crate::i18n::{Locale, texts};

/// `/staff/{code}`: only its button uses the link, so that a preview of it does not. `gone`: used or too old.
pub fn invitation(frame: &Frame<'_>, code: &str, gone: bool) -> String {
    if gone { used(frame) } else { fresh(frame, code) }
}

fn fresh(frame: &Frame<'_>, code: &str) -> String {
    let locale = frame.locale;
    let town = match locale {
        Locale::Ja | Locale::JaEasy => &frame.town.name,
        Locale::En => &frame.town.name_en,
    };
    let title = texts::office_invite_accept_title(locale, town);
    let action = format!("/staff/{code}");
    let (shell, seal) = (frame.shell(None), seal(frame));
    document(|| {
        view! {
            <Page shell=shell title=title.clone()>
                <h1>{title}</h1>
                <p class="mg-lead">{texts::office_invite_note(locale)}</p>
                <Form action=action seal=seal><Button label=texts::office_invite_start(locale)/></Form>
            </Page>
        }
    })
}

fn used(frame: &Frame<'_>) -> String {
    let locale = frame.locale;
    let title = texts::office_invite_used_title(locale);
    let shell = frame.shell(None);
    document(|| {
        view! {
            <Page shell=shell title=title.clone()>
                <h1>{title}</h1>
                <p class="mg-lead">{texts::office_invite_used(locale)}</p>
                <p><Link label=texts::shell_signin(locale) href="/signin"/></p>
                <p><Link label=texts::shell_to_home(locale) href="/"/></p>
            </Page>
        }
    })
}
