//! `/desk/call`: who rings, as an operator checks it.

use leptos::prelude::*;
use shared::identity::{CallerForm, Field, FieldErrors, Refusal};

use super::say;
use super::wrong::{Refused, Wrongs};
use crate::design::{
    banner::{Banner, Matter},
    button::Button,
    date_field::DateField,
    error_summary::ErrorSummary,
    form::Form,
    link::Link,
    text_field::{Keys, TextField},
};
use crate::frame::Frame;
use crate::i18n::texts;
use crate::markup::IntoMarkup;

/// What became of the last call.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PhoneDone {
    /// The operator ended it.
    Ended,
    /// It ended by itself.
    Over,
}

impl PhoneDone {
    /// The word in links.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Ended => "ended",
            Self::Over => "over",
        }
    }

    /// From the word in a link.
    pub fn from_word(word: &str) -> Option<Self> {
        [Self::Ended, Self::Over].into_iter().find(|done| done.word() == word)
    }
}

/// What an operator typed, and what came of it.
#[derive(Debug, Clone, Default)]
pub struct CallerInput {
    /// Who the caller says they are.
    pub form: CallerForm,
    /// What is wrong with it.
    pub errors: FieldErrors,
    /// Why no call began.
    pub refusal: Option<Refusal>,
    /// What became of the last one.
    pub done: Option<PhoneDone>,
}

/// `/desk/call`: the form for who rings.
pub fn caller(frame: &Frame<'_>, input: &CallerInput) -> String {
    let locale = frame.locale;
    let wrongs = Wrongs::of(locale, &input.errors);
    let failed = wrongs.count() > 0 || input.refusal.is_some();
    let shell = if failed { frame.shell_with_errors(None) } else { frame.shell(None) };
    let title = texts::desk_call_title(locale);
    frame.render(shell, title.clone(), || {
        let needed = |field| wrongs.needed(locale, field);
        let member = needed(Field::Member).help(texts::desk_call_number_help(locale));
        let (name, birth, form) = (needed(Field::Name), needed(Field::Birth), input.form.clone());
        let (count, summary) = (wrongs.count(), wrongs.summary());
        let why = input.refusal.map(|refusal| say::refusal(locale, refusal));
        let done = input.done.map(|done| self::done(frame, done));
        view! {
            <ErrorSummary title=texts::error_summary_title(locale, count) wrongs=summary/>
            <Refused why=why title=texts::desk_call_failed(locale)/>
            {done}
            <Link label=texts::desk_back(locale) href="/desk" back=true/>
            <h1>{title}</h1>
            <p class="mg-lead">{texts::desk_call_lead(locale)}</p>
            <Form action="/desk/call" seal=frame.seal()>
                <TextField field=member value=form.member keys=Keys::Digits/>
                <TextField field=name value=form.name/>
                <DateField field=birth value=form.birth/>
                <p>{texts::desk_call_logged(locale)}</p>
                <Button label=texts::desk_call_find(locale)/>
            </Form>
            <p class="mg-soft">{texts::desk_call_unregistered(locale)}</p>
        }
        .into_markup()
    })
}

fn done(frame: &Frame<'_>, done: PhoneDone) -> impl IntoView + use<> {
    let locale = frame.locale;
    let (matter, title, note) = match done {
        PhoneDone::Ended => (Matter::Success, texts::desk_call_ended(locale), texts::desk_call_ended_note(locale)),
        PhoneDone::Over => (Matter::Warning, texts::desk_call_over(locale), texts::desk_call_over_note(locale)),
    };
    view! {
        <div id="done" role="status" tabindex="-1" autofocus=true>
            <Banner matter=matter title=title><p>{note}</p></Banner>
        </div>
    }
}
