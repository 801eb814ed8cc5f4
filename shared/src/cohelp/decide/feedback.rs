//! What the two tell the centre of its service, and that it was read.

use super::Changes;
use crate::cohelp::reads::Snapshot;
use crate::cohelp::refusal::Refusal;
use crate::cohelp::types::{FEEDBACK_MAX, Feedback, Job, Occurrence, Rating, Side};
use crate::kernel::{PersonId, Prose, Timestamp};

pub(super) fn rate(
    snapshot: &Snapshot,
    job: &Job,
    satisfaction: Rating,
    words: Option<&Prose<FEEDBACK_MAX>>,
    by: PersonId,
    at: Timestamp,
) -> Result<Changes, Refusal> {
    let side = job.rater(by, at)?;
    if snapshot.feedback.iter().any(|feedback| feedback.side == side) {
        return Err(Refusal::AlreadyRated);
    }
    let feedback = Feedback { job: job.id, side, by, at, words: words.cloned(), read: None };
    let (waiting, counted) = snapshot.satisfaction.with(satisfaction);
    let occurrences = counted.into_iter().map(|what| Occurrence { at, what }).collect();
    Ok(Changes { feedback: vec![feedback], satisfaction: Some(waiting), occurrences, ..Changes::default() })
}

pub(super) fn read(snapshot: &Snapshot, side: Side, by: PersonId, at: Timestamp) -> Result<Changes, Refusal> {
    let waiting = snapshot.feedback.iter().find(|feedback| feedback.side == side && feedback.waits());
    let feedback = waiting.ok_or(Refusal::NothingToRead)?;
    Ok(Changes { feedback: vec![Feedback { read: Some((by, at)), ..feedback.clone() }], ..Changes::default() })
}
