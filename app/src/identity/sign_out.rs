//! `/signout` サインアウト.

use leptos::prelude::*;

use super::seal;
use crate::design::{
    button::{Button, ButtonLink},
    form::Form,
    link::Link,
    page::Page,
};
use crate::frame::{Frame, document};
use crate::i18n::texts;

/// `/signout`: asks first, so that a link alone signs nobody out.
pub fn sign_out(frame: &Frame<'_>) -> String {
    let locale = frame.locale;
    let title = texts::signout_title(locale);
    let (shell, seal) = (frame.shell(None), seal(frame));
    document(|| {
        view! {
            <Page shell=shell title=title.clone()>
                <h1>{title}</h1>
                <p class="mg-lead">{texts::signout_note(locale)}</p>
                <Form action="/signout" seal=seal><Button label=texts::shell_signout(locale)/></Form>
                <p><Link label=texts::signout_keep(locale) href="/" back=true/></p>
            </Page>
        }
    })
}

/// After signing out.
pub fn signed_out(frame: &Frame<'_>) -> String {
    let locale = frame.locale;
    let title = texts::signout_done_title(locale);
    let shell = frame.shell(None);
    document(|| {
        view! {
            <Page shell=shell title=title.clone()>
                <h1>{title}</h1>
                <p class="mg-lead">{texts::signout_done(locale)}</p>
                <ButtonLink label=texts::shell_signin(locale) href="/signin"/>
                <p><Link label=texts::shell_to_home(locale) href="/"/></p>
            </Page>
        }
    })
}
