//! What the centre does for two neighbours.

use super::{Changes, apply, case, concern, feedback, guard};
use crate::cohelp::command::DeskAct;
use crate::cohelp::helping::{Enquiry, proven};
use crate::cohelp::reads::Snapshot;
use crate::cohelp::refusal::Refusal;
use crate::cohelp::types::{
    Agreed, CallBack, Checked, Ending, Entered, EnteredAct, Introduction, Job, Notice, Offer, OfferState, Rules, Said,
    Verdict,
};
use crate::kernel::{Context, PersonId, Points, Timestamp, limit};

pub(super) fn apply(
    snapshot: &Snapshot,
    rules: &Rules,
    job: &Job,
    act: &DeskAct,
    context: &Context,
) -> Result<Changes, Refusal> {
    let (operator, now) = (context.actor.person, context.now);
    guard::second_eyes(&snapshot.entered, operator, act)?;
    guard::desk(job, operator, act, now)?;
    case::free(snapshot, act, operator, now)?;
    let mut changes = done(snapshot, rules, job, act, context)?;
    if changes.claims.is_empty() {
        // Nobody looks after what is over.
        let over = changes.jobs.iter().any(|job| guard::going(job, now).is_err());
        let claim = case::renewed(snapshot, operator, now);
        changes.claims.extend(claim.map(|claim| (job.id, (!over).then_some(claim))));
    }
    Ok(changes)
}

fn done(snapshot: &Snapshot, rules: &Rules, job: &Job, act: &DeskAct, context: &Context) -> Result<Changes, Refusal> {
    let (operator, now) = (context.actor.person, context.now);
    let memo = |text| case::memo(context.command, job.id, text, operator, now);
    Ok(match act {
        DeskAct::Claim => case::claim(snapshot, job.id, operator, now)?,
        DeskAct::HandOver { memo: text } => case::hand_over(snapshot, job.id, text.as_ref().map(memo), operator, now)?,
        DeskAct::Write { memo: text } => case::written(snapshot, memo(text))?,
        DeskAct::Take { concern } => concern::take(snapshot, *concern, operator, now)?,
        DeskAct::Find { concern, text } => concern::find(snapshot, *concern, text, operator, now)?,
        DeskAct::Read { side } => feedback::read(snapshot, *side, operator, now)?,
        DeskAct::RingUp => ring_up(snapshot, job, context)?,
        DeskAct::Enquire { .. } => enquire(snapshot, rules, job, operator, now)?,
        DeskAct::Introduce { fits: true } => {
            let introduction = Introduction::Held { by: operator, at: now };
            apply::with(job, Agreed { introduction, ..guard::agreed(job)?.clone() })
        }
        DeskAct::Introduce { fits: false } => {
            apply::end(snapshot, job, Ending::Unsuited { by: operator, at: now }, Points::ZERO, now)
        }
        DeskAct::Notify => {
            let notice = Some(Notice { by: None, at: now });
            apply::with(job, Agreed { notice, ..guard::agreed(job)?.clone() })
        }
        DeskAct::CheckIn { reason } => {
            let checked = Checked { at: now, by_centre: Some((operator, reason.clone())) };
            apply::begin(job, guard::agreed(job)?, checked)
        }
        DeskAct::Decide { outcome, reason } => {
            let said = Said::ByCentre { by: operator, at: now, reason: reason.clone() };
            let verdict = Verdict { outcome: *outcome, said };
            apply::settle(job, guard::agreed(job)?.clone(), verdict, now)
        }
        DeskAct::Close { reason } => {
            let ending = Ending::Closed { by: operator, at: now, reason: reason.clone() };
            apply::end(snapshot, job, ending, Points::ZERO, now)
        }
    })
}

/// Who asked on the phone was rung up.
fn ring_up(snapshot: &Snapshot, job: &Job, context: &Context) -> Result<Changes, Refusal> {
    let (by, at, offers) = (context.actor.person, context.now, snapshot.offers_of(job.id));
    CallBack::of(job, offers, &snapshot.entered, snapshot.chat.by_helper, at).ok_or(Refusal::NobodyToRing)?;
    let (id, person, act) = (context.command, job.requester, EnteredAct::Told);
    Ok(Changes { entered: vec![Entered { id, job: job.id, person, by, at, act }], ..Changes::default() })
}

fn enquire(snapshot: &Snapshot, rules: &Rules, job: &Job, by: PersonId, at: Timestamp) -> Result<Changes, Refusal> {
    let helper =
        snapshot.helper.filter(|_| snapshot.registered.is_some() && !snapshot.apart).ok_or(Refusal::NotAskable)?;
    proven(&job.request, rules, snapshot.registered.as_ref()).map_err(|_| Refusal::NotAskable)?;
    let stands = |offer: &Offer| offer.helper == helper && offer.state == OfferState::Standing;
    // An operator asks nobody for themself.
    if helper == job.requester || helper == by || snapshot.offers_of(job.id).any(stands) {
        return Err(Refusal::NotAskable);
    }
    if snapshot.enquiry.is_some() {
        return Err(Refusal::AlreadyAsked);
    }
    if snapshot.enquiries >= limit::ENQUIRIES_MAX {
        return Err(Refusal::TooManyEnquiries);
    }
    let enquiry = Enquiry { job: job.id, helper, by, at, answer: None };
    Ok(Changes { enquiries: vec![enquiry], ..Changes::default() })
}
