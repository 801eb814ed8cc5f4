//! Calls that operators take: who rings, in whose name an operator acts, and where people can be rung up.

use shared::identity::{
    Behalf, Device, LogAct, OfficeAct, PhoneCall, Refusal, Staff, Telephone, Visitor, may_take_calls,
};
use shared::kernel::{CommandId, Day, Fault, MemberNumber, Name, PersonId, PhoneCallId, Proof, Role, SessionId};

use crate::sql::{Sql, Value};
use crate::world::World;

use super::object::Registry;
use super::seal::Purpose;
use super::store::{self, Kept};

impl<S: Sql, W: World> Registry<S, W> {
    /// An operator takes the call of who says to be that person. Whatever does not fit, the answer is one.
    pub(super) fn take_phone_call(
        &self,
        session: SessionId,
        command: CommandId,
        member: MemberNumber,
        (name, birth): (&Name, Day),
    ) -> Result<Result<PhoneCallId, Refusal>, Fault> {
        let now = self.world.now();
        let visitor = match self.operator(session)? {
            Ok(visitor) => visitor,
            Err(refusal) => return Ok(Err(refusal)),
        };
        let operator = visitor.actor.person;
        if self.phone_tries.look(&operator, PhoneCall::TRIES, now).is_err() {
            return Ok(Err(Refusal::TooOften));
        }
        let said = self.secrets.name_key(name, birth)?;
        let found = match store::person_of_member(&self.sql, member)? {
            Some(kept) if self.name_key_of(&kept)? == Some(said) && serves(&kept, operator) => kept.person.id,
            named => {
                // Whose number it was learns of it: they may be somebody's target.
                if let Some(kept) = named.filter(|kept| serves(kept, operator)) {
                    self.sql.transaction(|| self.note_operator(kept.person.id, &visitor, OfficeAct::CallRefused))?;
                }
                let tried = self.phone_tries.take(operator, PhoneCall::TRIES, now);
                return Ok(Err(tried.map_or(Refusal::TooOften, |()| Refusal::CallerUnknown)));
            }
        };
        let from = [operator.as_bytes().as_slice(), command.as_bytes(), found.as_bytes()].concat();
        let call = PhoneCall {
            id: PhoneCallId::derive("phone", &from),
            operator,
            caller: found,
            since: now,
            at: now,
            ended: false,
        };
        // A repeat goes on with the call it began.
        if store::phone_call(&self.sql, call.id)?.is_none() {
            self.sql.transaction(|| {
                store::put_phone_call(&self.sql, &call)?;
                self.note_operator(found, &visitor, OfficeAct::TookCall)
            })?;
        }
        Ok(Ok(call.id))
    }

    /// In whose name the operator acts, if the call is theirs and goes on. It goes on for longer then.
    pub(super) fn behalf(&self, session: SessionId, id: PhoneCallId) -> Result<Result<Behalf, Refusal>, Fault> {
        let (visitor, call, kept) = match self.phone_call(session, id)? {
            Ok(found) => found,
            Err(refusal) => return Ok(Err(refusal)),
        };
        let now = self.world.now();
        if now >= call.at.plus_seconds(PhoneCall::TOUCH_SECONDS) {
            store::put_phone_call(&self.sql, &PhoneCall { at: now, ..call })?;
        }
        let caller = call.actor(kept.person.proof, &visitor.actor.assurance);
        let (name, telephone) = (self.opened_name(&kept)?, self.telephone(call.caller)?);
        Ok(Ok(Behalf { call: id, caller, name, member: kept.person.member, telephone }))
    }

    /// The call is over. One that is over already is as good.
    pub(super) fn end_phone_call(&self, session: SessionId, id: PhoneCallId) -> Result<Result<(), Refusal>, Fault> {
        match self.phone_call(session, id)? {
            // What remains of it says that it was, so that the form that began it begins it once.
            Ok((_, call, _)) => store::put_phone_call(&self.sql, &PhoneCall { ended: true, ..call }).map(Ok),
            Err(Refusal::PhoneCallGone) => Ok(Ok(())),
            Err(refusal) => Ok(Err(refusal)),
        }
    }

    /// Who rings says where they can be rung up.
    pub(super) fn keep_telephone(
        &self,
        session: SessionId,
        id: PhoneCallId,
        telephone: &Telephone,
    ) -> Result<Result<(), Refusal>, Fault> {
        let (visitor, PhoneCall { caller, .. }, _) = match self.phone_call(session, id)? {
            Ok(found) => found,
            Err(refusal) => return Ok(Err(refusal)),
        };
        if self.telephone(caller)?.as_ref() == Some(telephone) {
            return Ok(Ok(()));
        }
        let sealed = self.secrets.seal_keys.seal(self.world.random(), caller, Purpose::Telephone, telephone)?;
        self.sql.transaction(|| {
            store::put_telephone(&self.sql, caller, sealed.clone())?;
            self.note_operator(caller, &visitor, OfficeAct::TelephoneKept)
        })?;
        Ok(Ok(()))
    }

    /// Where somebody can be rung up.
    pub(super) fn telephone(&self, person: PersonId) -> Result<Option<Telephone>, Fault> {
        let rows = self
            .sql
            .exec("SELECT sealed FROM telephone WHERE person = ?", &[Value::from(person.as_bytes().as_slice())])?;
        let open = |sealed| self.secrets.seal_keys.open(person, Purpose::Telephone, sealed);
        rows.first().map(|row| open(row.blob(0)?)).transpose()
    }

    fn operator(&self, session: SessionId) -> Result<Result<Visitor, Refusal>, Fault> {
        let Some(visitor) = self.visitor(session)? else { return Ok(Err(Refusal::SignedOut)) };
        Ok(may_take_calls(&visitor.actor, self.world.now()).map(|()| visitor))
    }

    /// The operator of the session with a call of theirs that goes on, and who rings.
    fn phone_call(
        &self,
        session: SessionId,
        id: PhoneCallId,
    ) -> Result<Result<(Visitor, PhoneCall, Kept), Refusal>, Fault> {
        let visitor = match self.operator(session)? {
            Ok(visitor) => visitor,
            Err(refusal) => return Ok(Err(refusal)),
        };
        let operator = visitor.actor.person;
        let goes_on = |call: &PhoneCall| call.operator == operator && call.goes_on(self.world.now());
        let Some(call) = store::phone_call(&self.sql, id)?.filter(goes_on) else {
            return Ok(Err(Refusal::PhoneCallGone));
        };
        // Since the call began the account may have been stopped.
        let caller = store::person(&self.sql, call.caller)?.filter(|kept| serves(kept, operator));
        Ok(caller.map(|kept| (visitor, call, kept)).ok_or(Refusal::PhoneCallGone))
    }

    fn note_operator(&self, person: PersonId, visitor: &Visitor, act: OfficeAct) -> Result<(), Fault> {
        let by = Staff { name: visitor.name.clone(), role: Role::Operator };
        self.note(person, Device::UNKNOWN, LogAct::Office { by, act })
    }
}

/// Whether an operator may act for that person: for residents, and never for themself.
fn serves(kept: &Kept, operator: PersonId) -> bool {
    let is_staff = matches!(kept.person.proof, Proof::Invitation { .. });
    !is_staff && !kept.stopped && kept.person.id != operator
}
