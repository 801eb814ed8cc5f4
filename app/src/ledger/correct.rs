//! `/office/correct` 付与の訂正.

use leptos::prelude::*;
use shared::kernel::Locale;
use shared::ledger::{CorrectForm, Field, FieldErrors};
use shared::wire::NotPosted;

use super::say::{self, not_corrected};
use super::seal;
use super::wrong::{InTheWay, Made, Wrongs};
use crate::design::{
    button::Button,
    error_summary::ErrorSummary,
    form::{Form, Seal},
    link::Link,
    page::Page,
    text_field::{Keys, TextField},
};
use crate::frame::{Frame, document};
use crate::i18n::{Phrase, texts};

const FIELDS: [Field; 4] = [Field::Entry, Field::Member, Field::Amount, Field::Reason];

/// `/office/correct`: a grant to take back, in whole or in part. `done` is the entry of a correction just made.
pub fn correct(
    frame: &Frame<'_>,
    form: &CorrectForm,
    errors: &FieldErrors,
    not: Option<&NotPosted>,
    done: Option<u64>,
) -> String {
    let locale = frame.locale;
    let title = texts::office_correct_title(locale);
    let wrongs = Wrongs::of(locale, &FIELDS, errors, not, |field| label(locale, field), not_corrected);
    let shell = if wrongs.failed() { frame.shell_with_errors(None) } else { frame.shell(None) };
    let (seal, form, not) = (seal(frame), form.clone(), wrongs.in_the_way());
    let (count, summary) = (wrongs.count(), wrongs.summary());
    let made = done.map(|seq| texts::office_correct_made(locale, &seq.to_string()));
    document(|| {
        view! {
            <Page shell=shell title=title.clone()>
                <p><Link label=texts::office_title_grant(locale) href="/office" back=true/></p>
                <ErrorSummary title=texts::error_summary_title(locale, count) wrongs=summary/>
                <InTheWay
                    locale=locale not=not title=texts::office_correct_failed_title(locale) back="/office/correct"
                    say_not=not_corrected
                />
                {made.map(|words| view! { <Made title=texts::office_correct_done_title(locale) words=words/> })}
                <h1>{title}</h1>
                <p class="mg-lead">{texts::office_correct_lead(locale)}</p>
                <CorrectFields locale=locale seal=seal form=form wrongs=wrongs/>
            </Page>
        }
    })
}

/// The form of a correction.
#[component]
fn CorrectFields(locale: Locale, seal: Seal, form: CorrectForm, wrongs: Wrongs) -> impl IntoView {
    let needed = move |field| wrongs.needed(locale, field, label(locale, field));
    let entry = needed(Field::Entry).help(texts::office_correct_entry_help(locale));
    let member = needed(Field::Member).help(texts::office_grant_person_help(locale));
    let reason = needed(Field::Reason).help(texts::office_grant_reason_help(locale));
    view! {
        <Form action="/office/correct" seal=seal>
            <TextField field=entry value=form.entry keys=Keys::Digits/>
            <TextField field=member value=form.member keys=Keys::Digits/>
            <TextField field=needed(Field::Amount) value=form.amount keys=Keys::Digits/>
            <TextField field=reason value=form.reason/>
            <Button label=texts::office_correct_action(locale)/>
        </Form>
    }
}

fn label(locale: Locale, field: Field) -> Phrase {
    match field {
        Field::Amount => texts::office_correct_amount(locale),
        other => say::label(locale, other),
    }
}
