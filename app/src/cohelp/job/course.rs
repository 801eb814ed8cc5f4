//! What has been said since the points were set aside.

use leptos::prelude::*;
use shared::cohelp::Outcome;

use super::Here;
use crate::cohelp::say;
use crate::i18n::{Phrase, format, texts};
use crate::markup::{IntoMarkup, Markup};

/// Who is late, and what each of the two reported.
pub(super) fn said(here: Here<'_>) -> Vec<Markup> {
    let (locale, job) = (here.locale(), here.job());
    let Some(course) = &job.course else { return Vec::new() };
    let mut lines = Vec::new();
    for (side, late) in course.late.each() {
        let at = format::moment(locale, late.comes_at());
        lines.push(if job.card.side == Some(side) {
            texts::help_late_said_you(locale, &at)
        } else {
            texts::help_late_said(locale, &here.person(side), &at)
        });
    }
    if let Some(how) = &course.how {
        lines.push(texts::help_started_how(locale, how.as_str()));
    }
    for (side, report) in course.reports.each() {
        let what = outcome(here, report.outcome);
        lines.push(if job.card.side == Some(side) {
            texts::help_report_said_you(locale, &what)
        } else {
            texts::help_report_said(locale, &here.person(side), &what)
        });
    }
    lines.into_iter().map(|line| view! { <p>{line}</p> }.into_markup()).collect()
}

/// What came of it, as the reader sees the two.
pub(in crate::cohelp) fn outcome(here: Here<'_>, outcome: Outcome) -> Phrase {
    say::outcome(here.locale(), outcome, here.job().card.minutes, |side| here.person(side))
}
