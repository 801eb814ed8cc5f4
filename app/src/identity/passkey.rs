//! `/join/passkey` パスキーを作る.

use leptos::prelude::*;
use shared::kernel::SignIn;

use super::islands::{MakePasskey, NAME_FIELD};
use super::notes::ScriptNotes;
use super::say;
use crate::design::{
    banner::{Banner, Matter},
    card::Card,
    field::Field,
    link::Link,
    page::{Area, Page},
    steps::Steps,
    text_field::TextField,
};
use crate::frame::{Frame, document};
use crate::i18n::{Phrase, texts};

/// `/join/passkey`: the first passkey right after the card, or one more later.
pub fn passkey(frame: &Frame<'_>) -> String {
    let locale = frame.locale;
    let title = texts::join_passkey_title(locale);
    let proven = frame
        .visitor
        .filter(|visitor| visitor.actor.assurance.sign_in == SignIn::Proof)
        .map(|visitor| texts::join_proven(locale, visitor.name.as_str()));
    let step = proven.is_some().then(|| texts::shell_step(locale, 3, 2).then(&Phrase::fixed(" · ")).then(&title));
    let usual = texts::join_passkey_name_usual(locale);
    let typed = usual.plain().into_owned();
    let name = Field::new(NAME_FIELD, texts::join_passkey_name(locale))
        .help(texts::join_passkey_name_help(locale))
        .optional(texts::shell_optional(locale));
    let shell = frame.shell_with_islands(Some(Area::Me));
    document(|| {
        view! {
            <Page shell=shell title=title.clone()>
                {step.map(|step| view! { <Steps words=step at=2 of=3/> })}
                <h1>{title}</h1>
                {proven.map(|proven| view! { <Banner matter=Matter::Success title=proven/> })}
                <p class="mg-lead">{texts::join_passkey_lead(locale)}</p>
                <TextField field=name value=typed.clone()/>
                <div><MakePasskey words=say::making(locale) usual=typed/></div>
                <ScriptNotes
                    locale=locale needed=texts::join_passkey_script(locale) other=texts::join_passkey_other(locale)
                />
                <Card title=texts::join_passkey_what_title(locale)><p>{texts::join_passkey_what(locale)}</p></Card>
                <p><Link label=texts::join_passkey_later(locale) href="/"/></p>
            </Page>
        }
    })
}
