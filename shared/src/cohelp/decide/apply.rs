//! What an allowed command changes.

use super::{Changes, Terms, guard};
use crate::cohelp::command::{Command, Event};
use crate::cohelp::reads::Snapshot;
use crate::cohelp::refusal::Refusal;
use crate::cohelp::types::{
    Agreement, Confirmation, Done, Ending, Job, Note, Offer, OfferState, Request, Side, State, Thanks,
};
use crate::kernel::{Context, HoldId, JobId, OfferId, PersonId, Timestamp, limit};

pub(super) fn apply(
    snapshot: &Snapshot,
    terms: &Terms<'_>,
    command: &Command,
    context: &Context,
) -> Result<Changes, Refusal> {
    let (person, now) = (context.actor.person, context.now);
    if let Command::Ask { job, request } = command {
        return ask(snapshot, terms, *job, request, person, now);
    }
    let job = snapshot.jobs.get(&command.job()).ok_or(Refusal::JobUnknown)?;
    match command {
        Command::Ask { .. } => Err(Refusal::JobExists),
        Command::Offer { offer, note, .. } => make_offer(snapshot, job, *offer, note.as_ref(), person, now),
        Command::Withdraw { offer, .. } => withdraw(snapshot, job, *offer, person, now),
        Command::Choose { offer, .. } => choose(snapshot, job, *offer, context),
        Command::Confirm { .. } => confirm(job, person, now),
        Command::Cancel { reason, .. } => cancel(snapshot, job, reason.as_ref(), person, now),
        Command::Thank { rating, message, .. } => {
            thank(job, person, Thanks { rating: *rating, message: message.clone(), at: now })
        }
    }
}

fn ask(
    snapshot: &Snapshot,
    terms: &Terms<'_>,
    id: JobId,
    request: &Request,
    person: PersonId,
    now: Timestamp,
) -> Result<Changes, Refusal> {
    if snapshot.jobs.contains_key(&id) {
        return Err(Refusal::JobExists);
    }
    if snapshot.open_requests >= limit::OPEN_REQUESTS_MAX {
        return Err(Refusal::TooManyOpenRequests);
    }
    guard::request(request, terms.rules, now)?;
    guard::affordable(request.reward, terms.available)?;
    let job = Job {
        id,
        requester: person,
        request: request.clone(),
        fee_percent: terms.rules.fee_percent,
        posted_at: now,
        state: State::Open { missing: None },
    };
    Ok(Changes { jobs: vec![job], ..Changes::default() })
}

fn make_offer(
    snapshot: &Snapshot,
    job: &Job,
    id: OfferId,
    note: Option<&Note>,
    person: PersonId,
    now: Timestamp,
) -> Result<Changes, Refusal> {
    if snapshot.offers.contains_key(&id) {
        return Err(Refusal::OfferExists);
    }
    guard::offer(job, snapshot.offers_of(job.id), person, now)?;
    let offer = Offer { id, job: job.id, helper: person, note: note.cloned(), at: now, state: OfferState::Standing };
    Ok(Changes { offers: vec![offer], ..Changes::default() })
}

fn withdraw(snapshot: &Snapshot, job: &Job, id: OfferId, person: PersonId, now: Timestamp) -> Result<Changes, Refusal> {
    let offer = snapshot.offers_of(job.id).find(|offer| offer.id == id).ok_or(Refusal::OfferUnknown)?;
    guard::withdraw(job, offer, person, now)?;
    Ok(Changes { offers: vec![Offer { state: OfferState::Withdrawn, ..offer.clone() }], ..Changes::default() })
}

fn choose(snapshot: &Snapshot, job: &Job, id: OfferId, context: &Context) -> Result<Changes, Refusal> {
    let now = context.now;
    guard::choose(job, context.actor.person, now)?;
    let offer = guard::choosable(snapshot.offers_of(job.id), id)?;
    // Named after this very choice: after a refused hold the same offer can be chosen again under a new name.
    let hold = HoldId::derive("cohelp.choice", &[*job.id.as_bytes(), *context.command.as_bytes()].concat());
    let agreement = Agreement { offer: id, helper: offer.helper, hold, chosen_at: now };
    let mut changes = Changes {
        jobs: vec![Job { state: State::Agreeing(agreement), ..job.clone() }],
        offers: vec![Offer { state: OfferState::Chosen, ..offer.clone() }],
        ..Changes::default()
    };
    let (requester, reward, until) = (job.requester, job.request.reward, job.hold_until());
    changes.emit(Event::Chosen { job: job.id, hold, requester, reward, until }, now);
    Ok(changes)
}

fn confirm(job: &Job, person: PersonId, now: Timestamp) -> Result<Changes, Refusal> {
    let side = guard::confirm(job, person, now)?;
    let State::Agreed { agreement, agreed_at, confirmed } = &job.state else { return Err(Refusal::NotAgreed) };
    let (agreement, agreed_at) = (agreement.clone(), *agreed_at);
    let mut changes = Changes::default();
    let state = match confirmed {
        None => State::Agreed { agreement, agreed_at, confirmed: Some(Confirmation { by: side, at: now }) },
        Some(first) => {
            let done = match first.by {
                Side::Requester => Done { requester_at: first.at, helper_at: now },
                Side::Helper => Done { requester_at: now, helper_at: first.at },
            };
            let event = Event::BothConfirmed {
                job: job.id,
                hold: agreement.hold,
                helper: agreement.helper,
                reward: job.request.reward,
                fee_percent: job.fee_percent,
            };
            changes.emit(event, now);
            State::Paying { agreement, agreed_at, done }
        }
    };
    changes.jobs.push(Job { state, ..job.clone() });
    Ok(changes)
}

fn cancel(
    snapshot: &Snapshot,
    job: &Job,
    reason: Option<&Note>,
    person: PersonId,
    now: Timestamp,
) -> Result<Changes, Refusal> {
    let by = guard::cancel(job, person, now)?;
    let ending = Ending::Cancelled { by, at: now, reason: reason.cloned() };
    Ok(match &job.state {
        State::Agreed { agreement, .. } => give_back(job, agreement.clone(), ending, now),
        _ => Changes {
            jobs: vec![Job { state: State::Cancelled { agreement: None, ending }, ..job.clone() }],
            offers: declined(snapshot, job.id),
            ..Changes::default()
        },
    })
}

/// An agreed job ends without payment.
pub(super) fn give_back(job: &Job, agreement: Agreement, ending: Ending, now: Timestamp) -> Changes {
    let mut changes = Changes::default();
    changes.emit(Event::CancelledAfterAgreement { job: job.id, hold: agreement.hold }, now);
    changes.jobs.push(Job { state: State::Cancelling { agreement, ending }, ..job.clone() });
    changes
}

/// The standing offers for a job, declined.
pub(super) fn declined(snapshot: &Snapshot, job: JobId) -> Vec<Offer> {
    let standing = snapshot.offers_of(job).filter(|offer| offer.state == OfferState::Standing);
    standing.map(|offer| Offer { state: OfferState::Declined, ..offer.clone() }).collect()
}

fn thank(job: &Job, person: PersonId, thanks: Thanks) -> Result<Changes, Refusal> {
    let side = guard::thank(job, person)?;
    let mut job = job.clone();
    let State::Paid { thanks_by_requester, thanks_by_helper, .. } = &mut job.state else {
        return Err(Refusal::NotPaid);
    };
    match side {
        Side::Requester => *thanks_by_requester = Some(thanks),
        Side::Helper => *thanks_by_helper = Some(thanks),
    }
    Ok(Changes { jobs: vec![job], ..Changes::default() })
}
