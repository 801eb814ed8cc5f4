//! Accounts of staff: what administrators see and do.

use shared::identity::{
    Device, Entered, INVITATION_SECONDS, Invitation, LogAct, NextPath, OfficeAct, Refusal, Staff, StaffAct,
    StaffChange, StaffLine, StaffPage, Whence, may_administer, may_change_staff, present_invitation,
};
use shared::kernel::{
    Assurance, CommandId, Fault, InvitationId, Level, Line, MemberNumber, Name, PersonId, Role, Roles, SessionId,
    SignIn, Timestamp,
};

use crate::sql::Sql;
use crate::world::World;

use super::object::Registry;
use super::sessions::Start;
use super::store::{self, Kept, Keys, Link};

impl<S: Sql, W: World> Registry<S, W> {
    /// What an account of staff is called; its owner's log says so.
    pub(super) fn staff_name_of(&self, person: PersonId) -> Result<Name, Fault> {
        let kept = store::person(&self.sql, person)?.ok_or_else(|| Fault::new("staff.name_of", "nobody there"))?;
        self.opened_name(&kept)
    }

    /// The page 職員の登録.
    pub(super) fn staff_page(&self, session: SessionId) -> Result<Result<StaffPage, Refusal>, Fault> {
        let Some(visitor) = self.visitor(session)? else { return Ok(Err(Refusal::SignedOut)) };
        if let Err(refusal) = may_administer(&visitor.actor, Level::Passkey, self.world.now()) {
            return Ok(Err(refusal));
        }
        let line = |kept: &Kept| {
            let passkeys = store::passkeys(&self.sql, kept.person.id)?.len();
            Ok(StaffLine {
                member: kept.person.member,
                name: self.opened_name(kept)?,
                roles: kept.person.roles,
                since: kept.person.since,
                passkeys: u32::try_from(passkeys).unwrap_or(u32::MAX),
                stopped: kept.stopped,
                is_own: kept.person.id == visitor.actor.person,
            })
        };
        let mut staff = store::staff(&self.sql)?.iter().map(line).collect::<Result<Vec<_>, Fault>>()?;
        staff.sort_by(|one, other| (&one.name, one.member).cmp(&(&other.name, other.member)));
        Ok(Ok(StaffPage { visitor, staff }))
    }

    /// An administrator's act: the code of a link, where one was made.
    pub(super) fn act_on_staff(
        &self,
        session: SessionId,
        command: CommandId,
        act: StaffAct,
    ) -> Result<Result<Option<Line<100>>, Refusal>, Fault> {
        let now = self.world.now();
        let Some(visitor) = self.visitor(session)? else { return Ok(Err(Refusal::SignedOut)) };
        if let Err(refusal) = may_administer(&visitor.actor, Level::FreshPasskey, now) {
            return Ok(Err(refusal));
        }
        let by = (visitor.actor.person, Staff { name: visitor.name.clone(), role: Role::Administrator });
        match act {
            StaffAct::Invite { name, roles } => {
                self.invite(by.0, command, &name, roles, now).map(|made| made.map(Some))
            }
            StaffAct::Relink { member } => self.account_of_staff(&visitor.actor, member)?.map_or_else(
                |refusal| Ok(Err(refusal)),
                |kept| self.relink(&by, command, &kept, now).map(|made| made.map(Some)),
            ),
            StaffAct::Change { member, change } => self.account_of_staff(&visitor.actor, member)?.map_or_else(
                |refusal| Ok(Err(refusal)),
                |kept| self.change_staff(by, command, kept, change).map(|()| Ok(None)),
            ),
        }
    }

    fn account_of_staff(
        &self,
        actor: &shared::kernel::Actor,
        member: MemberNumber,
    ) -> Result<Result<Kept, Refusal>, Fault> {
        let Some(kept) = store::person_of_member(&self.sql, member)? else { return Ok(Err(Refusal::MemberUnknown)) };
        Ok(may_change_staff(actor, &kept.person, self.world.now()).map(|()| kept))
    }

    fn invite(
        &self,
        by: PersonId,
        command: CommandId,
        name: &Name,
        roles: Roles,
        now: Timestamp,
    ) -> Result<Result<Line<100>, Refusal>, Fault> {
        // Both follow from the command, so that a repeat is the same invitation, and one with another name another.
        let about = [&[roles.bits()], name.as_str().as_bytes()].concat();
        let code = self.secrets.staff_code(by, command, &about)?;
        let person = PersonId::derive("staff.invite", code.as_bytes());
        let sealed = self.seal_attributes(person, name, None)?;
        let expires_at = now.plus_seconds(INVITATION_SECONDS);
        let invitation = Invitation { id: link_id(&code), person, by, roles: Some(roles), expires_at };
        made(store::put_invitation(&self.sql, &invitation, Some(sealed))?, &code)
    }

