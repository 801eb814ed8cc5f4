//! People as others ask for them: by member number, by name; and as they see themselves.

use sha2::{Digest as _, Sha256};
use shared::identity::{
    Entered, LogAct, Look, Me, NextPath, PasskeyLine, Refusal, Seen, Whence, may_change_passkeys, present_invitation,
};
use shared::kernel::{Assurance, Fault, MemberNumber, Name, PersonId, Role, Roles, SessionId, SignIn};

use crate::sql::Sql;
use crate::world::World;

use super::object::Registry;
use super::sessions::Start;
use super::store::{self, Kept, Keys};

impl<S: Sql, W: World> Registry<S, W> {
    /// Answers what a neighbour wants to know of people.
    pub(super) fn look(&self, look: Look) -> Result<Seen, Fault> {
        let Look { sessions, members, people, glances } = look;
        Ok(Seen {
            sessions: sessions.into_iter().map(|id| self.visitor(id)).collect::<Result<_, _>>()?,
            members: members.into_iter().map(|number| self.find_member(number)).collect::<Result<_, _>>()?,
            people: people.into_iter().map(|person| self.name_of(person)).collect::<Result<_, _>>()?,
            glances: glances.into_iter().map(|id| self.glance(id)).collect::<Result<_, _>>()?,
        })
    }

    fn name_of(&self, person: PersonId) -> Result<Option<Name>, Fault> {
        if let Some(known) = self.names.of_person(person) {
            return Ok(Some(known));
        }
        let found = store::person(&self.sql, person)?;
        found.map(|kept| self.remembered_name(&kept)).transpose()
    }

    fn find_member(&self, number: MemberNumber) -> Result<Option<(PersonId, Name)>, Fault> {
        if let Some(known) = self.names.of_member(number) {
            return Ok(Some(known));
        }
        let Some(kept) = store::person_of_member(&self.sql, number)? else { return Ok(None) };
        Ok(Some((kept.person.id, self.remembered_name(&kept)?)))
    }

    fn remembered_name(&self, kept: &Kept) -> Result<Name, Fault> {
        let name = self.opened_name(kept)?;
        self.names.keep(&kept.person, &name);
        Ok(name)
    }

    /// A member number nobody has.
    pub(super) fn fresh_member(&self) -> Result<MemberNumber, Fault> {
        const TRIES_MAX: u32 = 100;
        for _ in 0..TRIES_MAX {
            let number = MemberNumber::from_random(u64::from_le_bytes(self.world.random()));
            if store::person_of_member(&self.sql, number)?.is_none() {
                return Ok(number);
            }
        }
        Err(Fault::new("identity.fresh_member", "no free member number found"))
    }

    /// A staff link was opened: once, and only one that an administrator made or that was printed at this start.
    pub(super) fn open_invitation(&self, code: &str, whence: Whence) -> Result<Result<Entered, Refusal>, Fault> {
        let digest: [u8; 32] = Sha256::digest(code).into();
        let text: String = digest.iter().map(|byte| format!("{byte:02x}")).collect();
        let links = &self.secrets.staff_links;
        let role = links.iter().find(|(_, known)| *known == text).and_then(|(word, _)| Role::from_word(word));
        let Some(role) = role else { return self.open_link(code, whence) };
        let (now, roles) = (self.world.now(), Roles::NONE.with(role));
        let welcome = present_invitation(roles, PersonId::from_bytes(self.world.random()), self.fresh_member()?, now);
        let name = Name::parse(staff_name(role)).map_err(|error| Fault::new("identity.open_invitation", error))?;
        let sealed = self.seal_attributes(welcome.person.id, &name, None)?;
        let kept = Kept { person: welcome.person, sealed, stopped: false };
        let is_first = self.sql.transaction(|| {
            let is_first = store::use_invitation(&self.sql, &digest, now)?;
            if is_first {
                store::put_person(&self.sql, &kept, Keys::default())?;
                self.note(kept.person.id, whence.device, LogAct::Invited)?;
            }
            Ok(is_first)
        })?;
        if !is_first {
            return Ok(Err(Refusal::InvitationGone));
        }
        let assurance = Assurance { proof: kept.person.proof, sign_in: SignIn::Proof, at: now };
        let next = NextPath::parse("/office").unwrap_or_else(NextPath::home);
        self.enter(kept.person.id, Start { assurance, passkey: None, whence }, None, next).map(Ok)
    }

    /// The page わたし.
    pub(super) fn me(&self, session: SessionId) -> Result<Option<Me>, Fault> {
        let Some(visitor) = self.visitor(session)? else { return Ok(None) };
        let Some(kept) = store::person(&self.sql, visitor.actor.person)? else { return Ok(None) };
        let (_, attributes) = self.opened_attributes(&kept)?;
        let passkeys: Vec<_> = store::passkeys(&self.sql, visitor.actor.person)?
            .into_iter()
            .map(|passkey| PasskeyLine {
                id: passkey.id,
                name: passkey.name,
                synced: passkey.synced,
                since: passkey.since,
                used_at: passkey.used_at,
            })
            .collect();
        let assurance = &visitor.actor.assurance;
        let may_change = may_change_passkeys(assurance, !passkeys.is_empty(), self.world.now()).is_ok();
        let address = attributes.map(|attributes| attributes.address.into());
        Ok(Some(Me { visitor, address, passkeys, may_change }))
    }
}

/// What a staff account is called until its bearer is named by an administrator.
const fn staff_name(role: Role) -> &'static str {
    match role {
        Role::Officer => "市役所 職員",
        Role::Operator => "オペレーター",
        Role::Auditor => "監査担当",
        Role::Administrator => "管理者",
    }
}
