//! `/join/code` 窓口のコードで登録する.

use leptos::prelude::*;
use shared::identity::{Field, FieldErrors, Refusal};

use super::wrong::{Refused, Wrongs};
use super::{say, seal};
use crate::design::{
    button::Button,
    error_summary::ErrorSummary,
    form::Form,
    link::Link,
    page::Page,
    text_field::{Keys, TextField},
};
use crate::frame::{Frame, document};
use crate::i18n::texts;

/// `/join/code`: the one-time code an officer gave out.
pub fn code(frame: &Frame<'_>, typed: &str, errors: &FieldErrors, refusal: Option<Refusal>) -> String {
    let locale = frame.locale;
    let title = texts::join_code_title(locale);
    let wrongs = Wrongs::of(locale, errors);
    let failed = wrongs.count() > 0 || refusal.is_some();
    let shell = if failed { frame.shell_with_errors(None) } else { frame.shell(None) };
    let field = wrongs.needed(locale, Field::Code).help(texts::join_code_help(locale));
    let (seal, typed) = (seal(frame), typed.to_owned());
    let why = refusal.map(|refusal| say::refusal(locale, refusal));
    document(|| {
        view! {
            <Page shell=shell title=title.clone()>
                <ErrorSummary title=texts::error_summary_title(locale, wrongs.count()) wrongs=wrongs.summary()/>
                <Refused why=why title=texts::counter_failed_title(locale)/>
                <p><Link label=texts::join_title(locale) href="/join" back=true/></p>
                <h1>{title}</h1>
                <p class="mg-lead">{texts::join_code_lead(locale)}</p>
                <Form action="/join/code" seal=seal>
                    <TextField field=field value=typed keys=Keys::Code autocomplete="one-time-code"/>
                    <Button label=texts::join_code_action(locale)/>
                </Form>
            </Page>
        }
    })
}
