//! What was just done: that it happened, and what comes next.

use leptos::prelude::*;
use shared::cohelp::{Ending, JobView, Phase, Said};
use shared::wire::Rated;

use super::{Here, JobDone};
use crate::design::banner::{Banner, Matter};
use crate::i18n::{Phrase, format, texts};

/// The panel at the top, if something was done and it still holds.
pub(super) fn panel(here: Here<'_>, done: Option<JobDone>) -> Option<impl IntoView + use<>> {
    let (matter, title, text) = words(here, done?)?;
    Some(view! {
        <div id="done" role="status" tabindex="-1" autofocus=true>
            <Banner matter=matter title=title><p>{text}</p></Banner>
        </div>
    })
}

/// Words for it. The page may be opened again much later, so they follow where the job stands now.
fn words(here: Here<'_>, done: JobDone) -> Option<(Matter, Phrase, Phrase)> {
    let (locale, job) = (here.locale(), here.job());
    let (phase, other) = (job.card.phase, here.other());
    let window = job.card.window;
    let when = || format::window(locale, window.day(), window.from_minute(), window.to_minute());
    let waits = here.page.concerns.iter().any(|concern| concern.finding.is_none());
    let rated = matches!(here.page.rated, Some(Rated::Said(_)));
    if !holds(job, done) || (done == JobDone::Raised && !waits) || (done == JobDone::Rated && !rated) {
        return None;
    }
    let (title, text) = match (done, phase) {
        // It stands where it was written.
        (JobDone::Written | JobDone::PhotoAdded | JobDone::PhotoRemoved, _) => return None,
        (JobDone::Asked, _) => (texts::help_new_done_title(locale), texts::help_new_done(locale)),
        (JobDone::Rated, _) => (texts::help_done_rate_title(locale), texts::help_done_rate(locale)),
        (JobDone::Raised, _) => (texts::help_done_raised(locale), texts::help_done_raised_note(locale)),
        (JobDone::Declined, _) => (texts::help_done_declined(locale), texts::help_done_declined_note(locale)),
        (JobDone::Offered, _) => (texts::help_done_offer_title(locale), texts::help_done_offer(locale)),
        (JobDone::Withdrawn, _) => (texts::help_done_withdraw_title(locale), texts::help_done_withdraw(locale)),
        (JobDone::Chosen, Phase::Open) => {
            let text = texts::help_turn_short(locale, job.short_of?.get());
            return Some((Matter::Error, texts::help_not_chosen_title(locale), text));
        }
        (JobDone::Chosen, Phase::Agreeing) => {
            (texts::help_done_choose_title(locale, &other), texts::help_done_choose_waiting(locale))
        }
        (JobDone::Chosen, _) => {
            (texts::help_done_choose_title(locale, &other), texts::help_done_choose(locale, &when(), &other))
        }
        (JobDone::Notified, _) => (texts::help_done_notify_title(locale), texts::help_done_notify(locale)),
        (JobDone::Late, _) => (texts::help_done_late_title(locale), texts::help_done_late(locale, &other)),
        (JobDone::Started, _) => (texts::help_done_start_title(locale), texts::help_done_start(locale)),
        (JobDone::Consulted, _) => (texts::help_done_consult_title(locale), texts::help_done_consult(locale)),
        (JobDone::Reported, Phase::Paying) => (texts::help_done_paid_title(locale), texts::help_done_paying(locale)),
        (JobDone::Reported, Phase::Disputed) if differ(job) => {
            (texts::help_done_report_title(locale), texts::help_done_report_differ(locale, &other))
        }
        (JobDone::Reported, Phase::Cancelling | Phase::Cancelled) => {
            (texts::help_done_paid_title(locale), texts::help_done_report_back(locale))
        }
        (JobDone::Reported | JobDone::Paid, Phase::Paid) => {
            (texts::help_done_paid_title(locale), texts::help_done_confirm_both(locale))
        }
        (JobDone::Reported | JobDone::Paid, _) => {
            (texts::help_done_report_title(locale), texts::help_done_report(locale, &other))
        }
        (JobDone::Cancelled, _) if job.gave.is_some_and(|gave| !gave.is_zero()) => {
            (texts::help_done_cancel_title(locale), texts::help_done_cancel_rest(locale))
        }
        (JobDone::Cancelled, _) if job.card.side.is_none() => {
            (texts::help_done_cancel_title(locale), texts::help_done_left(locale))
        }
        (JobDone::Cancelled, Phase::Cancelling) => {
            (texts::help_done_cancel_title(locale), texts::help_done_cancel_returning(locale))
        }
        (JobDone::Cancelled, _) if job.helper.is_some() => {
            (texts::help_done_cancel_title(locale), texts::help_done_cancel(locale))
        }
        (JobDone::Cancelled, _) => (texts::help_done_cancel_title(locale), texts::help_done_cancel_open(locale)),
        (JobDone::Thanked, _) => (texts::help_done_thank_title(locale), texts::help_done_thank(locale, &other)),
    };
    Some((Matter::Success, title, text))
}

/// Whether it is so: the link may be old, or somebody else's.
fn holds(job: &JobView, done: JobDone) -> bool {
    let course = job.course.as_ref();
    match done {
        JobDone::Notified => course.is_some_and(|course| course.notice.is_some()),
        JobDone::Late => course.is_some_and(|course| !course.late.none()),
        JobDone::Started => course.is_some_and(|course| course.started_at.is_some()),
        JobDone::Consulted => job.dispute.is_some(),
        // What the centre decided in the meantime is said by the page itself.
        JobDone::Reported => course.is_some_and(|course| !course.reports.none()) && !decided(job),
        JobDone::Paid => !decided(job),
        // For a helper who left, whether they are out of it.
        JobDone::Cancelled => matches!(job.card.phase, Phase::Cancelling | Phase::Cancelled) || job.card.side.is_none(),
        JobDone::Asked
        | JobDone::Offered
        | JobDone::Withdrawn
        | JobDone::Chosen
        | JobDone::Thanked
        | JobDone::Declined
        | JobDone::Raised
        | JobDone::Rated
        | JobDone::Written
        | JobDone::PhotoAdded
        | JobDone::PhotoRemoved => true,
    }
}

/// Whether both have spoken, and say different things.
fn differ(job: &JobView) -> bool {
    let reports = job.course.as_ref().map(|course| course.reports).unwrap_or_default();
    reports.requester.zip(reports.helper).is_some_and(|(one, other)| one.outcome != other.outcome)
}

/// Whether it was the centre that said what came of it, or that it ends.
fn decided(job: &JobView) -> bool {
    let by_centre = job.verdict.as_ref().is_some_and(|verdict| matches!(verdict.said, Said::ByCentre { .. }));
    by_centre || matches!(job.ending, Some(Ending::Closed { .. } | Ending::Lapsed { .. }))
}
