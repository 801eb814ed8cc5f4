//! Whether a person may do something with a job now. Decisions and pages ask the same functions, so that a page never
//! shows a button that would be refused.

use crate::cohelp::command::{Command, DeskAct};
use crate::cohelp::helping::Enquiry;
use crate::cohelp::refusal::Refusal;
use crate::cohelp::types::{
    Agreed, CheckIn, Entered, Introduction, Job, LATE_MINUTES_MAX, Offer, OfferState, Outcome, Photo, Request, Rules,
    STATEMENTS_MAX, Side, State,
};
use crate::kernel::{OfferId, PersonId, Points, Timestamp, limit};

/// The most offers of any state a request keeps, so that taking back and offering again ends somewhere.
pub const OFFERS_KEPT_MAX: usize = limit::OFFERS_MAX * 5;
/// How often one person may offer for the same request.
pub const OFFERS_PER_HELPER_MAX: usize = 3;

/// Whether the request is one the municipality allows, at that moment.
pub fn request(request: &Request, rules: &Rules, now: Timestamp) -> Result<(), Refusal> {
    let Request { category, title: _, details: _, area, window, minutes, reward, languages: _, skills, answers } =
        request;
    let Some(kind) = rules.kinds.get(category) else { return Err(Refusal::CategoryUnknown) };
    if !rules.areas.contains_key(area) {
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
    if let Some(fixed) = kind.reward.filter(|fixed| fixed != reward) {
        return Err(Refusal::RewardFixed { reward: fixed });
    }
    if skills.iter().any(|skill| !rules.skills.contains_key(skill)) {
        return Err(Refusal::SkillUnknown);
    }
    if !kind.takes(answers) {
        return Err(Refusal::AnswersWrong);
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
        State::Agreeing(_) | State::Agreed(_) | State::Disputed(..) | State::Paying(..) | State::Paid(_) => {
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

/// Whether the person may write to the other one of the two; gives who helps.
pub fn chat(job: &Job, person: PersonId, now: Timestamp) -> Result<PersonId, Refusal> {
    party(job, person)?;
    match (&job.state, job.helper()) {
        (State::Agreeing(_), _) => Err(Refusal::InProgress),
        (_, Some(helper)) if job.is_between_the_two(now) => Ok(helper),
        (State::Paying(..) | State::Paid(_), _) => Err(Refusal::TooLate),
        _ => Err(Refusal::NotAgreed),
    }
}

/// Whether the person, of whom so many are kept, may add a photo beside those; gives who helps where it is for the other one of the two, and
/// none where it is of the request.
pub fn add_photo(
    job: &Job,
    photos: &[Photo],
    of_person: u32,
    person: PersonId,
    now: Timestamp,
) -> Result<Option<PersonId>, Refusal> {
    let helper = match job.state {
        State::Open { .. } => choose(job, person, now).map(|()| None)?,
        _ => Some(chat(job, person, now)?),
    };
    let alike = |photo: &&Photo| photo.by == person && photo.helper.is_some() == helper.is_some();
    let most = if helper.is_some() { Photo::OF_SIDE_MAX } else { Photo::OF_REQUEST_MAX };
    let full = photos.iter().filter(alike).count() >= most || of_person >= Photo::OF_PERSON_MAX;
    if full { Err(Refusal::TooManyPhotos) } else { Ok(helper) }
}

/// Whether the person may take back photos of their request: as long as certainly no helper has seen them. An offer that no longer stands may
/// be that of somebody who was chosen and left.
pub fn remove_photos<'a>(
    job: &Job,
    mut offers: impl Iterator<Item = &'a Offer>,
    person: PersonId,
    now: Timestamp,
) -> Result<(), Refusal> {
    if job.requester != person {
        return Err(Refusal::NotYours);
    }
    let unseen = match job.state {
        State::Open { .. } => offers.all(|offer| offer.state == OfferState::Standing),
        State::Cancelled { agreed: None, .. } | State::Expired { .. } => offers.next().is_none(),
        _ => return open(job, now),
    };
    if unseen { Ok(()) } else { Err(Refusal::PhotoUnknown) }
}

/// Whether one of the two sees that photo of their job: of the request as long as its details, between the two as what they write; and no longer
/// than it is kept.
pub fn see_photo(job: &Job, photo: &Photo, person: PersonId, now: Timestamp) -> bool {
    let kept = photo.job == job.id && now < photo.until;
    kept && match photo.helper {
        None => details(job, person, now),
        Some(helper) => chat(job, person, now) == Ok(helper),
    }
}

/// Whether the person knows the place, and what else is for the helper alone.
pub fn details(job: &Job, person: PersonId, now: Timestamp) -> bool {
    match job.side(person) {
        Some(Side::Requester) => true,
        Some(Side::Helper) => job.is_between_the_two(now),
        None => false,
    }
}

/// What holds between the two, until it is settled what came of it.
pub(super) fn agreed(job: &Job) -> Result<&Agreed, Refusal> {
    match &job.state {
        State::Agreed(agreed) | State::Disputed(agreed, _) => Ok(agreed),
        State::Agreeing(_) => Err(Refusal::InProgress),
        State::Paying(..) | State::Paid(_) => Err(Refusal::AlreadyConfirmed),
        State::Open { .. } | State::Cancelling { .. } | State::Cancelled { .. } | State::Expired { .. } => {
            Err(Refusal::NotAgreed)
        }
    }
}

fn party(job: &Job, person: PersonId) -> Result<Side, Refusal> {
    job.side(person).ok_or(Refusal::NotYours)
}

const fn within(minutes: u16, minutes_max: u16) -> Result<(), Refusal> {
    if minutes == 0 || minutes > minutes_max { Err(Refusal::MinutesOutside { minutes_max }) } else { Ok(()) }
}

/// Whether the insurance notice can be given for the job now.
pub fn notice(job: &Job, now: Timestamp) -> Result<&Agreed, Refusal> {
    let agreed = self::agreed(job)?;
    match agreed {
        Agreed { introduction: Introduction::Needed, .. } => Err(Refusal::NotIntroduced),
        Agreed { notice: Some(_), .. } => Err(Refusal::AlreadyNotified),
        _ if now >= job.check_in_until(agreed) => Err(Refusal::TooLate),
        _ => Ok(agreed),
    }
}

/// Whether the person may give the insurance notice, and as which side.
pub fn notify(job: &Job, person: PersonId, now: Timestamp) -> Result<Side, Refusal> {
    let side = party(job, person)?;
    notice(job, now).map(|_| side)
}

/// Whether the person may announce to be late, and as which side.
pub fn be_late(job: &Job, person: PersonId, minutes: u16, now: Timestamp) -> Result<Side, Refusal> {
    let side = party(job, person)?;
    let agreed = self::agreed(job)?;
    if matches!(agreed.check_in, CheckIn::Done(_)) {
        return Err(Refusal::AlreadyStarted);
    }
    if now < job.check_in_from() {
        return Err(Refusal::TooEarly);
    }
    if now >= job.request.window.ends() {
        return Err(Refusal::TooLate);
    }
    within(minutes, LATE_MINUTES_MAX).map(|()| side)
}

/// Whether the help can begin now: the two know each other, the insurance covers it, and it is time.
pub(super) fn begin(job: &Job, now: Timestamp) -> Result<&Agreed, Refusal> {
    let agreed = self::agreed(job)?;
    match agreed {
        Agreed { check_in: CheckIn::Done(_), .. } => Err(Refusal::AlreadyStarted),
        Agreed { introduction: Introduction::Needed, .. } => Err(Refusal::NotIntroduced),
        Agreed { notice: None, .. } => Err(Refusal::NoticeMissing),
        _ if now < job.check_in_from() => Err(Refusal::TooEarly),
        _ => Ok(agreed),
    }
}

/// Whether the person may give the code that says the help begins.
pub fn check_in(job: &Job, person: PersonId, now: Timestamp) -> Result<(), Refusal> {
    if party(job, person)? != Side::Helper {
        return Err(Refusal::NotYours);
    }
    let agreed = begin(job, now)?;
    // Later than that the centre writes it down, with how it knows.
    if now >= job.check_in_until(agreed) { Err(Refusal::TooLate) } else { Ok(()) }
}

/// Whether that can have come of it by then.
pub(super) fn outcome(job: &Job, agreed: &Agreed, outcome: Outcome, now: Timestamp) -> Result<(), Refusal> {
    match (outcome, &agreed.check_in) {
        (Outcome::Done { .. }, CheckIn::Waiting) => Err(Refusal::NotStarted),
        (Outcome::Done { minutes }, CheckIn::Done(_)) => within(minutes, job.request.minutes),
        (Outcome::NoShow { .. }, CheckIn::Done(_)) => Err(Refusal::AlreadyStarted),
        (Outcome::NoShow { .. }, CheckIn::Waiting) if now < job.no_show_from(agreed) => Err(Refusal::TooEarly),
        (Outcome::NotDone, _) if now < job.check_in_from() => Err(Refusal::TooEarly),
        (Outcome::NoShow { .. } | Outcome::NotDone, _) => Ok(()),
    }
}

/// Whether the person may say that this came of it, and as which side.
pub fn report(job: &Job, person: PersonId, said: Outcome, now: Timestamp) -> Result<Side, Refusal> {
    let side = party(job, person)?;
    let agreed = self::agreed(job)?;
    if now >= job.lapses_at() {
        return Err(Refusal::TooLate);
    }
    outcome(job, agreed, said, now)?;
    match agreed.reports.of(side) {
        Some(before) if before.outcome == said => Err(Refusal::AlreadyConfirmed),
        _ => Ok(side),
    }
}

/// Whether the person may turn to the centre, or tell it more, and as which side.
pub fn consult(job: &Job, person: PersonId, now: Timestamp) -> Result<Side, Refusal> {
    let side = party(job, person)?;
    agreed(job)?;
    if now >= job.lapses_at() {
        return Err(Refusal::TooLate);
    }
    let written = match &job.state {
        State::Disputed(_, dispute) => dispute.statements.iter().filter(|statement| statement.by == side).count(),
        _ => 0,
    };
    if written >= STATEMENTS_MAX { Err(Refusal::TooManyStatements) } else { Ok(side) }
}

/// Whether the person may cancel, and as which side. Once it is time the two say what came of it instead.
pub fn cancel(job: &Job, person: PersonId, now: Timestamp) -> Result<Side, Refusal> {
    let side = party(job, person)?;
    match job.state_at(now) {
        State::Open { .. } => Ok(side),
        State::Agreeing(_) => Err(Refusal::InProgress),
        State::Agreed(agreed) | State::Disputed(agreed, _) => {
            let begun = matches!(agreed.check_in, CheckIn::Done(_)) || !agreed.reports.none();
            if begun || now >= job.request.window.starts() { Err(Refusal::CancelTooLate) } else { Ok(side) }
        }
        State::Paying(..) | State::Paid(_) => Err(Refusal::CancelTooLate),
        State::Cancelling { .. } | State::Cancelled { .. } | State::Expired { .. } => Err(Refusal::NotOpen),
    }
}

/// Whether the person may say thanks, and as which side.
pub fn thank(job: &Job, person: PersonId) -> Result<Side, Refusal> {
    let side = party(job, person)?;
    match &job.state {
        State::Paid(paid) => {
            let said = match side {
                Side::Requester => &paid.thanks_by_requester,
                Side::Helper => &paid.thanks_by_helper,
            };
            if said.is_some() { Err(Refusal::AlreadyThanked) } else { Ok(side) }
        }
        State::Paying(..) => Err(Refusal::InProgress),
        _ => Err(Refusal::NotPaid),
    }
}

/// Whether an operator may do that in the name of somebody on the phone: not where they are one of the two themself, or would
/// become it.
pub fn entered<'a>(
    job: Option<&Job>,
    mut offers: impl Iterator<Item = &'a Offer>,
    command: &Command,
    operator: PersonId,
) -> Result<(), Refusal> {
    let chosen = match command {
        Command::Choose { offer, .. } => offers.find(|known| known.id == *offer).map(|offer| offer.helper),
        _ => None,
    };
    let own = chosen == Some(operator) || job.is_some_and(|job| job.side(operator).is_some());
    if own { Err(Refusal::OwnCase) } else { Ok(()) }
}

/// Whether an operator may speak for that person: who spoke for the other one of the two does not speak for both.
pub(super) fn one_voice(entered: &[Entered], operator: PersonId, person: PersonId) -> Result<(), Refusal> {
    let other = |one: &Entered| one.by == operator && one.person != person && one.speaks();
    if entered.iter().any(other) { Err(Refusal::SecondOperator) } else { Ok(()) }
}

/// Whether an operator may do that for a job after they spoke for one of the two: what stands between a neighbour's points and a
/// stranger needs a second pair of eyes.
pub(in crate::cohelp) fn second_eyes(entered: &[Entered], operator: PersonId, act: &DeskAct) -> Result<(), Refusal> {
    let guards = matches!(act, DeskAct::Introduce { .. } | DeskAct::CheckIn { .. } | DeskAct::Decide { .. });
    let spoke = entered.iter().any(|one| one.by == operator && one.speaks());
    if guards && spoke { Err(Refusal::SecondOperator) } else { Ok(()) }
}

/// Whether an operator may do that for the job.
pub fn desk(job: &Job, operator: PersonId, act: &DeskAct, now: Timestamp) -> Result<(), Refusal> {
    if job.side(operator).is_some() {
        return Err(Refusal::OwnCase);
    }
    match act {
        DeskAct::Introduce { .. } => introduce(job, now),
        DeskAct::Notify => notice(job, now).map(drop),
        DeskAct::CheckIn { .. } => begin(job, now).map(drop),
        DeskAct::Decide { outcome, .. } => decide(job, *outcome, now),
        DeskAct::Close { .. } => close(job, now),
        DeskAct::Enquire { .. } => enquire(job, now),
        DeskAct::Claim | DeskAct::HandOver { .. } => going(job, now),
        DeskAct::Take { .. }
        | DeskAct::Find { .. }
        | DeskAct::Write { .. }
        | DeskAct::RingUp
        | DeskAct::Read { .. } => Ok(()),
    }
}

/// Whether there may still be something to do for it.
pub(in crate::cohelp) fn going(job: &Job, now: Timestamp) -> Result<(), Refusal> {
    match job.state_at(now) {
        State::Paid(_) | State::Cancelled { .. } | State::Expired { .. } => Err(Refusal::NotOpen),
        _ => Ok(()),
    }
}

fn introduce(job: &Job, now: Timestamp) -> Result<(), Refusal> {
    if agreed(job)?.introduction != Introduction::Needed {
        return Err(Refusal::AlreadyIntroduced);
    }
    if now >= job.request.window.ends() { Err(Refusal::TooLate) } else { Ok(()) }
}

/// The centre may find that help was given though nobody checked in, once it should be over; and that somebody was
/// not there though it was said to have begun.
fn decide(job: &Job, found: Outcome, now: Timestamp) -> Result<(), Refusal> {
    let agreed = self::agreed(job)?;
    if now >= job.lapses_at() {
        return Err(Refusal::TooLate);
    }
    match found {
        Outcome::Done { minutes } if now >= job.request.window.ends() => within(minutes, job.request.minutes),
        Outcome::NoShow { .. } if now >= job.no_show_from(agreed) => Ok(()),
        _ => outcome(job, agreed, found, now),
    }
}

/// Whether somebody could still be asked to help with the job.
fn enquire(job: &Job, now: Timestamp) -> Result<(), Refusal> {
    open(job, now)?;
    if job.request.window.starts() <= now { Err(Refusal::WindowPast) } else { Ok(()) }
}

/// Whether the person may say no to what the centre asked.
pub fn decline(job: &Job, enquiry: Option<&Enquiry>, now: Timestamp) -> Result<(), Refusal> {
    match enquiry {
        None => Err(Refusal::NotYours),
        Some(Enquiry { answer: Some(_), .. }) => Err(Refusal::AlreadyAnswered),
        Some(_) => open(job, now),
    }
}

fn close(job: &Job, now: Timestamp) -> Result<(), Refusal> {
    match job.state_at(now) {
        State::Open { .. } => Ok(()),
        State::Cancelling { .. } | State::Cancelled { .. } | State::Expired { .. } => Err(Refusal::NotOpen),
        _ => agreed(job).map(drop),
    }
}
