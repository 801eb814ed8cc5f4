//! Jobs in lists.

use super::{Board, JobCard, Next, Phase, What, Who};
use crate::cohelp::decide::guard;
use crate::cohelp::store::BoardRows;
use crate::cohelp::types::{Job, Offer, OfferState, Side, State};
use crate::kernel::{PersonId, Points, Timestamp};

/// The board of one person.
pub fn board(rows: &BoardRows, viewer: PersonId, now: Timestamp) -> Board {
    let cards = |jobs: &[Job]| {
        jobs.iter().map(|job| card(job, rows.offers.iter().filter(|offer| offer.job == job.id), viewer, now)).collect()
    };
    Board { mine: cards(&rows.mine), helping: cards(&rows.helping), open: cards(&rows.open) }
}

/// A job in a list. `offers` are those for it that are known.
pub(super) fn card<'a>(
    job: &Job,
    offers: impl Iterator<Item = &'a Offer> + Clone,
    viewer: PersonId,
    now: Timestamp,
) -> JobCard {
    let request = &job.request;
    let phase = phase(job, offers.clone(), viewer, now);
    JobCard {
        id: job.id,
        category: request.category,
        title: request.title.clone(),
        area: request.area.clone(),
        window: request.window,
        minutes: request.minutes,
        reward: request.reward,
        to_helper: request.reward.minus(job.fee()).unwrap_or(Points::ZERO),
        posted_at: job.posted_at,
        side: job.side(viewer),
        phase,
        next: next(job, phase, offers, viewer, now),
    }
}

fn phase<'a>(job: &Job, offers: impl Iterator<Item = &'a Offer>, viewer: PersonId, now: Timestamp) -> Phase {
    let state = job.state_at(now);
    if job.side(viewer).is_none() {
        let stands = offers.filter(|offer| offer.helper == viewer).any(|offer| offer.state == OfferState::Standing);
        // Whom the others chose and how they get on is not the viewer's business.
        return match state {
            State::Open { .. } if stands => Phase::Offered,
            State::Open { .. } => Phase::Open,
            State::Agreeing(_) if stands => Phase::Offered,
            State::Expired { .. } => Phase::Expired,
            State::Cancelled { agreement: None, .. } => Phase::Cancelled,
            _ => Phase::Declined,
        };
    }
    match state {
        State::Open { .. } => Phase::Open,
        State::Agreeing(_) => Phase::Agreeing,
        State::Agreed { confirmed: None, .. } => Phase::Agreed,
        State::Agreed { confirmed: Some(_), .. } => Phase::Confirming,
        State::Paying { .. } => Phase::Paying,
        State::Paid { .. } => Phase::Paid,
        State::Cancelling { .. } => Phase::Cancelling,
        State::Cancelled { .. } => Phase::Cancelled,
        State::Expired { .. } => Phase::Expired,
    }
}

fn next<'a>(
    job: &Job,
    phase: Phase,
    offers: impl Iterator<Item = &'a Offer>,
    viewer: PersonId,
    now: Timestamp,
) -> Option<Next> {
    let side = job.side(viewer);
    let turn = |of: Side| match (side == Some(of), of) {
        (true, _) => Who::You,
        (false, Side::Requester) => Who::Requester,
        (false, Side::Helper) => Who::Helper,
    };
    let (who, what) = match phase {
        Phase::Open if side.is_none() => (Who::You, What::Offer),
        Phase::Open => match offers.filter(|offer| offer.state == OfferState::Standing).count() {
            0 => (Who::Anybody, What::Offer),
            some => (Who::You, What::Choose { offers: u32::try_from(some).unwrap_or(u32::MAX) }),
        },
        Phase::Offered => (Who::Requester, What::Choose { offers: 0 }),
        Phase::Agreeing | Phase::Paying | Phase::Cancelling => (Who::Town, What::MovePoints),
        Phase::Agreed if now < job.request.window.ends() => (turn(Side::Helper), What::Help),
        Phase::Agreed => (Who::You, What::Confirm),
        Phase::Confirming => match &job.state {
            State::Agreed { confirmed: Some(first), .. } => match first.by {
                Side::Requester => (turn(Side::Helper), What::Confirm),
                Side::Helper => (turn(Side::Requester), What::Confirm),
            },
            _ => return None,
        },
        Phase::Paid if guard::thank(job, viewer).is_ok() => (Who::You, What::Thank),
        Phase::Paid | Phase::Declined | Phase::Cancelled | Phase::Expired => return None,
    };
    Some(Next { who, what })
}
