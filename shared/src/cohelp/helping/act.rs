//! What people say of themselves. Each act says how things are to be and not what changes, so that a repeat is harmless.

use serde::{Deserialize, Serialize};

use super::{Apart, Registered};
use crate::cohelp::decide::{Changes, resident};
use crate::cohelp::matching::{Profile, Skills};
use crate::cohelp::refusal::Refusal;
use crate::cohelp::store::Store;
use crate::cohelp::types::{Job, Rules, Side};
use crate::cohelp::view::sees;
use crate::kernel::{Actor, Fault, JobId, Level, PersonId, Timestamp, limit};

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
        /// From whom.
        from: PersonId,
    },
    /// No longer keep away.
    Meet {
        /// From whom.
        with: PersonId,
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
                Changes { registered: vec![(person, Some(registered))], ..Changes::default() }
            }
            Err(refusal) => return Ok(Err(refusal)),
        },
        SelfAct::Leave => Changes { registered: vec![(person, None)], ..Changes::default() },
        SelfAct::Part { job, from } => {
            let known = store.apart(person)?;
            if known.iter().any(|apart| apart.from == *from) {
                return Ok(Ok(()));
            }
            let Some((job, offers)) = store.job(*job)? else { return Ok(Err(Refusal::JobUnknown)) };
            if !met(&job, offers.iter().map(|offer| offer.helper), person, *from, now) {
                return Ok(Err(Refusal::NotYours));
            }
            if known.len() >= limit::APART_MAX {
                return Ok(Err(Refusal::TooManyApart));
            }
            let apart = Apart { who: person, from: *from, at: now };
            Changes { apart: vec![(apart, true)], ..Changes::default() }
        }
        SelfAct::Meet { with } => {
            let apart = Apart { who: person, from: *with, at: now };
            Changes { apart: vec![(apart, false)], ..Changes::default() }
        }
    };
    store.commit(&changes)?;
    Ok(Ok(()))
}

fn register(registered: &Registered, person: PersonId, rules: &Rules) -> Result<(), Refusal> {
    if registered.profile.person != person {
        return Err(Refusal::NotYours);
    }
    if registered.profile(rules).is_none() {
        return Err(Refusal::AreaUnknown);
    }
    if registered.profile.kinds.iter().any(|kind| !rules.categories.contains(kind)) {
        return Err(Refusal::CategoryUnknown);
    }
    Ok(())
}

/// What the person says, with what the centre has seen of them: nobody says that of themself.
fn seen_before(registered: &Registered, before: Option<&Registered>) -> Registered {
    let (skills, course) =
        before.map_or((Skills::NONE, None), |before| (before.profile.skills.clone(), before.profile.course));
    Registered { profile: Profile { skills, course, ..registered.profile.clone() }, ..registered.clone() }
}

/// Whether the two know of each other by that job: its page names the one to the other.
fn met(
    job: &Job,
    mut helpers: impl Iterator<Item = PersonId> + Clone,
    person: PersonId,
    other: PersonId,
    now: Timestamp,
) -> bool {
    let own = helpers.clone().any(|helper| helper == person);
    match job.side(person) {
        _ if person == other => false,
        Some(Side::Requester) => helpers.any(|helper| helper == other),
        Some(Side::Helper) => other == job.requester,
        None => other == job.requester && sees(job, own, person, now),
    }
}
