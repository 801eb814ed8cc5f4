//! What people say of themselves. Each act says how things are to be and not what changes, so that a repeat is harmless.

use serde::{Deserialize, Serialize};

use super::{Apart, Registered};
use crate::cohelp::decide::{Changes, resident};
use crate::cohelp::matching::{Evidence, Profile};
use crate::cohelp::refusal::Refusal;
use crate::cohelp::store::Store;
use crate::cohelp::types::{
    Job, Notification, NotificationKind as Kind, Occurred, Occurrence, Offer, OfferState, Rules, Side,
};
use crate::cohelp::view::sees;
use crate::kernel::{Actor, ApartId, Fault, JobId, Level, OfferId, PersonId, Timestamp, limit};

/// What somebody says of themself. Needs a passkey session of somebody proven.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum SelfAct {
    /// 手伝う人として登録する, or change it.
    Register(Box<Registered>),
    /// 登録をやめる.
    Leave,
    /// この人と関わらない: keep away from somebody met in a request.
    Part {
        /// Where they met.
        job: JobId,
        /// From whom: who made that offer, or the requester if none is named.
        offer: Option<OfferId>,
    },
    /// No longer keep away.
    Meet {
        /// From whom.
        apart: ApartId,
    },
}

/// Decides and writes it.
pub fn tell_self(
    store: &impl Store,
    rules: &Rules,
    act: &SelfAct,
    actor: &Actor,
    now: Timestamp,
) -> Result<Result<(), Refusal>, Fault> {
    if let Err(refusal) = resident(actor, Level::Passkey, now) {
        return Ok(Err(refusal));
    }
    let person = actor.person;
    let changes = match act {
        SelfAct::Register(registered) => match register(registered, person, rules) {
            Ok(()) => {
                let before = store.registered(person)?;
                let registered = seen_before(registered, before.as_ref());
                let joined = before.is_none().then_some(Occurrence { at: now, what: Occurred::Joined });
                let occurrences = joined.into_iter().collect();
                Changes { registered: vec![(person, Some(registered))], occurrences, ..Changes::default() }
            }
            Err(refusal) => return Ok(Err(refusal)),
        },
        SelfAct::Leave if store.registered(person)?.is_none() => Changes::default(),
        SelfAct::Leave => {
            let occurrences = vec![Occurrence { at: now, what: Occurred::Left }];
            Changes { registered: vec![(person, None)], occurrences, ..Changes::default() }
        }
        SelfAct::Part { job, offer } => match part(store, *job, *offer, person, now)? {
            Ok(changes) => changes,
            Err(refusal) => return Ok(Err(refusal)),
        },
        SelfAct::Meet { apart } => {
            let known = store.apart(person)?.into_iter().filter(|known| known.id() == *apart);
            Changes { apart: known.map(|known| (known, false)).collect(), ..Changes::default() }
        }
    };
    if !changes.is_empty() {
        store.commit(&changes)?;
    }
    Ok(Ok(()))
}

/// Keeping away from somebody also takes back what one offers them, and declines what they offer.
fn part(
    store: &impl Store,
    job: JobId,
    offer: Option<OfferId>,
    person: PersonId,
    now: Timestamp,
) -> Result<Result<Changes, Refusal>, Fault> {
    let Some((job, offers)) = store.job(job)? else { return Ok(Err(Refusal::JobUnknown)) };
    let Some(from) = met(&job, &offers, person, offer, now) else { return Ok(Err(Refusal::NotYours)) };
    let known = store.apart(person)?;
    if known.iter().any(|apart| apart.from == from) {
        return Ok(Ok(Changes::default()));
    }
    // Whoever is kept away knows of the job no more than of one that is not there.
    let stranger = job.side(person).is_none() && offers.iter().all(|offer| offer.helper != person);
    if stranger && store.are_apart(person, from)? {
        return Ok(Err(Refusal::JobUnknown));
    }
    if known.len() >= limit::APART_MAX {
        return Ok(Err(Refusal::TooManyApart));
    }
    let mut changes = Changes { apart: vec![(Apart { who: person, from, at: now }, true)], ..Changes::default() };
    let gone =
        [(person, from, OfferState::Withdrawn, Kind::Withdrawn), (from, person, OfferState::Declined, Kind::Declined)];
    for (helper, requester, state, kind) in gone {
        let standing = store.offers_to(helper, requester)?;
        // As if somebody else had been chosen, or the offer simply taken back: silence would say why.
        let told = standing.iter().map(|offer| Notification { person: from, job: offer.job, kind, at: now });
        changes.notifications.extend(told);
        changes.offers.extend(standing.into_iter().map(|offer| Offer { state, ..offer }));
    }
    Ok(Ok(changes))
}

fn register(registered: &Registered, person: PersonId, rules: &Rules) -> Result<(), Refusal> {
    if registered.profile.person != person {
        return Err(Refusal::NotYours);
    }
    if registered.profile(rules).is_none() {
        return Err(Refusal::AreaUnknown);
    }
    if registered.profile.kinds.iter().any(|kind| !rules.kinds.contains_key(kind)) {
        return Err(Refusal::CategoryUnknown);
    }
    if registered.profile.skills.iter().any(|(skill, _)| !rules.skills.contains_key(skill)) {
        return Err(Refusal::SkillUnknown);
    }
    Ok(())
}

/// What the person says, with what the centre has seen of them: nobody says that of themself.
fn seen_before(registered: &Registered, before: Option<&Registered>) -> Registered {
    let profile = &registered.profile;
    let before = before.map(|before| &before.profile);
    let skills = profile
        .skills
        .clone()
        .map(|skill, _| before.and_then(|before| before.skills.get(skill)).copied().unwrap_or(Evidence::Stated));
    let course = before.and_then(|before| before.course);
    Registered { profile: Profile { skills, course, ..profile.clone() }, ..registered.clone() }
}

/// Whom the person met in that job: for the requester who made the offer, for others the requester; nobody of whom its page
/// tells them nothing.
pub fn met(job: &Job, offers: &[Offer], person: PersonId, offer: Option<OfferId>, now: Timestamp) -> Option<PersonId> {
    let own = offers.iter().any(|offer| offer.helper == person);
    match (job.side(person), offer) {
        (Some(Side::Requester), Some(id)) => offers.iter().find(|offer| offer.id == id).map(|offer| offer.helper),
        (Some(Side::Helper), None) => Some(job.requester),
        (None, None) if sees(job, own, person, now) => Some(job.requester),
        _ => None,
    }
}
