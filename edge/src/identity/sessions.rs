//! Sessions: begun at a proof or passkey, checked on every act, dead at sign-out.

use std::cell::RefCell;
use std::cmp::Reverse;
use std::collections::BTreeMap;

use shared::identity::{
    CardAttributes, Device, Ending, Entered, LogAct, NetworkKey, NextPath, Person, Place, Refusal, Session,
    SessionLine, SessionsPage, Token, Visitor, Whence, may_end_sessions, session_is_alive, touch_is_due,
};
use shared::kernel::{Actor, Assurance, CredentialRef, Day, Fault, MemberNumber, Name, PersonId, SessionId, SignIn};

use crate::sql::Sql;
use crate::world::World;

use super::object::Registry;
use super::passkeys;
use super::store::{self, Kept};

/// The most sessions kept in memory; the table is the truth, this saves reading and opening names again.
const REMEMBERED_MAX: usize = 20_000;

/// How long it is remembered whose a session was that ran out, in seconds: as long as the request that found it takes.
const LAPSED_SECONDS: i64 = 60;

/// How a session begins.
pub(super) struct Start {
    pub(super) assurance: Assurance,
    /// The passkey, where there is one.
    pub(super) passkey: Option<CredentialRef>,
    pub(super) whence: Whence,
}

/// Sessions seen lately, written through.
#[derive(Default)]
pub struct Sessions(RefCell<BTreeMap<SessionId, (Session, Visitor)>>);

/// What people are called, opened lately, by id and by member number. Who is not there is never remembered.
#[derive(Default)]
pub struct Names {
    of_people: RefCell<BTreeMap<PersonId, Name>>,
    members: RefCell<BTreeMap<MemberNumber, PersonId>>,
}

impl Names {
    pub(super) fn of_person(&self, person: PersonId) -> Option<Name> {
        self.of_people.borrow().get(&person).cloned()
    }

    pub(super) fn of_member(&self, number: MemberNumber) -> Option<(PersonId, Name)> {
        let person = *self.members.borrow().get(&number)?;
        Some((person, self.of_person(person)?))
    }

    pub(super) fn keep(&self, person: &Person, name: &Name) {
        let (mut of_people, mut members) = (self.of_people.borrow_mut(), self.members.borrow_mut());
        if of_people.len() >= REMEMBERED_MAX {
            of_people.clear();
            members.clear();
        }
        of_people.insert(person.id, name.clone());
        members.insert(person.member, person.id);
    }

    fn forget(&self, person: PersonId) {
        self.of_people.borrow_mut().remove(&person);
    }
}

impl Sessions {
    fn get(&self, id: SessionId) -> Option<(Session, Visitor)> {
        self.0.borrow().get(&id).cloned()
    }

    fn keep(&self, session: Session, visitor: Visitor) {
        let mut remembered = self.0.borrow_mut();
        if remembered.len() >= REMEMBERED_MAX {
            remembered.clear();
        }
        remembered.insert(session.id, (session, visitor));
    }

    fn forget(&self, id: SessionId) {
        self.0.borrow_mut().remove(&id);
    }

    fn forget_person(&self, person: PersonId) {
        self.0.borrow_mut().retain(|_, (session, _)| session.person != person);
    }
}

impl<S: Sql, W: World> Registry<S, W> {
    /// Forgets what is remembered of a person: their name or roles may have changed.
    pub(super) fn forget_person(&self, person: PersonId) {
        self.sessions.forget_person(person);
        self.names.forget(person);
    }

    /// Forgets who a person's sessions belong to: what is told of them has changed.
    pub(super) fn forget_visitors(&self, person: PersonId) {
        self.sessions.forget_person(person);
    }

    /// Who a session belongs to, if it is alive.
    pub(super) fn visitor(&self, id: SessionId) -> Result<Option<Visitor>, Fault> {
        let now = self.world.now();
        let Some((session, visitor)) = self.living(id)? else { return Ok(None) };
        if touch_is_due(&session, now) {
            let touched = Session { seen_at: now, ..session };
            store::put_session(&self.sql, &touched)?;
            self.sessions.keep(touched, visitor.clone());
        }
        Ok(Some(visitor))
    }

