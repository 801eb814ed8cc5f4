//! Proof at the counter: what officers see and do, and the code that ends it.

use shared::identity::{
    CardAttributes, CounterAct, CounterAim, CounterCode, CounterLine, CounterPage, CounterProof, Device, Entered,
    Evidence, LogAct, NextPath, OfficeAct, Refusal, Staff, Visitor, Whence, may_prove_at_counter, present_code,
};
use shared::kernel::{
    Assurance, CommandId, CounterProofId, Digest, Fault, MemberNumber, Name, PersonId, Proof, Role, SessionId, SignIn,
};

use crate::sql::Sql;
use crate::world::World;

use super::object::Registry;
use super::seal::Purpose;
use super::sessions::Start;
use super::store::{self, Kept, KeptProof, Keys};

/// What an act at the counter comes to.
type Acted = Result<CounterProofId, Refusal>;

impl<S: Sql, W: World> Registry<S, W> {
    /// The page 窓口での本人確認.
    pub(super) fn counter_page(&self, session: SessionId) -> Result<Result<CounterPage, Refusal>, Fault> {
        let now = self.world.now();
        let Some(visitor) = self.visitor(session)? else { return Ok(Err(Refusal::SignedOut)) };
        if let Err(refusal) = may_prove_at_counter(&visitor.actor, now) {
            return Ok(Err(refusal));
        }
        let proofs = store::proofs(&self.sql, now)?;
        let lines = proofs.iter().map(|kept| self.counter_line(kept, &visitor)).collect::<Result<_, _>>()?;
        Ok(Ok(CounterPage { visitor, lines }))
    }

    fn counter_line(&self, kept: &KeptProof, visitor: &Visitor) -> Result<CounterLine, Fault> {
        let CounterProof { id, person, aim, evidence, by, approved_by, expires_at, .. } = kept.proof.clone();
        let (name, member) = match &kept.sealed {
            Some(sealed) => (self.sealed_attributes(person, sealed)?.0, None),
            None => {
                let there =
                    store::person(&self.sql, person)?.ok_or_else(|| Fault::new("counter.line", "nobody there"))?;
                (self.opened_name(&there)?, Some(there.person.member))
            }
        };
        let asks = visitor.actor.person;
        let for_them = by == asks || approved_by == Some(asks);
        let code = if kept.proof.has_code() && for_them { Some(self.secrets.counter_code(&kept.proof)?) } else { None };
        let by_name = self.staff_name_of(by)?;
        Ok(CounterLine { id, aim, evidence, name, member, by: by_name, is_own: by == asks, expires_at, code })
    }

    /// An officer's act at the counter.
    pub(super) fn act_at_counter(
        &self,
        session: SessionId,
        command: CommandId,
        act: CounterAct,
    ) -> Result<Acted, Fault> {
        let Some(visitor) = self.visitor(session)? else { return Ok(Err(Refusal::SignedOut)) };
        if let Err(refusal) = may_prove_at_counter(&visitor.actor, self.world.now()) {
            return Ok(Err(refusal));
        }
        let by = visitor.actor.person;
        // Follows from the command and what it says, so that a repeat is the same proof and a correction another.
        let about = postcard::to_allocvec(&act).map_err(|error| Fault::new("counter.act", error))?;
        let id = CounterProofId::derive("counter", &[by.as_bytes(), command.as_bytes(), about.as_slice()].concat());
        // A repeat finds what it began.
        if !matches!(act, CounterAct::Approve { .. }) && store::proof_of(&self.sql, id)?.is_some() {
            return Ok(Ok(id));
        }
        match act {
            CounterAct::Register { attributes, evidence } => self.begin_register(id, &visitor, &attributes, evidence),
            CounterAct::Enrol { attributes, evidence } => self.enrol(id, &visitor, &attributes, evidence),
            CounterAct::Recover { member, name, birth, evidence } => {
                let said = self.secrets.name_key(&name, birth)?;
                self.begin_recovery(id, &visitor, member, said, evidence)
            }
            CounterAct::Approve { id } => self.approve(id, &visitor),
        }
    }

