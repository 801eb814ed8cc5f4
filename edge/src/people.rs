//! What an object wants to know of people, asked of the Registry. Many questions, one errand.

use std::cell::RefCell;
use std::collections::BTreeMap;

use shared::identity::{Answer, Call, Look, Seen, Visitor};
use shared::kernel::{Fault, Name, PersonId, SessionId};
use shared::wire;

use crate::coalesce::Coalesce;
use crate::world::{Object, World};

/// The most questions one errand carries.
const ERRAND_MAX: usize = 256;
/// The most sessions whose people are remembered.
const SESSIONS_MAX: usize = 4096;

/// The Registry, as its neighbours ask it.
pub struct People {
    looks: Coalesce<Look, Seen>,
    whose: RefCell<BTreeMap<SessionId, PersonId>>,
}

impl Default for People {
    fn default() -> Self {
        Self { looks: Coalesce::new(ERRAND_MAX), whose: RefCell::default() }
    }
}

impl People {
    /// Asks for anything.
    pub async fn look(&self, world: &impl World, look: Look) -> Result<Seen, Fault> {
        self.looks.ask(look, |looks| errand(world, looks)).await
    }

    /// Who the session belongs to, if it is alive.
    pub async fn visitor(&self, world: &impl World, session: SessionId) -> Result<Option<Visitor>, Fault> {
        let seen = self.look(world, Look { sessions: vec![session], ..Look::default() }).await?;
        let visitor = seen.sessions.into_iter().next().flatten();
        self.remember(session, visitor.as_ref());
        Ok(visitor)
    }

    /// The same where nobody has done anything: a page asked by itself.
    pub async fn glance(&self, world: &impl World, session: SessionId) -> Result<Option<Visitor>, Fault> {
        let seen = self.look(world, Look { glances: vec![session], ..Look::default() }).await?;
        Ok(seen.glances.into_iter().next().flatten())
    }

    fn remember(&self, session: SessionId, visitor: Option<&Visitor>) {
        if let Some(visitor) = visitor {
            let mut whose = self.whose.borrow_mut();
            if whose.len() >= SESSIONS_MAX {
                whose.clear();
            }
            whose.insert(session, visitor.actor.person);
        }
    }

    /// Whose session it was when it was last seen alive. It is nobody else's ever after, but may have ended: what is found for
    /// that person meanwhile is theirs only if [`visitor`](Self::visitor) says so.
    pub fn whose(&self, session: SessionId) -> Option<PersonId> {
        self.whose.borrow().get(&session).copied()
    }

    /// What people are called; those without an account are left out.
    pub async fn names(&self, world: &impl World, people: Vec<PersonId>) -> Result<Vec<(PersonId, Name)>, Fault> {
        if people.is_empty() {
            return Ok(Vec::new());
        }
        let seen = self.look(world, Look { people: people.clone(), ..Look::default() }).await?;
        Ok(people.into_iter().zip(seen.people).filter_map(|(person, name)| Some((person, name?))).collect())
    }
}

/// One call for all of them, its answer cut up again.
pub async fn errand(world: &impl World, looks: Vec<Look>) -> Result<Vec<Seen>, Fault> {
    let size = |look: &Look| (look.sessions.len(), look.members.len(), look.people.len(), look.glances.len());
    let sizes: Vec<_> = looks.iter().map(size).collect();
    let mut all = Look::default();
    for look in looks {
        let Look { sessions, members, people, glances } = look;
        all.sessions.extend(sessions);
        all.members.extend(members);
        all.people.extend(people);
        all.glances.extend(glances);
    }
    let Seen { sessions, members, people, glances } = seen(world, all).await?;
    let (mut sessions, mut members) = (sessions.into_iter(), members.into_iter());
    let (mut people, mut glances) = (people.into_iter(), glances.into_iter());
    let cut = sizes.into_iter().map(|(of_sessions, of_members, of_people, of_glances)| Seen {
        sessions: sessions.by_ref().take(of_sessions).collect(),
        members: members.by_ref().take(of_members).collect(),
        people: people.by_ref().take(of_people).collect(),
        glances: glances.by_ref().take(of_glances).collect(),
    });
    Ok(cut.collect())
}

async fn seen(world: &impl World, look: Look) -> Result<Seen, Fault> {
    let answer = world.call(Object::Registry, wire::encode(&Call::Look(look))?).await?;
    match wire::decode_trusted(&answer).map_err(|error| Fault::new("people.look", error))? {
        Answer::Seen(seen) => Ok(seen),
        _ => Err(Fault::new("people.look", "another answer")),
    }
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests;
