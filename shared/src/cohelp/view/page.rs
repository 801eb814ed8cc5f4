//! The page of one job.

use super::{Action, JobView, Milestone, OfferView, TimelineStep, card::card};
use crate::cohelp::decide::guard;
use crate::cohelp::types::{Agreement, Confirmation, Done, Ending, Job, Offer, OfferState, Side, State, Thanks};
use crate::kernel::{PersonId, Timestamp};

/// The page for that viewer, or none if it is not theirs to see: the two of a job, those who offered, and everybody
/// while it is open. `offers` are all offers for the job.
pub fn job_view(job: &Job, offers: &[Offer], viewer: PersonId, now: Timestamp) -> Option<JobView> {
    let side = job.side(viewer);
    let seen = |offer: &&Offer| side == Some(Side::Requester) || offer.helper == viewer;
    let mut visible: Vec<&Offer> = offers.iter().filter(|offer| offer.job == job.id).filter(seen).collect();
    if side.is_none() && visible.is_empty() && !job.is_open(now) {
        return None;
    }
    visible.sort_by_key(|offer| (offer.at, offer.id));
    let agreed = !matches!(job.state, State::Agreeing(_) | State::Open { .. } | State::Expired { .. });
    let knows_details = match side {
        Some(Side::Requester) => true,
        Some(Side::Helper) => agreed,
        None => false,
    };
    let (thanks_given, thanks_received) = thanks(job, side);
    Some(JobView {
        card: card(job, visible.iter().copied(), viewer, now),
        details: knows_details.then(|| job.request.details.clone()),
        requester: job.requester,
        helper: side.and_then(|_| job.helper()),
        offers: visible.into_iter().map(offer_view).collect(),
        timeline: if side.is_some() { timeline(job, now) } else { vec![asked(job)] },
        may: may(job, offers, viewer, now),
        thanks_given,
        thanks_received,
        short_of: match (&job.state, side) {
            (State::Open { missing }, Some(Side::Requester)) => missing.filter(|missing| !missing.is_zero()),
            _ => None,
        },
        ending: match &job.state {
            State::Cancelling { ending, .. } | State::Cancelled { ending, .. } if side.is_some() => {
                Some(ending.clone())
            }
            _ => None,
        },
        fee: job.fee(),
    })
}

fn offer_view(offer: &Offer) -> OfferView {
    let Offer { id, job: _, helper, note, at, state } = offer;
    OfferView { id: *id, helper: *helper, note: note.clone(), at: *at, state: *state }
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
    if guard::confirm(job, viewer, now).is_ok() {
        may.push(Action::Confirm);
    }
    if guard::cancel(job, viewer, now).is_ok() {
        may.push(Action::Cancel);
    }
    if guard::thank(job, viewer).is_ok() {
        may.push(Action::Thank);
    }
    may
}

fn thanks(job: &Job, side: Option<Side>) -> (Option<Thanks>, Option<Thanks>) {
    match (&job.state, side) {
        (State::Paid { thanks_by_requester: by_requester, thanks_by_helper: by_helper, .. }, Some(side)) => {
            match side {
                Side::Requester => (by_requester.clone(), by_helper.clone()),
                Side::Helper => (by_helper.clone(), by_requester.clone()),
            }
        }
        _ => (None, None),
    }
}

fn done(what: Milestone, who: Option<Side>, at: Timestamp) -> TimelineStep {
    TimelineStep { what, who, at: Some(at), done: true }
}

fn coming(what: Milestone, who: Option<Side>) -> TimelineStep {
    TimelineStep { what, who, at: None, done: false }
}

fn asked(job: &Job) -> TimelineStep {
    done(Milestone::Asked, Some(Side::Requester), job.posted_at)
}

fn chosen(agreement: &Agreement) -> TimelineStep {
    done(Milestone::Chosen, Some(Side::Requester), agreement.chosen_at)
}

fn confirmations(confirmed: Option<Confirmation>) -> [TimelineStep; 2] {
    let step = |side| match confirmed {
        Some(first) if first.by == side => done(Milestone::Confirmed, Some(side), first.at),
        _ => coming(Milestone::Confirmed, Some(side)),
    };
    [step(Side::Helper), step(Side::Requester)]
}

fn both(both: &Done) -> [TimelineStep; 2] {
    let helper = (both.helper_at, done(Milestone::Confirmed, Some(Side::Helper), both.helper_at));
    let requester = (both.requester_at, done(Milestone::Confirmed, Some(Side::Requester), both.requester_at));
    if requester.0 < helper.0 { [requester.1, helper.1] } else { [helper.1, requester.1] }
}

fn thanked(side: Side, thanks: Option<&Thanks>) -> TimelineStep {
    match thanks {
        Some(thanks) => done(Milestone::Thanked, Some(side), thanks.at),
        None => coming(Milestone::Thanked, Some(side)),
    }
}

fn ended(ending: &Ending) -> TimelineStep {
    match ending {
        Ending::Cancelled { by, at, .. } => done(Milestone::Cancelled, Some(*by), *at),
        Ending::Lapsed { at } => done(Milestone::Lapsed, None, *at),
    }
}

/// What has happened, in order, and what is still to come if all goes well.
fn timeline(job: &Job, now: Timestamp) -> Vec<TimelineStep> {
    let mut steps = vec![asked(job)];
    let pay = [coming(Milestone::Paid, None)];
    let thank = [thanked(Side::Requester, None), thanked(Side::Helper, None)];
    match &job.state_at(now) {
        State::Open { .. } => {
            steps.extend([coming(Milestone::Chosen, Some(Side::Requester)), coming(Milestone::PointsSetAside, None)]);
            steps.extend(confirmations(None).into_iter().chain(pay).chain(thank));
        }
        State::Agreeing(agreement) => {
            steps.extend([chosen(agreement), coming(Milestone::PointsSetAside, None)]);
            steps.extend(confirmations(None).into_iter().chain(pay).chain(thank));
        }
        State::Agreed { agreement, agreed_at, confirmed } => {
            steps.extend([chosen(agreement), done(Milestone::PointsSetAside, None, *agreed_at)]);
            let mut two = confirmations(*confirmed);
            two.sort_by_key(|step| !step.done);
            steps.extend(two.into_iter().chain(pay).chain(thank));
        }
        State::Paying { agreement, agreed_at, done: confirmed } => {
            steps.extend([chosen(agreement), done(Milestone::PointsSetAside, None, *agreed_at)]);
            steps.extend(both(confirmed).into_iter().chain(pay).chain(thank));
        }
        State::Paid {
            agreement, agreed_at, done: confirmed, paid_at, thanks_by_requester, thanks_by_helper, ..
        } => {
            steps.extend([chosen(agreement), done(Milestone::PointsSetAside, None, *agreed_at)]);
            steps.extend(both(confirmed));
            steps.push(done(Milestone::Paid, None, *paid_at));
            steps.push(thanked(Side::Requester, thanks_by_requester.as_ref()));
            steps.push(thanked(Side::Helper, thanks_by_helper.as_ref()));
        }
        State::Cancelling { agreement, ending } => {
            steps.extend([chosen(agreement), ended(ending), coming(Milestone::PointsBack, None)]);
        }
        State::Cancelled { agreement, ending } => {
            steps.extend(agreement.as_ref().map(chosen));
            steps.push(ended(ending));
            steps.extend(agreement.as_ref().map(|_| done(Milestone::PointsBack, None, ending.at())));
        }
        State::Expired { at } => steps.push(done(Milestone::Expired, None, *at)),
    }
    steps
}
