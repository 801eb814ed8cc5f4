//! Whom a commit concerns, found by comparing what is written with what was there: no step can forget to say so.

use super::Changes;
use crate::cohelp::helping::Enquiry;
use crate::cohelp::reads::Snapshot;
use crate::cohelp::types::{
    Agreed, CheckIn, Concern, Ending, Introduction, Job, Notification, NotificationKind as Kind, Offer, OfferState,
    Side, State,
};
use crate::kernel::{PersonId, Timestamp};

/// What people are told of those changes. Nobody is told of what they did themselves.
pub(super) fn notifications(
    snapshot: &Snapshot,
    changes: &Changes,
    by: Option<PersonId>,
    at: Timestamp,
) -> Vec<Notification> {
    let Changes { jobs, offers, enquiries, concerns, chat, .. } = changes;
    let of_jobs = jobs.iter().flat_map(|job| {
        let told = snapshot.jobs.get(&job.id).map(|before| of_job(before, job)).unwrap_or_default();
        told.into_iter().map(|(person, kind)| (person, job.id, kind))
    });
    let of_offers = offers.iter().filter_map(|offer| {
        let (person, kind) = of_offer(snapshot, offer)?;
        Some((person, offer.job, kind))
    });
    let asked = enquiries.iter().filter(|enquiry| is_new(snapshot, enquiry));
    let found = concerns.iter().filter(|concern| is_found(snapshot, concern));
    let written = chat.iter().filter_map(|message| {
        let requester = snapshot.jobs.get(&message.job)?.requester;
        let other = if message.by == requester { message.helper } else { requester };
        Some((other, message.job, Kind::Wrote))
    });
    let told = of_jobs
        .chain(of_offers)
        .chain(asked.map(|enquiry| (enquiry.helper, enquiry.job, Kind::Enquired)))
        .chain(written)
        .chain(found.map(|concern| (concern.by, concern.job, Kind::Found)));
    told.filter(|(person, ..)| by != Some(*person))
        .map(|(person, job, kind)| Notification { person, job, kind, at })
        .collect()
}

fn is_new(snapshot: &Snapshot, enquiry: &Enquiry) -> bool {
    enquiry.answer.is_none() && snapshot.enquiry.is_none()
}

fn is_found(snapshot: &Snapshot, concern: &Concern) -> bool {
    let before = snapshot.concerns.iter().find(|before| before.id == concern.id);
    concern.finding.is_some() && before.is_some_and(|before| before.finding.is_none())
}

/// An offer that is made or gone. Which one was chosen is the job's to say.
fn of_offer(snapshot: &Snapshot, offer: &Offer) -> Option<(PersonId, Kind)> {
    let requester = || snapshot.jobs.get(&offer.job).map(|job| job.requester);
    match (snapshot.offers.get(&offer.id).map(|before| before.state), offer.state) {
        (None, OfferState::Standing) => Some((requester()?, Kind::Offered)),
        (Some(OfferState::Standing), OfferState::Withdrawn) => Some((requester()?, Kind::Withdrawn)),
        (Some(OfferState::Standing), OfferState::Declined) => Some((offer.helper, Kind::Declined)),
        _ => None,
    }
}

fn of_job(before: &Job, after: &Job) -> Vec<(PersonId, Kind)> {
    let requester = after.requester;
    let both = |kind| {
        let helper = before.helper().or(after.helper());
        [Some(requester), helper].into_iter().flatten().map(|person| (person, kind)).collect()
    };
    match (&before.state, &after.state) {
        (State::Agreeing(_), State::Open { missing: Some(missing), .. }) => vec![(requester, Kind::Short(*missing))],
        (State::Agreeing(_), State::Agreed(agreed)) => vec![(agreed.agreement.helper, Kind::Agreed)],
        (State::Agreed(_), State::Disputed(..)) => both(Kind::Disputed),
        (State::Agreed(before), State::Agreed(now)) => of_agreed(after, before, now),
        (State::Disputed(before, was), State::Disputed(now, is)) => {
            let new = is.statements.iter().skip(was.statements.len());
            let stated = new.map(|statement| (party(after, now, statement.by.other()), Kind::Stated));
            of_agreed(after, before, now).into_iter().chain(stated).collect()
        }
        (State::Paying(..), State::Paid(paid)) => {
            let received = paid.gave.minus(paid.fee).unwrap_or_default();
            vec![(requester, Kind::Gave(paid.gave)), (paid.agreed.agreement.helper, Kind::Received(received))]
        }
        (State::Cancelling { ending, .. }, State::Open { .. }) => {
            let left = before.helper().filter(|_| cancelled_by(ending) != Some(Side::Helper));
            let ended = left.map(|helper| (helper, Kind::Ended));
            [(requester, Kind::Reopened)].into_iter().chain(ended).collect()
        }
        (State::Cancelled { .. }, State::Cancelled { .. }) => Vec::new(),
        (_, State::Cancelled { ending, compensation, .. }) => {
            let mut ended: Vec<_> = both(Kind::Ended);
            if !compensation.is_zero() {
                for (person, kind) in &mut ended {
                    let gives = *person == requester;
                    *kind = if gives { Kind::GaveForTime(*compensation) } else { Kind::ReceivedForTime(*compensation) };
                }
            }
            let side = cancelled_by(ending);
            // A step of the town's own ends what somebody called off before.
            ended.retain(|(person, _)| side.is_none() || before.side(*person) != side);
            ended
        }
        (State::Paid(before), State::Paid(now)) => {
            let new = |before: bool, now: bool| now && !before;
            let by_helper = new(before.thanks_by_helper.is_some(), now.thanks_by_helper.is_some());
            let by_requester = new(before.thanks_by_requester.is_some(), now.thanks_by_requester.is_some());
            let to_requester = by_helper.then_some((requester, Kind::Thanked));
            let to_helper = by_requester.then_some((now.agreed.agreement.helper, Kind::Thanked));
            to_requester.into_iter().chain(to_helper).collect()
        }
        (State::Open { .. }, State::Expired { .. }) => vec![(requester, Kind::Expired)],
        _ => Vec::new(),
    }
}

/// Who of the two called it off.
const fn cancelled_by(ending: &Ending) -> Option<Side> {
    match ending {
        Ending::Cancelled { by, .. } => Some(*by),
        _ => None,
    }
}

/// Who is on that side.
const fn party(job: &Job, agreed: &Agreed, side: Side) -> PersonId {
    match side {
        Side::Requester => job.requester,
        Side::Helper => agreed.agreement.helper,
    }
}

/// What came about between the two on the way.
fn of_agreed(job: &Job, before: &Agreed, now: &Agreed) -> Vec<(PersonId, Kind)> {
    let person = |side| party(job, now, side);
    let mut told = Vec::new();
    let mut both = |kind| told.extend([Side::Requester, Side::Helper].map(|side| (person(side), kind)));
    if before.introduction == Introduction::Needed && now.introduction != Introduction::Needed {
        both(Kind::Introduced);
    }
    if before.notice.is_none() && now.notice.is_some() {
        both(Kind::Notified);
    }
    if before.check_in == CheckIn::Waiting && now.check_in != CheckIn::Waiting {
        both(Kind::Begun);
    }
    for (side, late) in now.late.each().filter(|(side, late)| before.late.of(*side) != Some(*late)) {
        told.push((person(side.other()), Kind::Late(late.minutes)));
    }
    for (side, _) in now.reports.each().filter(|(side, report)| before.reports.of(*side) != Some(*report)) {
        told.push((person(side.other()), Kind::Reported));
    }
    told
}
