//! What the ledger's reports and the clock change. Nothing here is refused: a report that no longer fits changes
//! nothing but that its outbox item is done.

use super::{Changes, apply};
use crate::cohelp::command::{Event, Step, hold_id, release_id, settle_id};
use crate::cohelp::reads::Snapshot;
use crate::cohelp::types::{Ending, Job, Offer, OfferState, State};
use crate::kernel::{HoldId, JobId, Points, Timestamp};

/// What follows from the step.
pub fn advance(snapshot: &Snapshot, step: &Step, now: Timestamp) -> Changes {
    match step {
        Step::Held { job, hold } => held(snapshot, *job, *hold, now),
        Step::HoldRefused { job, hold, missing } => hold_refused(snapshot, *job, *hold, *missing),
        Step::Settled { job, hold } => settled(snapshot, *job, *hold, now),
        Step::HoldLost { job, hold } => hold_lost(snapshot, *job, *hold, now),
        Step::Released { job, hold } => released(snapshot, *job, *hold),
        Step::ExpireDue => expire(snapshot, now),
    }
}

fn held(snapshot: &Snapshot, id: JobId, hold: HoldId, now: Timestamp) -> Changes {
    let mut changes = Changes { done: vec![hold_id(hold)], ..Changes::default() };
    let job = snapshot.jobs.get(&id);
    match job.map(|job| (job, &job.state)) {
        Some((job, State::Agreeing(agreement))) if agreement.hold == hold => {
            let state = State::Agreed { agreement: agreement.clone(), agreed_at: now, confirmed: None };
            changes.jobs.push(Job { state, ..job.clone() });
            changes.offers = apply::declined(snapshot, id);
        }
        Some((_, state)) if state.agreement().is_some_and(|agreement| agreement.hold == hold) => {}
        // Points were set aside by a try that arrived after the refusal of another: nobody waits for them.
        _ => changes.emit(Event::CancelledAfterAgreement { job: id, hold }, now),
    }
    changes
}

fn hold_refused(snapshot: &Snapshot, id: JobId, hold: HoldId, missing: Points) -> Changes {
    let mut changes = Changes { done: vec![hold_id(hold)], ..Changes::default() };
    let Some(job) = snapshot.jobs.get(&id) else { return changes };
    let State::Agreeing(agreement) = &job.state else { return changes };
    if agreement.hold == hold {
        changes.jobs.push(Job { state: State::Open { missing: Some(missing) }, ..job.clone() });
        let chosen = snapshot.offers.get(&agreement.offer);
        changes.offers.extend(chosen.map(|offer| Offer { state: OfferState::Standing, ..offer.clone() }));
    }
    changes
}

fn settled(snapshot: &Snapshot, id: JobId, hold: HoldId, now: Timestamp) -> Changes {
    let mut changes = Changes { done: vec![settle_id(hold)], ..Changes::default() };
    let Some(job) = snapshot.jobs.get(&id) else { return changes };
    let State::Paying { agreement, agreed_at, done } = &job.state else { return changes };
    if agreement.hold == hold {
        let state = State::Paid {
            agreement: agreement.clone(),
            agreed_at: *agreed_at,
            done: *done,
            paid_at: now,
            fee: job.fee(),
            thanks_by_requester: None,
            thanks_by_helper: None,
        };
        changes.jobs.push(Job { state, ..job.clone() });
    }
    changes
}

fn hold_lost(snapshot: &Snapshot, id: JobId, hold: HoldId, now: Timestamp) -> Changes {
    let mut changes = Changes { done: vec![settle_id(hold)], ..Changes::default() };
    let Some(job) = snapshot.jobs.get(&id) else { return changes };
    let State::Paying { agreement, .. } = &job.state else { return changes };
    if agreement.hold == hold {
        let state = State::Cancelled { agreement: Some(agreement.clone()), ending: Ending::Lapsed { at: now } };
        changes.jobs.push(Job { state, ..job.clone() });
    }
    changes
}

fn released(snapshot: &Snapshot, id: JobId, hold: HoldId) -> Changes {
    let mut changes = Changes { done: vec![release_id(hold)], ..Changes::default() };
    let Some(job) = snapshot.jobs.get(&id) else { return changes };
    let State::Cancelling { agreement, ending } = &job.state else { return changes };
    if agreement.hold == hold {
        let state = State::Cancelled { agreement: Some(agreement.clone()), ending: ending.clone() };
        changes.jobs.push(Job { state, ..job.clone() });
    }
    changes
}

fn expire(snapshot: &Snapshot, now: Timestamp) -> Changes {
    let mut changes = Changes::default();
    for job in snapshot.jobs.values().filter(|job| job.due_at().is_some_and(|due| due <= now)) {
        match &job.state {
            State::Open { .. } => {
                changes.jobs.push(Job { state: job.state_at(now), ..job.clone() });
                changes.offers.extend(apply::declined(snapshot, job.id));
            }
            State::Agreed { agreement, .. } => {
                let lapsed = apply::give_back(job, agreement.clone(), Ending::Lapsed { at: now }, now);
                changes.jobs.extend(lapsed.jobs);
                changes.outbox.extend(lapsed.outbox);
            }
            _ => {}
        }
    }
    changes
}