    /// The same where nobody has done anything: the session gets no older and no younger by it.
    pub(super) fn glance(&self, id: SessionId) -> Result<Option<Visitor>, Fault> {
        Ok(self.living(id)?.map(|(_, visitor)| visitor))
    }

    /// The session and its visitor, if it is alive; what has run out is ended.
    fn living(&self, id: SessionId) -> Result<Option<(Session, Visitor)>, Fault> {
        let known = match self.sessions.get(id) {
            Some(known) => Some(known),
            None => self.load_visitor(id)?,
        };
        let Some((session, visitor)) = known else { return Ok(None) };
        if !session_is_alive(&session, self.world.now()) {
            self.lapse(&session)?;
            return Ok(None);
        }
        Ok(Some((session, visitor)))
    }

    /// Ends a session that has run out. For a moment it is remembered whose it was: what they had typed is kept for them.
    fn lapse(&self, session: &Session) -> Result<(), Fault> {
        self.sql.transaction(|| {
            store::put_lapsed(&self.sql, session, self.world.now().plus_seconds(LAPSED_SECONDS))?;
            self.end(session.id)
        })
    }

    fn load_visitor(&self, id: SessionId) -> Result<Option<(Session, Visitor)>, Fault> {
        let Some(session) = store::session(&self.sql, id)? else { return Ok(None) };
        let Some(kept) = store::person(&self.sql, session.person)?.filter(|kept| !kept.stopped) else {
            return Ok(None);
        };
        let (name, news) = (self.opened_name(&kept)?, self.news(session.person)?);
        let Person { id: person, member, roles, .. } = kept.person;
        let visitor = Visitor { actor: Actor { person, roles, assurance: session.assurance }, name, member, news };
        self.sessions.keep(session.clone(), visitor.clone());
        Ok(Some((session, visitor)))
    }

    /// The name a person is shown under.
    pub(super) fn opened_name(&self, kept: &Kept) -> Result<Name, Fault> {
        Ok(self.opened_attributes(kept)?.0)
    }

    /// The name, and what the card said if a card was presented.
    pub(super) fn opened_attributes(&self, kept: &Kept) -> Result<(Name, Option<CardAttributes>), Fault> {
        self.sealed_attributes(kept.person.id, &kept.sealed)
    }

    /// Begins a session and gives its secret. What this browser had before ends: a new id at every sign-in.
    pub(super) fn enter(
        &self,
        person: PersonId,
        start: Start,
        replaces: Option<SessionId>,
        next: NextPath,
    ) -> Result<Entered, Fault> {
        let Start { assurance, passkey, whence: Whence { device, address } } = start;
        let network = address.map(|address| self.secrets.network_key(&address)).transpose()?;
        let token = Token(self.world.random());
        let session =
            Session { id: token.session(), person, assurance, seen_at: assurance.at, passkey, device, network };
        self.sql.transaction(|| {
            if let Some(old) = replaces {
                store::end_session(&self.sql, old)?;
            }
            store::put_session(&self.sql, &session)
        })?;
        if let Some(old) = replaces {
            self.sessions.forget(old);
        }
        let has_passkey = matches!(assurance.sign_in, SignIn::Passkey { .. }) || passkeys::has_any(&self.sql, person)?;
        Ok(Entered { token, next, has_passkey })
    }

    /// Ends a session, on the disk first.
    pub(super) fn end(&self, id: SessionId) -> Result<(), Fault> {
        store::end_session(&self.sql, id)?;
        self.sessions.forget(id);
        Ok(())
    }

