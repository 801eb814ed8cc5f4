//! What the ledger's reports and the clock change. Nothing here is refused: a report that no longer fits changes
//! nothing but that its outbox item is done.

use super::{Changes, apply};
use crate::cohelp::command::{Event, Step, hold_id, release_id, settle_id};
use crate::cohelp::reads::Snapshot;
use crate::cohelp::types::{
    Agreed, Agreement, Cause, CheckIn, Ending, Introduction, Job, Offer, OfferState, Paid, Reports, Sides, State,
};
use crate::kernel::{HoldId, JobId, Points, Timestamp};

pub(super) fn changes(snapshot: &Snapshot, step: &Step, now: Timestamp) -> Changes {
    match step {
        Step::Held { job, hold } => held(snapshot, *job, *hold, now),
        Step::HoldRefused { job, hold, missing } => hold_refused(snapshot, *job, *hold, *missing),
        Step::Settled { job, hold } => settled(snapshot, *job, *hold, now),
        Step::HoldLost { job, hold } => hold_lost(snapshot, *job, *hold, now),
        Step::Released { job, hold } => released(snapshot, *job, *hold, now),
        Step::ExpireDue => expire(snapshot, now),
    }
}

fn held(snapshot: &Snapshot, id: JobId, hold: HoldId, now: Timestamp) -> Changes {
    let mut changes = Changes { done: vec![hold_id(hold)], ..Changes::default() };
    let job = snapshot.jobs.get(&id);
    match job.map(|job| (job, &job.state)) {
        Some((job, State::Agreeing(agreement))) if agreement.hold == hold => {
            let state = State::Agreed(agreed(job, agreement.clone(), now));
            changes.jobs.push(Job { state, ..job.clone() });
            changes.offers = apply::declined(snapshot, id);
        }
        Some((_, state)) if state.agreement().is_some_and(|agreement| agreement.hold == hold) => {}
        // Points were set aside by a try that arrived after the refusal of another: nobody waits for them.
        _ => changes.emit(Event::CancelledAfterAgreement { job: id, hold }, now),
    }
    changes
}

fn agreed(job: &Job, agreement: Agreement, now: Timestamp) -> Agreed {
    let introduce = job.conditions.introduction && !agreement.acquainted;
    Agreed {
        agreement,
        agreed_at: now,
        introduction: if introduce { Introduction::Needed } else { Introduction::NotNeeded },
        notice: None,
        late: Sides::default(),
        check_in: CheckIn::Waiting,
        reports: Reports::default(),
        disputed: None,
    }
}

fn hold_refused(snapshot: &Snapshot, id: JobId, hold: HoldId, missing: Points) -> Changes {
    let mut changes = Changes { done: vec![hold_id(hold)], ..Changes::default() };
    let Some(job) = snapshot.jobs.get(&id) else { return changes };
    let State::Agreeing(agreement) = &job.state else { return changes };
    if agreement.hold == hold {
        changes.jobs.push(Job { state: State::short_of(missing), ..job.clone() });
        let chosen = snapshot.offers.get(&agreement.offer);
        changes.offers.extend(chosen.map(|offer| Offer { state: OfferState::Standing, ..offer.clone() }));
    }
    changes
}

/// The job, if that is the hold of its agreement.
fn job_of(snapshot: &Snapshot, id: JobId, hold: HoldId) -> Option<&Job> {
    snapshot.jobs.get(&id).filter(|job| job.state.agreement().is_some_and(|agreement| agreement.hold == hold))
}

fn settled(snapshot: &Snapshot, id: JobId, hold: HoldId, now: Timestamp) -> Changes {
    let mut changes = Changes { done: vec![settle_id(hold)], ..Changes::default() };
    let Some(job) = job_of(snapshot, id, hold) else { return changes };
    let state = match &job.state {
        State::Paying(agreed, verdict) => {
            let gave = job.costs(verdict.outcome);
            State::Paid(Paid {
                agreed: agreed.clone(),
                verdict: verdict.clone(),
                paid_at: now,
                gave,
                fee: gave.share(job.conditions.fee_percent.into(), 100),
                thanks_by_requester: None,
                thanks_by_helper: None,
            })
        }
        State::Cancelling { compensation, .. } => return ended(snapshot, job, *compensation, changes, now),
        _ => return changes,
    };
    changes.jobs.push(Job { state, ..job.clone() });
    changes
}

/// The hold was gone before the settlement: the requester has everything back.
fn hold_lost(snapshot: &Snapshot, id: JobId, hold: HoldId, now: Timestamp) -> Changes {
    let mut changes = Changes { done: vec![settle_id(hold)], ..Changes::default() };
    let Some(job) = job_of(snapshot, id, hold) else { return changes };
    match &job.state {
        State::Paying(agreed, _) => {
            let (agreed, ending) = (Some(agreed.clone()), Ending::Lapsed { at: now });
            let state = State::Cancelled { agreed, ending, compensation: Points::ZERO };
            changes.jobs.push(Job { state, ..job.clone() });
            changes
        }
        State::Cancelling { .. } => ended(snapshot, job, Points::ZERO, changes, now),
        _ => changes,
    }
}

fn released(snapshot: &Snapshot, id: JobId, hold: HoldId, now: Timestamp) -> Changes {
    let changes = Changes { done: vec![release_id(hold)], ..Changes::default() };
    match job_of(snapshot, id, hold) {
        Some(job) => ended(snapshot, job, Points::ZERO, changes, now),
        None => changes,
    }
}

/// The points are where they belong. Where only the helper is gone and there is time, the request is open again; but
/// what somebody told the centre about it stays with it.
fn ended(snapshot: &Snapshot, job: &Job, compensation: Points, mut changes: Changes, now: Timestamp) -> Changes {
    let State::Cancelling { agreed, ending, .. } = &job.state else { return changes };
    let state = if ending.frees() && agreed.disputed.is_none() && now < job.request.window.starts() {
        let gone = match ending {
            Ending::Cancelled { .. } => OfferState::Withdrawn,
            _ => OfferState::Declined,
        };
        let chosen = snapshot.offers.get(&agreed.agreement.offer);
        changes.offers.extend(chosen.map(|offer| Offer { state: gone, ..offer.clone() }));
        State::Open { missing: None, left: Some(ending.clone()) }
    } else {
        State::Cancelled { agreed: Some(agreed.clone()), ending: ending.clone(), compensation }
    };
    changes.jobs.push(Job { state, ..job.clone() });
    changes
}

fn expire(snapshot: &Snapshot, now: Timestamp) -> Changes {
    // So that the others are told.
    let claims = snapshot.lapsed.iter().map(|job| (*job, None)).collect();
    let mut changes = Changes { claims, ..Changes::default() };
    for job in snapshot.jobs.values().filter(|job| job.due_at().is_some_and(|due| due <= now)) {
        let due = match &job.state {
            State::Open { .. } => {
                Changes { offers: apply::declined(snapshot, job.id), ..apply::moved(job, job.state_at(now)) }
            }
            State::Agreed(agreed) => {
                let missed = agreed.introduction == Introduction::Needed;
                let cause = if missed { Cause::NotIntroduced } else { Cause::Silence };
                apply::dispute(job, agreed.clone(), cause, Vec::new(), now)
            }
            State::Disputed(agreed, _) => {
                apply::give_back(job, agreed.clone(), Ending::Lapsed { at: now }, Points::ZERO, now)
            }
            _ => continue,
        };
        changes.jobs.extend(due.jobs);
        changes.offers.extend(due.offers);
        changes.outbox.extend(due.outbox);
    }
    changes
}
