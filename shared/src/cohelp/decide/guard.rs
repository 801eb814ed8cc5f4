//! Whether a person may do something with a job now. Decisions and pages ask the same functions, so that a page never
//! shows a button that would be refused.

use crate::cohelp::refusal::Refusal;
use crate::cohelp::types::{Job, Offer, OfferState, Request, Rules, Side, State};
use crate::kernel::{OfferId, PersonId, Points, Timestamp, limit};

/// The most offers of any state a request keeps, so that taking back and offering again ends somewhere.
pub const OFFERS_KEPT_MAX: usize = limit::OFFERS_MAX * 5;
/// How often one person may offer for the same request.
pub const OFFERS_PER_HELPER_MAX: usize = 3;

/// Whether the request is one the municipality allows, at that moment.
pub fn request(request: &Request, rules: &Rules, now: Timestamp) -> Result<(), Refusal> {
    let Request { category, title: _, details: _, area, window, minutes, reward } = request;
    if !rules.categories.contains(category) {
        return Err(Refusal::CategoryUnknown);
    }
    if !rules.areas.contains(area) {
        return Err(Refusal::AreaUnknown);
    }
    if window.starts() <= now {
        return Err(Refusal::WindowPast);
    }
    if window.day() > now.day().plus(Rules::DAYS_AHEAD_MAX) {
        return Err(Refusal::TooFarAhead { days_max: Rules::DAYS_AHEAD_MAX.unsigned_abs() });
    }
    if window.from_minute() < rules.from_minute || window.to_minute() > rules.to_minute {
        return Err(Refusal::OutsideHours { from_minute: rules.from_minute, to_minute: rules.to_minute });
    }
    if *minutes == 0 || *minutes > window.minutes() {
        return Err(Refusal::WindowShort);
    }
    if reward.is_zero() {
        return Err(Refusal::RewardZero);
    }
    if *reward > rules.reward_max {
        return Err(Refusal::RewardTooLarge { max: rules.reward_max });
    }
    Ok(())
}

/// Whether the requester has the points, as far as is known.
pub fn affordable(reward: Points, available: Option<Points>) -> Result<(), Refusal> {
    match available.and_then(|available| reward.minus(available)) {
        Some(missing) if !missing.is_zero() => Err(Refusal::ShortOf { missing }),
        _ => Ok(()),
    }
}

fn open(job: &Job, now: Timestamp) -> Result<(), Refusal> {
    match job.state_at(now) {
        State::Open { .. } => Ok(()),
        State::Agreeing(_) | State::Agreed { .. } | State::Paying { .. } | State::Paid { .. } => {
            Err(Refusal::AlreadyChosen)
        }
        State::Cancelling { .. } | State::Cancelled { .. } | State::Expired { .. } => Err(Refusal::NotOpen),
    }
}

/// Whether the person may offer to take the job. `offers` are all offers for it.
pub fn offer<'a>(
    job: &Job,
    offers: impl Iterator<Item = &'a Offer>,
    person: PersonId,
    now: Timestamp,
) -> Result<(), Refusal> {
    if job.requester == person {
        return Err(Refusal::OwnRequest);
    }
    open(job, now)?;
    let (mut kept, mut standing, mut own) = (0, 0, 0);
    for offer in offers {
        let stands = offer.state == OfferState::Standing;
        if stands && offer.helper == person {
            return Err(Refusal::AlreadyOffered);
        }
        kept += 1;
        standing += usize::from(stands);
        own += usize::from(offer.helper == person);
    }
    if kept >= OFFERS_KEPT_MAX || standing >= limit::OFFERS_MAX || own >= OFFERS_PER_HELPER_MAX {
        return Err(Refusal::TooManyOffers);
    }
    if job.request.window.starts() <= now {
        return Err(Refusal::WindowPast);
    }
    Ok(())
}

/// Whether the person may take the offer back.
pub fn withdraw(job: &Job, offer: &Offer, person: PersonId, now: Timestamp) -> Result<(), Refusal> {
    if offer.helper != person {
        return Err(Refusal::NotYours);
    }
    match (offer.state, job.state_at(now)) {
        (OfferState::Standing, State::Open { .. } | State::Agreeing(_)) => Ok(()),
        (OfferState::Standing, _) => Err(Refusal::NotOpen),
        (OfferState::Chosen, _) => Err(Refusal::AlreadyChosen),
        (OfferState::Withdrawn | OfferState::Declined, _) => Err(Refusal::OfferNotStanding),
    }
}

/// Whether the person may choose somebody for the job, given an offer that stands.
pub fn choose(job: &Job, person: PersonId, now: Timestamp) -> Result<(), Refusal> {
    if job.requester != person {
        return Err(Refusal::NotYours);
    }
    open(job, now)
}

/// The offer of that name for this job, if it can be chosen.
pub fn choosable<'a>(mut offers: impl Iterator<Item = &'a Offer>, id: OfferId) -> Result<&'a Offer, Refusal> {
    let offer = offers.find(|offer| offer.id == id).ok_or(Refusal::OfferUnknown)?;
    if offer.state == OfferState::Standing { Ok(offer) } else { Err(Refusal::OfferNotStanding) }
}

/// Whether the person may say that the job is done, and as which side.
pub fn confirm(job: &Job, person: PersonId, now: Timestamp) -> Result<Side, Refusal> {
    let side = job.side(person).ok_or(Refusal::NotYours)?;
    match &job.state {
        State::Agreed { confirmed, .. } => {
            if confirmed.is_some_and(|first| first.by == side) {
                return Err(Refusal::AlreadyConfirmed);
            }
            if now < job.request.window.day().at_minute(0) {
                return Err(Refusal::TooEarly);
            }
            if now >= job.lapses_at() { Err(Refusal::TooLate) } else { Ok(side) }
        }
        State::Agreeing(_) => Err(Refusal::InProgress),
        State::Paying { .. } | State::Paid { .. } => Err(Refusal::AlreadyConfirmed),
        State::Open { .. } | State::Cancelling { .. } | State::Cancelled { .. } | State::Expired { .. } => {
            Err(Refusal::NotAgreed)
        }
    }
}

/// Whether the person may cancel, and as which side.
pub fn cancel(job: &Job, person: PersonId, now: Timestamp) -> Result<Side, Refusal> {
    let side = job.side(person).ok_or(Refusal::NotYours)?;
    match job.state_at(now) {
        State::Open { .. } => Ok(side),
        State::Agreeing(_) => Err(Refusal::InProgress),
        State::Agreed { confirmed: None, .. } => Ok(side),
        State::Agreed { confirmed: Some(_), .. } | State::Paying { .. } | State::Paid { .. } => {
            Err(Refusal::CancelTooLate)
        }
        State::Cancelling { .. } | State::Cancelled { .. } | State::Expired { .. } => Err(Refusal::NotOpen),
    }
}

/// Whether the person may say thanks, and as which side.
pub fn thank(job: &Job, person: PersonId) -> Result<Side, Refusal> {
    let side = job.side(person).ok_or(Refusal::NotYours)?;
    match &job.state {
        State::Paid { thanks_by_requester, thanks_by_helper, .. } => {
            let said = match side {
                Side::Requester => thanks_by_requester,
                Side::Helper => thanks_by_helper,
            };
            if said.is_some() { Err(Refusal::AlreadyThanked) } else { Ok(side) }
        }
        State::Paying { .. } => Err(Refusal::InProgress),
        _ => Err(Refusal::NotPaid),
    }
}
