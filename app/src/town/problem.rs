//! Pages that say what went wrong, that nothing was lost, and what to do.

use leptos::prelude::*;

use super::Problem;
use crate::design::button::{ButtonLink, Tone};
use crate::frame::Frame;
use crate::i18n::{Phrase, texts};
use crate::markup::IntoMarkup;

/// A whole page for what could not be shown.
pub fn problem(frame: &Frame<'_>, problem: Problem) -> String {
    let locale = frame.locale;
    let (title, text) = words(frame, problem);
    frame.render(frame.shell(None), title.clone(), || {
        let again = (problem == Problem::Ours && !frame.path.is_empty()).then(|| {
            let again = texts::shell_back(locale);
            view! { <ButtonLink label=again href=frame.path.to_owned() tone=Tone::Secondary/> }
        });
        let sign_in = frame.visitor.is_none().then(|| {
            view! { <ButtonLink label=texts::shell_signin(locale) href="/signin" tone=Tone::Secondary/> }
        });
        let help = frame.visitor.is_some().then(|| {
            view! { <ButtonLink label=texts::help_title(locale) href="/help" tone=Tone::Secondary/> }
        });
        view! {
            <h1>{title}</h1>
            <p class="mg-lead">{text}</p>
            <div class="mg-row">
                <ButtonLink label=texts::error_home(locale) href="/"/>
                {again}
                {sign_in}
                {help}
            </div>
        }
        .into_markup()
    })
}

fn words(frame: &Frame<'_>, problem: Problem) -> (Phrase, Phrase) {
    let locale = frame.locale;
    match problem {
        Problem::NotFound => (texts::error_missing_page_title(locale), texts::error_missing_page(locale)),
        Problem::Forbidden => (texts::error_forbidden_title(locale), texts::error_forbidden_person(locale)),
        Problem::Stale => (texts::error_form_title(locale), texts::error_stale(locale)),
        Problem::TooLarge => (texts::error_large_title(locale), texts::error_large(locale)),
        Problem::TooMany { seconds } => {
            (texts::error_many_title(locale), texts::error_many(locale, u64::from(seconds)))
        }
        Problem::MethodNotAllowed => (texts::error_way_title(locale), texts::error_way(locale)),
        Problem::Ours => (texts::error_ours_title(locale), texts::error_ours(locale)),
    }
}
