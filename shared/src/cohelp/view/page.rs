//! The page of one job.

use super::{Action, Course, JobView, Next, OfferView, What, Who, card::card, timeline};
use crate::cohelp::decide::guard;
use crate::cohelp::matching::Candidate;
use crate::cohelp::refusal::Refusal;
use crate::cohelp::types::{
    Agreed, CheckIn, CheckInCode, Dispute, Ending, Introduction, Job, Offer, OfferState, Outcome, Side, Sides, State,
    Thanks, Verdict,
};
use crate::kernel::{PersonId, Points, Timestamp};

/// Whether the job is the viewer's to see; `offered` is whether they ever offered to take it.
pub fn sees(job: &Job, offered: bool, viewer: PersonId, now: Timestamp) -> bool {
    offered || job.side(viewer).is_some() || job.is_open(now)
}

/// The page for that viewer, or none if it is not theirs to see: the two of a job, those who offered, and everybody
/// while it is open. `offers` are all offers for the job.
pub fn job_view(job: &Job, offers: &[Offer], viewer: PersonId, now: Timestamp) -> Option<JobView> {
    let side = job.side(viewer);
    let offered = offers.iter().any(|offer| offer.job == job.id && offer.helper == viewer);
    if !sees(job, offered, viewer, now) {
        return None;
    }
    let seen = |offer: &&Offer| side == Some(Side::Requester) || offer.helper == viewer;
    let visible: Vec<&Offer> = offers.iter().filter(|offer| offer.job == job.id).filter(seen).collect();
    let knows_details = guard::details(job, viewer, now);
    let (thanks_given, thanks_received) = thanks(job, side);
    Some(JobView {
        details: knows_details.then(|| job.request.details.clone()),
        answers: if knows_details { job.request.answers.clone() } else { job.request.answers.clone().open() },
        may: may(job, offers, viewer, now),
        thanks_given,
        thanks_received,
        short_of: match (&job.state, side) {
            (State::Open { missing, .. }, Some(Side::Requester)) => missing.filter(|missing| !missing.is_zero()),
            _ => None,
        },
        code: if side == Some(Side::Requester) { code(job) } else { None },
        ..seen_by(job, visible, viewer, side.is_some(), now)
    })
}

/// The page for somebody who looked on and told the centre of it: what they saw of it, and that it takes no offers any more.
pub fn told_view(job: &Job, viewer: PersonId, now: Timestamp) -> JobView {
    seen_by(job, Vec::new(), viewer, false, now).kept_away()
}

/// What anybody sees who may, and besides what concerns the two.
pub(super) fn seen_by(
    job: &Job,
    mut offers: Vec<&Offer>,
    viewer: PersonId,
    concerned: bool,
    now: Timestamp,
) -> JobView {
    offers.sort_by_key(|offer| (offer.at, offer.id));
    JobView {
        card: card(job, offers.iter().copied(), viewer, now),
        details: None,
        skills: job.request.skills.clone(),
        answers: job.request.answers.clone().open(),
        lacks: None,
        requester: job.requester,
        helper: job.helper().filter(|_| concerned),
        offers: offers.into_iter().map(offer_view).collect(),
        timeline: if concerned { timeline::whole(job, now) } else { vec![timeline::asked(job)] },
        may: Vec::new(),
        thanks_given: None,
        thanks_received: None,
        short_of: None,
        ending: ending(job).filter(|_| concerned),
        fee: job.fee(),
        course: job.state.agreed().filter(|_| concerned).map(course),
        code: None,
        dispute: dispute(job).filter(|_| concerned),
        verdict: verdict(job).filter(|_| concerned),
        gave: gave(job).filter(|_| concerned),
        conditions: job.conditions,
    }
}

fn ending(job: &Job) -> Option<Ending> {
    match &job.state {
        State::Cancelling { ending, .. } | State::Cancelled { ending, .. } => Some(ending.clone()),
        State::Open { left, .. } => left.clone(),
        _ => None,
    }
}

/// What the centre has or had to decide.
fn dispute(job: &Job) -> Option<Dispute> {
    match &job.state {
        State::Disputed(_, dispute) => Some(dispute.clone()),
        state => state.agreed().and_then(|agreed| agreed.disputed.clone()),
    }
}

fn verdict(job: &Job) -> Option<Verdict> {
    match &job.state {
        State::Paying(_, verdict) => Some(verdict.clone()),
        State::Paid(paid) => Some(paid.verdict.clone()),
        State::Cancelling { ending: Ending::NotHelped(verdict), .. }
        | State::Cancelled { ending: Ending::NotHelped(verdict), .. } => Some(verdict.clone()),
        _ => None,
    }
}

fn gave(job: &Job) -> Option<Points> {
    match &job.state {
        State::Paying(_, verdict) => Some(job.costs(verdict.outcome)),
        State::Paid(paid) => Some(paid.gave),
        State::Cancelling { compensation, .. } | State::Cancelled { compensation, .. } => Some(*compensation),
        _ => None,
    }
}

fn course(agreed: &Agreed) -> Course {
    let (started_at, how) = match &agreed.check_in {
        CheckIn::Done(checked) => (Some(checked.at), checked.by_centre.as_ref().map(|(_, how)| how.clone())),
        CheckIn::Waiting => (None, None),
    };
    Course {
        introduction: agreed.introduction,
        notice: agreed.notice,
        late: if started_at.is_none() { agreed.late } else { Sides::default() },
        started_at,
        how,
        reports: agreed.reports,
    }
}