    /// The page サインイン中の端末.
    pub(super) fn sessions_page(&self, session: SessionId) -> Result<Option<SessionsPage>, Fault> {
        let Some(visitor) = self.visitor(session)? else { return Ok(None) };
        let now = self.world.now();
        let mut sessions = store::sessions(&self.sql, visitor.actor.person)?;
        sessions.retain(|one| session_is_alive(one, now));
        sessions.sort_by_key(|one| (one.id != session, Reverse(one.seen_at), one.id));
        let here = sessions.first().filter(|one| one.id == session).and_then(|one| one.network);
        let line = |one: Session| SessionLine {
            id: one.id,
            device: one.device,
            since: one.assurance.at,
            seen_at: one.seen_at,
            place: place(here, one.network),
            is_this: one.id == session,
        };
        Ok(Some(SessionsPage { visitor, sessions: sessions.into_iter().map(line).collect() }))
    }

    /// Ends sessions of the person who asks.
    pub(super) fn end_sessions(
        &self,
        session: SessionId,
        which: Ending,
        device: Device,
    ) -> Result<Result<(), Refusal>, Fault> {
        let Some(visitor) = self.visitor(session)? else { return Ok(Err(Refusal::SignedOut)) };
        if let Err(refusal) = may_end_sessions(&visitor.actor.assurance, self.world.now()) {
            return Ok(Err(refusal));
        }
        let ends = |one: &Session| match which {
            Ending::One(id) => one.id == id,
            Ending::Others => one.id != session,
        };
        self.sql.transaction(|| self.end_where(visitor.actor.person, device, ends))?;
        Ok(Ok(()))
    }

    /// Whether a person is signed in anywhere but there.
    pub(super) fn is_signed_in_elsewhere(&self, person: PersonId, here: SessionId) -> Result<bool, Fault> {
        let now = self.world.now();
        let sessions = store::sessions(&self.sql, person)?;
        Ok(sessions.iter().any(|one| one.id != here && session_is_alive(one, now)))
    }

    /// Ends those sessions of a person, and says so in the log. Inside a transaction: memory forgets either way, the
    /// table is the truth.
    pub(super) fn end_where(
        &self,
        person: PersonId,
        device: Device,
        ends: impl Fn(&Session) -> bool,
    ) -> Result<(), Fault> {
        let ended: Vec<_> = store::sessions(&self.sql, person)?.into_iter().filter(ends).collect();
        ended.iter().for_each(|one| self.sessions.forget(one.id));
        ended.iter().try_for_each(|one| store::end_session(&self.sql, one.id))?;
        match u32::try_from(ended.len()).unwrap_or(u32::MAX) {
            0 => Ok(()),
            count => self.note(person, device, LogAct::SessionsEnded { count }),
        }
    }

    /// Signs out.
    pub(super) fn sign_out(&self, session: SessionId, device: Device) -> Result<(), Fault> {
        let Some(visitor) = self.visitor(session)? else { return Ok(()) };
        self.sql.transaction(|| {
            self.end(session)?;
            self.note(visitor.actor.person, device, LogAct::SignedOut)
        })
    }

    /// Forgets what is over, as docs/RETENTION.md says. Says whether there may be more.
    pub(super) fn forget_stale(&self) -> Result<bool, Fault> {
        const DAY_SECONDS: i64 = 24 * 60 * 60;
        let (now, keep) = (self.world.now(), &self.world.settings().municipality.retention);
        store::forget_stale(&self.sql, now, now.plus_seconds(-DAY_SECONDS))?;
        store::forget_heard(&self.sql, now.plus_seconds(-HEARD_DAYS * DAY_SECONDS))?;
        self.prune_logs(Day(now.day().0.saturating_sub(i32::from(keep.log_days))))
    }
}

/// How long it is remembered what other objects said: they say it again until it is heard, for days at the most.
const HEARD_DAYS: i64 = 90;

/// Where a session began, seen from one that began there.
fn place(here: Option<NetworkKey>, there: Option<NetworkKey>) -> Place {
    match here.zip(there) {
        Some((here, there)) if here == there => Place::Here,
        Some(_) => Place::Elsewhere,
        None => Place::Unknown,
    }
}