    fn begin_register(
        &self,
        id: CounterProofId,
        visitor: &Visitor,
        attributes: &CardAttributes,
        evidence: Evidence,
    ) -> Result<Acted, Fault> {
        if let Err(refusal) = self.unknown(visitor, attributes)? {
            return Ok(Err(refusal));
        }
        let by = visitor.actor.person;
        let person = PersonId::derive("counter.person", id.as_bytes());
        let sealed = self.seal_attributes(person, &attributes.name, Some(attributes))?;
        let proof = CounterProof::new(id, person, CounterAim::Register, evidence, by, self.world.now());
        self.put_counter_proof(KeptProof { proof, sealed: Some(sealed) })?;
        Ok(Ok(id))
    }

    /// The key of a name and birth date nobody has an account under yet.
    fn unknown(&self, visitor: &Visitor, attributes: &CardAttributes) -> Result<Result<Digest, Refusal>, Fault> {
        let name_key = self.secrets.name_key(&attributes.name, attributes.birth)?;
        let known = store::people_of_name(&self.sql, &name_key)?;
        if known.is_empty() {
            return Ok(Ok(name_key));
        }
        // The officer has learnt that they have an account.
        self.note_look_up(visitor, &known)?;
        Ok(Err(Refusal::PersonKnown))
    }

    /// An account that is there at once, of somebody who has nothing to sign in with. What proves it stays on the page for a
    /// while, so that the officer can write the number down for them.
    fn enrol(
        &self,
        id: CounterProofId,
        visitor: &Visitor,
        attributes: &CardAttributes,
        evidence: Evidence,
    ) -> Result<Acted, Fault> {
        let name_key = match self.unknown(visitor, attributes)? {
            Ok(name_key) => name_key,
            Err(refusal) => return Ok(Err(refusal)),
        };
        let (now, by) = (self.world.now(), visitor.actor.person);
        let person = PersonId::derive("counter.person", id.as_bytes());
        let welcome = present_code(None, person, self.fresh_member()?, now);
        let sealed = self.seal_attributes(person, &attributes.name, Some(attributes))?;
        let kept = Kept { person: welcome.person, sealed, stopped: false };
        let proof = CounterProof::new(id, person, CounterAim::Enrol, evidence, by, now);
        self.sql.transaction(|| {
            store::put_person(&self.sql, &kept, Keys { name: Some(&name_key), card: None })?;
            self.put_counter_proof(KeptProof { proof: proof.clone(), sealed: None })?;
            self.note_counter(person, visitor, OfficeAct::Registered { evidence })
        })?;
        Ok(Ok(id))
    }

    fn begin_recovery(
        &self,
        id: CounterProofId,
        visitor: &Visitor,
        member: MemberNumber,
        said: Digest,
        evidence: Evidence,
    ) -> Result<Acted, Fault> {
        let by = visitor.actor.person;
        let Some(kept) = store::person_of_member(&self.sql, member)? else { return Ok(Err(Refusal::MemberUnknown)) };
        let person = kept.person.id;
        let is_staff = matches!(kept.person.proof, Proof::Invitation { .. });
        // Staff get a new link from an administrator; nobody checks themself.
        if is_staff || kept.stopped || person == by {
            return Ok(Err(Refusal::NotAllowed));
        }
        // A member number is known to many: it is the documents that say whose account it is.
        if self.name_key_of(&kept)? != Some(said) {
            return Ok(Err(Refusal::PersonOther));
        }
        let proof = CounterProof::new(id, person, CounterAim::Recover, evidence, by, self.world.now());
        self.sql.transaction(|| {
            self.put_counter_proof(KeptProof { proof: proof.clone(), sealed: None })?;
            self.note_counter(person, visitor, OfficeAct::RecoveryBegun { evidence })
        })?;
        Ok(Ok(id))
    }

    fn approve(&self, id: CounterProofId, visitor: &Visitor) -> Result<Acted, Fault> {
        let by = visitor.actor.person;
        let Some(kept) = store::proof_of(&self.sql, id)? else { return Ok(Err(Refusal::CounterProofGone)) };
        // A repeat.
        if kept.proof.approved_by == Some(by) {
            return Ok(Ok(id));
        }
        let proof = match kept.proof.approved(by, self.world.now()) {
            Ok(proof) => proof,
            Err(refusal) => return Ok(Err(refusal)),
        };
        let person = proof.person;
        self.sql.transaction(|| {
            self.put_counter_proof(KeptProof { proof: proof.clone(), sealed: kept.sealed.clone() })?;
            self.note_counter(person, visitor, OfficeAct::RecoveryApproved)
        })?;
        Ok(Ok(id))
    }

