//! Accounts of staff (職員): invited by an administrator, with the roles their work needs and no more, and stopped when it ends.

use serde::{Deserialize, Serialize};

use crate::kernel::{Actor, InvitationId, Level, MemberNumber, Name, PersonId, Proof, Role, Roles, Timestamp};

use super::{Person, Refusal, Visitor, staff_may};

/// How long a staff link can be used, in seconds: a working day.
pub const INVITATION_SECONDS: i64 = 24 * 60 * 60;

/// What an administrator does with an account of staff.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum StaffChange {
    /// It has these roles from now on.
    Roles(Roles),
    /// It cannot be used any more, and its sessions end.
    Stop,
    /// It can be used again.
    Resume,
}

/// Whether somebody may see and change accounts of staff: an administrator, for changes with a fresh passkey.
pub fn may_administer(actor: &Actor, level: Level, now: Timestamp) -> Result<(), Refusal> {
    staff_may(actor, Role::Administrator, level, now)
}

/// Whether an administrator may do that with that account. Never with a resident's, and never with their own: so at least one
/// administrator is always left.
pub fn may_change_staff(actor: &Actor, account: &Person, now: Timestamp) -> Result<(), Refusal> {
    may_administer(actor, Level::FreshPasskey, now)?;
    let is_staff = matches!(account.proof, Proof::Invitation { .. });
    if is_staff && account.id != actor.person { Ok(()) } else { Err(Refusal::NotAllowed) }
}

/// An account of staff, as administrators see it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StaffLine {
    /// Its number: what it is named by.
    pub member: MemberNumber,
    /// What it is called.
    pub name: Name,
    /// What it may do.
    pub roles: Roles,
    /// When it began.
    pub since: Timestamp,
    /// How many passkeys it has.
    pub passkeys: u32,
    /// Whether it is stopped.
    pub stopped: bool,
    /// Whether it is the administrator's own.
    pub is_own: bool,
}

/// The page 職員の登録.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StaffPage {
    /// Who.
    pub visitor: Visitor,
    /// Every account of staff, by name.
    pub staff: Vec<StaffLine>,
}

/// A staff link.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Invitation {
    /// Digest of its code.
    pub id: InvitationId,
    /// The account to come, or the one that gets a new passkey.
    pub person: PersonId,
    /// The administrator who made it.
    pub by: PersonId,
    /// What the account may do; nothing for one that is there already.
    pub roles: Option<Roles>,
    /// When it is too late.
    pub expires_at: Timestamp,
}

/// What an administrator asks.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum StaffAct {
    /// Make a link for a new account.
    Invite {
        /// What it is called.
        name: Name,
        /// What it may do.
        roles: Roles,
    },
    /// Make a link for an account that has lost its passkeys. They are removed when the link is used.
    Relink {
        /// Whose.
        member: MemberNumber,
    },
    /// Change an account.
    Change {
        /// Which.
        member: MemberNumber,
        /// How.
        change: StaffChange,
    },
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kernel::{Assurance, SignIn};

    const NOW: Timestamp = Timestamp(1_800_000_000_000);

    fn account(number: u8, proof: Proof) -> Person {
        let id = PersonId::from_bytes([number; 16]);
        Person { id, member: MemberNumber::from_random(number.into()), roles: Roles::NONE, proof, since: NOW }
    }

    #[test]
    fn who_may_change_staff() {
        let proof = Proof::Invitation { at: NOW };
        let actor = |roles, at| Actor {
            person: PersonId::from_bytes([1; 16]),
            roles,
            assurance: Assurance { proof, sign_in: SignIn::Passkey { synced: false }, at },
        };
        let administrator = Roles::NONE.with(Role::Administrator);
        let (staff, own) = (account(2, proof), account(1, proof));
        assert_eq!(may_change_staff(&actor(administrator, NOW), &staff, NOW), Ok(()));
        assert_eq!(may_change_staff(&actor(administrator, NOW), &own, NOW), Err(Refusal::NotAllowed));
        let resident = account(3, Proof::Card { at: NOW });
        assert_eq!(may_change_staff(&actor(administrator, NOW), &resident, NOW), Err(Refusal::NotAllowed));
        let late = NOW.plus_seconds(Assurance::FRESH_SECONDS + 1);
        assert_eq!(may_change_staff(&actor(administrator, NOW), &staff, late), Err(Refusal::LevelMissing));
        for role in [Role::Officer, Role::Operator, Role::Auditor] {
            assert_eq!(may_change_staff(&actor(Roles::NONE.with(role), NOW), &staff, NOW), Err(Refusal::NotAllowed));
        }
    }
}
