//! What an operator of the centre sees.

use super::{DeskAction, DeskItem, DeskView, JobCard, JobView, Next, Who, card::card, page};
use crate::cohelp::command::DeskAct;
use crate::cohelp::decide::guard;
use crate::cohelp::helping::helper_id;
use crate::cohelp::types::{CallBack, Claim, Entered, Errand, Explanation, Job, Note, Offer, OfferState};
use crate::kernel::{PersonId, Timestamp};

/// Jobs as an operator's lists show them, in their order; nothing of the operator's own.
pub fn desk_items(jobs: &[Job], claims: &[Claim], operator: PersonId, now: Timestamp) -> Vec<DeskItem> {
    let item = |job: &Job| {
        let card = from_outside(card(job, core::iter::empty(), job.requester, now));
        let claim = claims.iter().find(|claim| claim.job == job.id && claim.holds(now)).copied();
        DeskItem { card, requester: job.requester, helper: job.helper(), errand: errand(job), claim }
    };
    jobs.iter().filter(|job| job.side(operator).is_none()).map(item).collect()
}

/// What is kept beside a job.
#[derive(Debug, Clone, Copy, Default)]
pub struct Beside<'a> {
    /// Who looks after it, or did last.
    pub claim: Option<Claim>,
    /// What was entered for it in the name of the two.
    pub entered: &'a [Entered],
    /// When the helper last wrote to the requester.
    pub written: Option<Timestamp>,
}

/// The page of a job on the desk, or none in the operator's own matter.
pub fn desk_view(
    job: &Job,
    offers: &[Offer],
    beside: Beside<'_>,
    operator: PersonId,
    now: Timestamp,
) -> Option<DeskView> {
    let Beside { claim, entered, written } = beside;
    if job.side(operator).is_some() {
        return None;
    }
    // Who else offered is not the centre's matter.
    let chosen = |offer: &&Offer| offer.job == job.id && offer.state == OfferState::Chosen;
    let seen = page::seen_by(job, offers.iter().filter(chosen).collect(), job.requester, true, now);
    let card = from_outside(seen.card);
    let view =
        JobView { card, details: Some(job.request.details.clone()), answers: job.request.answers.clone(), ..seen };
    let claim = claim.filter(|claim| claim.holds(now) && guard::going(job, now).is_ok());
    let call_back = CallBack::of(job, offers.iter(), entered, written, now);
    let ring = call_back.map(|_| DeskAction::RingUp);
    let may = may(job, claim, entered, operator, now).into_iter().chain(ring.filter(|_| free(claim, operator)));
    Some(DeskView { job: view, errand: errand(job), claim, call_back, may: may.collect() })
}

/// What is to be done, and by when.
fn errand(job: &Job) -> Option<(Errand, Timestamp)> {
    job.waits_for_centre().map(|(errand, _)| errand).zip(job.due_at_centre())
}

/// What the requester sees, as somebody sees it who is on neither side.
fn from_outside(card: JobCard) -> JobCard {
    let named = |next: Next| Next { who: if next.who == Who::You { Who::Requester } else { next.who }, ..next };
    JobCard { side: None, next: card.next.map(named), ..card }
}

/// Whether nobody else looks after it.
fn free(claim: Option<Claim>, operator: PersonId) -> bool {
    claim.is_none_or(|claim| claim.by == operator)
}

fn may(job: &Job, claim: Option<Claim>, entered: &[Entered], operator: PersonId, now: Timestamp) -> Vec<DeskAction> {
    let own = claim.is_some_and(|claim| claim.by == operator);
    let take = (!own && guard::desk(job, operator, &DeskAct::Claim, now).is_ok()).then_some(DeskAction::Claim);
    if claim.is_some() && !own {
        return take.into_iter().collect();
    }
    // What is written beside an act changes nothing about whether it can be done.
    let (Ok(note), Ok(reason)) = (Note::parse("-"), Explanation::parse("-")) else { return Vec::new() };
    let acts = [
        (DeskAction::Introduce, DeskAct::Introduce { fits: true }),
        (DeskAction::Notify, DeskAct::Notify),
        (DeskAction::CheckIn, DeskAct::CheckIn { reason: note }),
    ];
    let decide = page::outcomes(job)
        .into_iter()
        .map(|outcome| (DeskAction::Decide(outcome), DeskAct::Decide { outcome, reason: reason.clone() }));
    let close = [(DeskAction::Close, DeskAct::Close { reason: reason.clone() })];
    // Whom is asked afterwards: here it is whether anybody could be.
    let enquire = [(DeskAction::Enquire, DeskAct::Enquire { helper: helper_id(operator) })];
    let all = acts.into_iter().chain(decide).chain(close).chain(enquire);
    let allowed = |act: &DeskAct| {
        guard::desk(job, operator, act, now).and_then(|()| guard::second_eyes(entered, operator, act)).is_ok()
    };
    let can = all.filter(|(_, act)| allowed(act)).map(|(action, _)| action);
    take.into_iter().chain(can).chain(own.then_some(DeskAction::HandOver)).collect()
}
