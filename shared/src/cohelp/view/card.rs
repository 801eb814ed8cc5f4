//! Jobs in lists.

use super::{Board, JobCard, Next, Phase, What, Who};
use crate::cohelp::decide::guard;
use crate::cohelp::store::BoardRows;
use crate::cohelp::types::{Agreed, CheckIn, Introduction, Job, Offer, OfferState, Side, State};
use crate::kernel::{PersonId, Points, Timestamp};

/// The board of one person.
pub fn board(rows: &BoardRows, viewer: PersonId, now: Timestamp) -> Board {
    let cards = |jobs: &[Job]| -> Vec<JobCard> {
        jobs.iter().map(|job| card(job, rows.offers.iter().filter(|offer| offer.job == job.id), viewer, now)).collect()
    };
    // For who is kept away it is as if somebody else had been chosen.
    let gone = |job: &Job| job.side(viewer).is_none() && rows.apart.contains(&job.requester);
    let helping = rows.helping.iter().zip(cards(&rows.helping));
    let helping = helping.map(|(job, card)| if gone(job) { declined(card) } else { card }).collect();
    Board { mine: cards(&rows.mine), helping, open: cards(&rows.open), asked: cards(&rows.asked) }
}

/// The card of a job for which somebody else was chosen.
pub(super) fn declined(card: JobCard) -> JobCard {
    JobCard { phase: Phase::Declined, next: None, ..card }
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
        languages: request.languages.clone(),
        posted_at: job.posted_at,
        side: job.side(viewer),
        phase,
        next: next(job, phase, offers, viewer, now),
    }
}

const fn under_way(agreed: &Agreed) -> Phase {
    match (&agreed.introduction, &agreed.check_in) {
        _ if !agreed.reports.none() => Phase::Confirming,
        (_, CheckIn::Done(_)) => Phase::Started,
        (Introduction::Needed, CheckIn::Waiting) => Phase::Introducing,
        (_, CheckIn::Waiting) => Phase::Agreed,
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
            State::Cancelled { agreed: None, .. } => Phase::Cancelled,
            _ => Phase::Declined,
        };
    }
    match state {
        State::Open { .. } => Phase::Open,
        State::Agreeing(_) => Phase::Agreeing,
        State::Agreed(agreed) => under_way(&agreed),
        State::Disputed(..) => Phase::Disputed,
        State::Paying(..) => Phase::Paying,
        State::Paid(_) => Phase::Paid,
        State::Cancelling { .. } => Phase::Cancelling,
        State::Cancelled { .. } => Phase::Cancelled,
        State::Expired { .. } => Phase::Expired,
    }
}

/// While the centre has it the two go on: with the notice and the meeting, and then with what the viewer has to say.
fn meanwhile(job: &Job, viewer: Option<Side>, now: Timestamp) -> Option<(Side, What)> {
    let agreed = job.state.agreed()?;
    match &agreed.check_in {
        CheckIn::Done(_) => viewer.filter(|side| agreed.reports.of(*side).is_none()).map(|side| (side, What::Report)),
        CheckIn::Waiting if now >= job.request.window.ends() => None,
        CheckIn::Waiting if guard::notice(job, now).is_ok() => Some((Side::Helper, What::Notify)),
        CheckIn::Waiting => agreed.notice.map(|_| (Side::Helper, What::Help)),
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
        Phase::Introducing => (Who::Centre, What::Introduce),
        Phase::Agreed if now >= job.request.window.ends() => (Who::You, What::Report),
        Phase::Agreed if guard::notice(job, now).is_ok() => (turn(Side::Helper), What::Notify),
        Phase::Agreed => (turn(Side::Helper), What::Help),
        Phase::Started => (Who::You, What::Report),
        Phase::Confirming => match job.state.agreed().map(|agreed| agreed.reports.requester) {
            Some(Some(_)) => (turn(Side::Helper), What::Report),
            _ => (turn(Side::Requester), What::Report),
        },
        Phase::Disputed => meanwhile(job, side, now).map_or((Who::Centre, What::Decide), |(of, what)| (turn(of), what)),
        Phase::Paid if guard::thank(job, viewer).is_ok() => (Who::You, What::Thank),
        Phase::Paid | Phase::Declined | Phase::Cancelled | Phase::Expired => return None,
    };
    Some(Next { who, what })
}
