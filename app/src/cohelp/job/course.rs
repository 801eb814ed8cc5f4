//! What has been said since the points were set aside.

use leptos::prelude::*;
use shared::cohelp::{Outcome, Side};

use super::Here;
use crate::cohelp::say;
use crate::i18n::{Phrase, format, texts};

/// Who is late, and what each of the two reported.
pub(super) fn said(here: Here<'_>) -> Vec<AnyView> {
    let (locale, job) = (here.locale(), here.job());
    let Some(course) = &job.course else { return Vec::new() };
    let mut lines = Vec::new();
    if let Some(late) = course.late {
        let at = late.at.plus_seconds(i64::from(late.minutes) * 60);
        let at = format::moment(locale, at);
        lines.push(if job.card.side == Some(late.by) {
            texts::help_late_said_you(locale, &at)
        } else {
            texts::help_late_said(locale, &here.other(), &at)
        });
    }
    for side in [Side::Helper, Side::Requester] {
        if let Some(report) = course.reports.of(side) {
            let what = outcome(here, report.outcome);
            lines.push(if job.card.side == Some(side) {
                texts::help_report_said_you(locale, &what)
            } else {
                texts::help_report_said(locale, &here.other(), &what)
            });
        }
    }
    lines.into_iter().map(|line| view! { <p>{line}</p> }.into_any()).collect()
}

/// What came of it, as the reader sees the two.
pub(in crate::cohelp) fn outcome(here: Here<'_>, outcome: Outcome) -> Phrase {
    say::outcome(here.locale(), outcome, here.job().card.minutes, |side| here.person(side))
}
