//! What of a commit counts of requests, found by comparing what is written with what was there: no step can forget to say so.

use super::Changes;
use crate::cohelp::reads::Snapshot;
use crate::cohelp::types::{Job, Occurred, Occurrence, Outcome, Paid, State};
use crate::kernel::Timestamp;

/// What counts of those changes; `phoned` is whether an operator entered them for somebody on the phone. Of satisfaction, and of
/// those who register to help, is counted where they say so.
pub(super) fn occurrences(snapshot: &Snapshot, changes: &Changes, phoned: bool, at: Timestamp) -> Vec<Occurrence> {
    let of_job = |job: &Job| match snapshot.jobs.get(&job.id) {
        None => asked(job, phoned, !snapshot.asked),
        Some(before) => became(before, job).into_iter().collect(),
    };
    changes.jobs.iter().flat_map(of_job).map(|what| Occurrence { at, what }).collect()
}

fn asked(job: &Job, phoned: bool, first: bool) -> Vec<Occurred> {
    let asked = Occurred::Asked { category: job.request.category };
    [Some(asked), phoned.then_some(Occurred::Phoned), first.then_some(Occurred::Newcomer)]
        .into_iter()
        .flatten()
        .collect()
}

fn became(before: &Job, after: &Job) -> Option<Occurred> {
    match (&before.state, &after.state) {
        (State::Agreeing(_), State::Agreed(_)) => Some(Occurred::Matched),
        (State::Open { .. }, State::Expired { .. }) => Some(Occurred::Unmet),
        (State::Cancelled { .. }, State::Cancelled { .. }) => None,
        (_, State::Cancelled { .. }) => Some(Occurred::Ended),
        (State::Paying(..), State::Paid(paid)) => Some(helped(after, paid)),
        _ => None,
    }
}

fn helped(job: &Job, paid: &Paid) -> Occurred {
    let minutes = match paid.verdict.outcome {
        Outcome::Done { minutes } => minutes,
        Outcome::NoShow { .. } | Outcome::NotDone => 0,
    };
    let helper = paid.agreed.agreement.helper;
    Occurred::Helped { category: job.request.category, minutes, gave: paid.gave, requester: job.requester, helper }
}
