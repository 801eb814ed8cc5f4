//! What is with the centre, and what it decided.

use leptos::prelude::*;
use shared::cohelp::{Cause, Dispute, Phase, Said, Verdict};

use super::{Here, course};
use crate::design::quote::Quote;
use crate::i18n::{Phrase, format, texts};
use crate::markup::{IntoMarkup, Markup};

/// Why the centre has it and what was written, or what it decided.
pub(in crate::cohelp) fn said(here: Here<'_>) -> Option<Markup> {
    let job = here.job();
    let decided = job.verdict.as_ref().and_then(|verdict| decided(here, verdict));
    let asked = job.dispute.as_ref().map(|dispute| asked(here, dispute, job.card.phase == Phase::Disputed));
    (decided.is_some() || asked.is_some()).then(|| view! { {decided}{asked} }.into_markup())
}

fn asked(here: Here<'_>, dispute: &Dispute, open: bool) -> Markup {
    let locale = here.locale();
    let title = if open { texts::help_dispute_title(locale) } else { texts::help_dispute_was(locale) };
    let cause = match dispute.cause {
        Cause::Differ => texts::help_dispute_differ(locale),
        Cause::Asked { by } => texts::help_dispute_asked(locale, &here.person(by)),
        Cause::Silence => texts::help_dispute_silence(locale),
        Cause::NotIntroduced => texts::help_dispute_not_introduced(locale),
    };
    let statements: Vec<_> = dispute
        .statements
        .iter()
        .map(|statement| {
            let text = Phrase::given(statement.text.as_str().to_owned());
            let at = format::moment(locale, statement.at);
            let by = texts::help_statement_by(locale, &here.person(statement.by), &at);
            view! { <Quote text=text by=by/> }
        })
        .collect();
    view! {
        <section class="mg-card">
            <h2 class="mg-card__title">{title}</h2>
            <p>{cause}</p>
            {statements}
        </section>
    }
    .into_markup()
}

fn decided(here: Here<'_>, verdict: &Verdict) -> Option<Markup> {
    let locale = here.locale();
    let Said::ByCentre { reason, .. } = &verdict.said else { return None };
    let what = course::outcome(here, verdict.outcome);
    let why = texts::help_decided_why(locale, reason.as_str());
    Some(
        view! {
            <section class="mg-card">
                <h2 class="mg-card__title">{texts::help_decided_title(locale)}</h2>
                <p>{what}</p>
                <p>{why}</p>
            </section>
        }
        .into_markup(),
    )
}
