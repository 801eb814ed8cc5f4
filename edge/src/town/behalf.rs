//! In whose name somebody looks and acts: their own, or, for an operator, that of who rings (電話応対).

use shared::cohelp::{Store as _, board};
use shared::identity::{self, Answer, Behalf, Call, Telephone, Visitor};
use shared::kernel::{Actor, Fault, PersonId, PhoneCallId, SessionId};
use shared::ledger;
use shared::wire::{self, Page, PhoneCallPage};

use crate::sql::Sql;
use crate::world::{Object, World};

use super::object::{Town, spendable};

/// Who looks at a page or acts.
pub(super) struct Viewer {
    /// Whose session it is.
    pub(super) visitor: Visitor,
    /// In whose name, if not their own.
    pub(super) behalf: Option<Behalf>,
}

impl Viewer {
    /// As whom.
    pub(super) fn actor(&self) -> Actor {
        self.behalf.as_ref().map_or(self.visitor.actor, |behalf| behalf.caller)
    }

    /// Whose page it is.
    pub(super) fn person(&self) -> PersonId {
        self.actor().person
    }

    /// The operator, where it is not the person.
    pub(super) fn entered_by(&self) -> Option<PersonId> {
        self.behalf.as_ref().map(|_| self.visitor.actor.person)
    }
}

impl<S: Sql, W: World> Town<S, W> {
    /// Who looks. In a call only an operator does, and only while it goes on; else there is no such page.
    pub(super) async fn viewer<T>(
        &self,
        session: SessionId,
        call: Option<PhoneCallId>,
    ) -> Result<Result<Viewer, Page<T>>, Fault> {
        let Some(call) = call else {
            let visitor = self.visitor(session).await?;
            return Ok(visitor.map(|visitor| Viewer { visitor, behalf: None }).ok_or(Page::SignedOut));
        };
        let visitor = match self.operator(session).await? {
            Ok(visitor) => visitor,
            Err(page) => return Ok(Err(page)),
        };
        let answer = self.registry(&Call::Behalf { session, call }).await?;
        let Answer::Behalf(behalf) = answer else { return Err(Fault::new("town.behalf", "another answer")) };
        Ok(match behalf {
            Ok(behalf) => Ok(Viewer { visitor, behalf: Some(behalf) }),
            Err(identity::Refusal::SignedOut) => Err(Page::SignedOut),
            Err(_) => Err(Page::Missing(visitor)),
        })
    }

    /// `/desk/call/{id}`.
    pub(super) async fn phone_call(&self, session: SessionId, call: PhoneCallId) -> Result<Page<PhoneCallPage>, Fault> {
        let Viewer { visitor, behalf } = match self.viewer(session, Some(call)).await? {
            Ok(viewer) => viewer,
            Err(page) => return Ok(page),
        };
        let Some(behalf) = behalf else { return Ok(Page::Missing(visitor)) };
        let (person, now) = (behalf.caller.person, self.world.now());
        let board = board(&self.store().board(person, now)?, person, now);
        let available = spendable(&self.balance(ledger::account_of(person)).await?);
        Ok(Page::Here(PhoneCallPage { visitor, now, behalf, available, board }))
    }

    /// Where somebody can be rung up.
    pub(super) async fn telephone(&self, person: PersonId) -> Result<Option<Telephone>, Fault> {
        match self.registry(&Call::Telephone(person)).await? {
            Answer::Telephone(telephone) => Ok(telephone),
            _ => Err(Fault::new("town.telephone", "another answer")),
        }
    }

    /// Asks the Registry what only it knows.
    pub(super) async fn registry(&self, call: &Call) -> Result<Answer, Fault> {
        let answer = self.world.call(Object::Registry, wire::encode(call)?).await?;
        wire::decode_trusted(&answer).map_err(|error| Fault::new("town.registry", error))
    }
}