/// The code, once the helper could give it: the two know each other, and the insurance covers them.
fn code(job: &Job) -> Option<CheckInCode> {
    match &job.state {
        State::Agreed(agreed) | State::Disputed(agreed, _)
            if agreed.check_in == CheckIn::Waiting
                && agreed.introduction != Introduction::Needed
                && agreed.notice.is_some() =>
        {
            Some(CheckInCode::of(agreed.agreement.hold))
        }
        _ => None,
    }
}

fn offer_view(offer: &Offer) -> OfferView {
    let Offer { id, job: _, helper, note, at, state } = offer;
    OfferView {
        id: *id,
        helper: *helper,
        note: note.clone(),
        at: *at,
        state: *state,
        unproven: false,
        reasons: Vec::new(),
    }
}

impl JobView {
    /// What it looks like to somebody who offered and is kept away since, or keeps away: as if somebody else had been chosen.
    #[must_use]
    pub fn kept_away(self) -> Self {
        Self { card: super::card::declined(self.card), may: Vec::new(), ..self }
    }

    /// What it looks like to somebody who may not help with it yet, and why.
    #[must_use]
    pub fn not_for(mut self, lacks: Refusal) -> Self {
        if !self.may.contains(&Action::Offer) {
            return self;
        }
        self.may.retain(|action| *action != Action::Offer);
        self.card.next = Some(Next { who: Who::Anybody, what: What::Offer });
        Self { lacks: Some(lacks), ..self }
    }

    /// The offers with what speaks for each, best first; those of whom nothing is known stay in the order they came in.
    #[must_use]
    pub fn ranked(self, candidates: &[Candidate]) -> Self {
        let place = |offer: &OfferView| candidates.iter().position(|candidate| candidate.helper == offer.helper);
        let mut offers = self.offers;
        offers.sort_by_key(|offer| place(offer).unwrap_or(usize::MAX));
        for offer in &mut offers {
            let found = candidates.iter().find(|candidate| candidate.helper == offer.helper);
            let reasons = found.into_iter().flat_map(|candidate| candidate.reasons.iter().copied());
            offer.reasons = reasons.filter(|reason| reason.is_open()).collect();
        }
        Self { offers, ..self }
    }
}

/// Everything the viewer could do now without being refused, by the same functions that decide.
fn may(job: &Job, offers: &[Offer], viewer: PersonId, now: Timestamp) -> Vec<Action> {
    let of_job = || offers.iter().filter(|offer| offer.job == job.id);
    let mut may = Vec::new();
    if guard::offer(job, of_job(), viewer, now).is_ok() {
        may.push(Action::Offer);
    }
    let own = of_job().filter(|offer| guard::withdraw(job, offer, viewer, now).is_ok());
    may.extend(own.map(|offer| Action::Withdraw(offer.id)));
    if guard::choose(job, viewer, now).is_ok() {
        let standing = of_job().filter(|offer| offer.state == OfferState::Standing);
        may.extend(standing.map(|offer| Action::Choose(offer.id)));
    }
    let sound = [
        (guard::notify(job, viewer, now).is_ok(), Action::Notify),
        (guard::be_late(job, viewer, 1, now).is_ok(), Action::BeLate),
        (guard::check_in(job, viewer, now).is_ok(), Action::CheckIn),
    ];
    may.extend(sound.into_iter().filter_map(|(sound, action)| sound.then_some(action)));
    let reports = outcomes(job).into_iter().filter(|outcome| guard::report(job, viewer, *outcome, now).is_ok());
    may.extend(reports.map(Action::Report));
    if guard::consult(job, viewer, now).is_ok() {
        may.push(Action::Consult);
    }
    if let Ok(side) = guard::cancel(job, viewer, now) {
        may.push(Action::Cancel { costs: job.cancel_costs(side, now) });
    }
    if guard::thank(job, viewer).is_ok() {
        may.push(Action::Thank);
    }
    if guard::chat(job, viewer, now).is_ok() {
        may.push(Action::Chat);
    }
    may
}

/// Everything that can come of a job: of help, for the whole time and for as long as the two have said.
pub(super) fn outcomes(job: &Job) -> Vec<Outcome> {
    let mut all = vec![Outcome::Done { minutes: job.request.minutes }];
    let reports = job.state.agreed().map(|agreed| agreed.reports).unwrap_or_default();
    all.extend([reports.requester, reports.helper].into_iter().flatten().map(|report| report.outcome));
    all.extend([Side::Requester, Side::Helper].map(|of| Outcome::NoShow { of }));
    all.push(Outcome::NotDone);
    let mut once = Vec::with_capacity(all.len());
    for outcome in all {
        if !once.contains(&outcome) {
            once.push(outcome);
        }
    }
    once
}

fn thanks(job: &Job, side: Option<Side>) -> (Option<Thanks>, Option<Thanks>) {
    match (&job.state, side) {
        (State::Paid(paid), Some(Side::Requester)) => (paid.thanks_by_requester.clone(), paid.thanks_by_helper.clone()),
        (State::Paid(paid), Some(Side::Helper)) => (paid.thanks_by_helper.clone(), paid.thanks_by_requester.clone()),
        _ => (None, None),
    }
}