    /// A link for an account that is there. Any other for it is withdrawn.
    fn relink(
        &self,
        by: &(PersonId, Staff),
        command: CommandId,
        kept: &Kept,
        now: Timestamp,
    ) -> Result<Result<Line<100>, Refusal>, Fault> {
        if kept.stopped {
            return Ok(Err(Refusal::Stopped));
        }
        let person = kept.person.id;
        let code = self.secrets.staff_code(by.0, command, person.as_bytes())?;
        let expires_at = now.plus_seconds(INVITATION_SECONDS);
        let invitation = Invitation { id: link_id(&code), person, by: by.0, roles: None, expires_at };
        self.sql.transaction(|| {
            let link = store::put_invitation(&self.sql, &invitation, None)?;
            if link == Link::Made {
                store::withdraw_invitations(&self.sql, person, Some(invitation.id))?;
                self.note(person, Device::UNKNOWN, LogAct::Office { by: by.1.clone(), act: OfficeAct::LinkMade })?;
            }
            made(link, &code)
        })
    }

    fn change_staff(
        &self,
        (administrator, by): (PersonId, Staff),
        command: CommandId,
        kept: Kept,
        change: StaffChange,
    ) -> Result<(), Fault> {
        let person = kept.person.id;
        let id = CommandId::derive("staff.change", &[administrator.as_bytes().as_slice(), command.as_bytes()].concat());
        let (kept, act) = match change {
            StaffChange::Roles(roles) => (
                Kept { person: shared::identity::Person { roles, ..kept.person }, ..kept },
                OfficeAct::RolesChanged { roles },
            ),
            StaffChange::Stop => (Kept { stopped: true, ..kept }, OfficeAct::Stopped),
            StaffChange::Resume => (Kept { stopped: false, ..kept }, OfficeAct::Resumed),
        };
        self.sql.transaction(|| {
            // A form that is sent again does not undo what a colleague did since.
            if !store::hear_once(&self.sql, id, self.world.now())? {
                return Ok(());
            }
            store::put_person(&self.sql, &kept, Keys::default())?;
            // What it had asked others in with goes with what it may do.
            store::withdraw_invitations(&self.sql, person, None)?;
            if kept.stopped {
                self.end_where(person, Device::UNKNOWN, |_| true)?;
            }
            self.note(person, Device::UNKNOWN, LogAct::Office { by: by.clone(), act: act.clone() })
        })?;
        self.forget_person(person);
        Ok(())
    }

    /// A link that an administrator made was used: a new account, or a way back into one whose passkeys are lost. Those are
    /// removed, for nobody knows who has them now.
    pub(super) fn open_link(&self, code: &str, whence: Whence) -> Result<Result<Entered, Refusal>, Fault> {
        let (now, device, id) = (self.world.now(), whence.device, link_id(code));
        let member = self.fresh_member()?;
        self.sql.transaction(|| {
            let Some((invitation, sealed)) = store::take_invitation(&self.sql, id, now)? else {
                return Ok(Err(Refusal::InvitationGone));
            };
            let person = invitation.person;
            store::withdraw_invitations(&self.sql, person, None)?;
            match (invitation.roles, sealed, store::person(&self.sql, person)?) {
                (Some(roles), Some(sealed), None) => {
                    let kept =
                        Kept { person: present_invitation(roles, person, member, now).person, sealed, stopped: false };
                    let by = Staff { name: self.staff_name_of(invitation.by)?, role: Role::Administrator };
                    store::put_person(&self.sql, &kept, Keys::default())?;
                    self.note_quietly(person, Device::UNKNOWN, LogAct::Office { by, act: OfficeAct::LinkMade })?;
                    self.note(person, device, LogAct::Invited)?;
                    self.enter_by_link(&kept, whence).map(Ok)
                }
                (None, None, Some(kept)) if !kept.stopped => {
                    self.end_where(person, device, |_| true)?;
                    for passkey in store::passkeys(&self.sql, person)? {
                        store::remove_passkey(&self.sql, person, passkey.id)?;
                    }
                    self.note(person, device, LogAct::Relinked)?;
                    self.enter_by_link(&kept, whence).map(Ok)
                }
                _ => Ok(Err(Refusal::InvitationGone)),
            }
        })
    }

    fn enter_by_link(&self, kept: &Kept, whence: Whence) -> Result<Entered, Fault> {
        let assurance = Assurance { proof: kept.person.proof, sign_in: SignIn::Proof, at: self.world.now() };
        let next = NextPath::parse("/me").unwrap_or_else(NextPath::home);
        self.enter(kept.person.id, Start { assurance, passkey: None, whence }, None, next)
    }
}

/// The code of a link that can be used.
fn made(link: Link, code: &str) -> Result<Result<Line<100>, Refusal>, Fault> {
    match link {
        Link::Used => Ok(Err(Refusal::InvitationGone)),
        Link::Made | Link::There => Line::parse(code).map(Ok).map_err(|error| Fault::new("staff.link", error)),
    }
}

fn link_id(code: &str) -> InvitationId {
    InvitationId::derive("code", code.as_bytes())
}
