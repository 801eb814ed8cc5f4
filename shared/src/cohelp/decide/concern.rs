//! What people tell the centre of each other, and what the centre makes of it.

use super::Changes;
use crate::cohelp::helping::met;
use crate::cohelp::reads::Snapshot;
use crate::cohelp::refusal::Refusal;
use crate::cohelp::types::{CONCERNS_MAX, Concern, Explanation, Finding, Job, Matter, Offer};
use crate::kernel::{ConcernId, OfferId, PersonId, Timestamp};

/// What somebody tells.
pub(super) struct Raised<'a> {
    pub(super) id: ConcernId,
    pub(super) offer: Option<OfferId>,
    pub(super) matter: Matter,
    pub(super) text: &'a Explanation,
}

pub(super) fn raise(
    snapshot: &Snapshot,
    job: &Job,
    raised: &Raised<'_>,
    person: PersonId,
    now: Timestamp,
) -> Result<Changes, Refusal> {
    let offers: Vec<Offer> = snapshot.offers_of(job.id).cloned().collect();
    let offered = offers.iter().any(|offer| offer.helper == person);
    let onlooker = job.side(person).is_none() && !offered;
    if onlooker && snapshot.apart {
        return Err(Refusal::JobUnknown);
    }
    // Who only looked on, and knows the name of the job, may have begun to write before it closed.
    let looked_on = raised.offer.is_none() && onlooker && now < job.lapses_at();
    let about = met(job, &offers, person, raised.offer, now).or(looked_on.then_some(job.requester));
    let about = about.ok_or(Refusal::NotYours)?;
    if snapshot.told >= CONCERNS_MAX {
        return Err(Refusal::TooManyConcerns);
    }
    if snapshot.concerns.iter().any(|known| known.id == raised.id) {
        return Err(Refusal::CommandReused);
    }
    let concern = Concern {
        id: raised.id,
        job: job.id,
        by: person,
        about,
        matter: raised.matter,
        text: raised.text.clone(),
        at: now,
        taken: None,
        finding: None,
    };
    Ok(Changes { concerns: vec![concern], ..Changes::default() })
}

/// The concern, if that operator may do something about it: nobody looks after what is about themself, or by themself.
fn open(snapshot: &Snapshot, id: ConcernId, operator: PersonId) -> Result<&Concern, Refusal> {
    let concern = snapshot.concerns.iter().find(|known| known.id == id).ok_or(Refusal::ConcernUnknown)?;
    if concern.by == operator || concern.about == operator {
        return Err(Refusal::OwnCase);
    }
    if concern.finding.is_some() { Err(Refusal::ConcernClosed) } else { Ok(concern) }
}

/// Any operator may take over from any other: nothing waits for who has gone home.
pub(super) fn take(snapshot: &Snapshot, id: ConcernId, operator: PersonId, now: Timestamp) -> Result<Changes, Refusal> {
    let concern = open(snapshot, id, operator)?;
    let taken = concern.taken.filter(|(by, _)| *by == operator).or(Some((operator, now)));
    Ok(Changes { concerns: vec![Concern { taken, ..concern.clone() }], ..Changes::default() })
}

pub(super) fn find(
    snapshot: &Snapshot,
    id: ConcernId,
    text: &Explanation,
    operator: PersonId,
    now: Timestamp,
) -> Result<Changes, Refusal> {
    let concern = open(snapshot, id, operator)?;
    let finding = Some(Finding { by: operator, at: now, text: text.clone() });
    Ok(Changes { concerns: vec![Concern { finding, ..concern.clone() }], ..Changes::default() })
}