    fn put_counter_proof(&self, kept: KeptProof) -> Result<(), Fault> {
        let code = self.secrets.code_key(self.secrets.counter_code(&kept.proof)?)?;
        store::put_proof(&self.sql, &kept, &code)
    }

    fn note_counter(&self, person: PersonId, visitor: &Visitor, act: OfficeAct) -> Result<(), Fault> {
        let by = Staff { name: visitor.name.clone(), role: Role::Officer };
        self.note(person, Device::UNKNOWN, LogAct::Office { by, act })
    }

    /// Says to people of one name and birth date that an officer has learnt of their account.
    pub(super) fn note_look_up(&self, visitor: &Visitor, people: &[(Kept, bool)]) -> Result<(), Fault> {
        let note = |person| self.note_counter(person, visitor, OfficeAct::LookedUp);
        self.sql.transaction(|| people.iter().try_for_each(|(kept, _)| note(kept.person.id)))
    }

    /// A code was typed: the account begins, or its owner is back in it. It serves once.
    pub(super) fn open_code(&self, code: CounterCode, whence: Whence) -> Result<Result<Entered, Refusal>, Fault> {
        let now = self.world.now();
        let gone = || Ok(Err(Refusal::CodeGone));
        let Some(KeptProof { proof, sealed }) = store::proof_of_code(&self.sql, &self.secrets.code_key(code)?, now)?
        else {
            return gone();
        };
        let CounterProof { id, person, aim, evidence, by, .. } = proof;
        let known = store::person(&self.sql, person)?;
        if known.as_ref().is_some_and(|kept| kept.stopped) {
            return Ok(Err(Refusal::Stopped));
        }
        let (known, sealed) = match (aim, known, sealed) {
            (CounterAim::Register, None, Some(sealed)) => (None, sealed),
            (CounterAim::Recover, Some(kept), _) => (Some(kept.person), kept.sealed),
            _ => return gone(),
        };
        let welcome = present_code(known, person, self.fresh_member()?, now);
        let kept = Kept { person: welcome.person, sealed, stopped: false };
        let name_key = self.name_key_of(&kept)?;
        // Since the check they may have joined another way: one person, one account.
        if let Some(name_key) = name_key.filter(|_| welcome.is_new)
            && !store::people_of_name(&self.sql, &name_key)?.is_empty()
        {
            store::remove_proof(&self.sql, id)?;
            return Ok(Err(Refusal::PersonKnown));
        }
        let by = Staff { name: self.staff_name_of(by)?, role: Role::Officer };
        let assurance = Assurance { proof: kept.person.proof, sign_in: SignIn::Proof, at: now };
        let next = NextPath::parse("/join/passkey").unwrap_or_else(NextPath::home);
        self.forget_person(person);
        self.sql.transaction(|| {
            store::remove_proof(&self.sql, id)?;
            store::put_person(&self.sql, &kept, Keys { name: name_key.as_ref(), card: None })?;
            if welcome.is_new {
                let act = OfficeAct::Registered { evidence };
                self.note_quietly(person, Device::UNKNOWN, LogAct::Office { by, act })?;
                self.note_quietly(person, whence.device, LogAct::CodeUsed)?;
            } else {
                self.note(person, whence.device, LogAct::CodeUsed)?;
            }
            self.enter(person, Start { assurance, passkey: None, whence }, None, next.clone()).map(Ok)
        })
    }

    /// What somebody is found by with their name and birth date; nothing for staff.
    pub(super) fn name_key_of(&self, kept: &Kept) -> Result<Option<Digest>, Fault> {
        let (_, said) = self.opened_attributes(kept)?;
        said.map(|said| self.secrets.name_key(&said.name, said.birth)).transpose()
    }

    /// Name and attributes of somebody, sealed.
    pub(super) fn seal_attributes(
        &self,
        person: PersonId,
        name: &Name,
        attributes: Option<&CardAttributes>,
    ) -> Result<Vec<u8>, Fault> {
        let (keys, nonce) = (&self.secrets.seal_keys, self.world.random());
        keys.seal(nonce, person, Purpose::Attributes, &(name, attributes))
    }

    /// What [`Self::seal_attributes`] sealed.
    pub(super) fn sealed_attributes(
        &self,
        person: PersonId,
        sealed: &[u8],
    ) -> Result<(Name, Option<CardAttributes>), Fault> {
        self.secrets.seal_keys.open(person, Purpose::Attributes, sealed)
    }
}
