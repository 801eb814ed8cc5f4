//! The rules of identity, as total functions.

use crate::kernel::{Assurance, MemberNumber, PersonId, Proof, Roles, Timestamp};

use super::{Person, Refusal, Session};

/// What presenting a proof leads to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Welcome {
    /// The person as they are to be kept now.
    pub person: Person,
    /// Whether the account began just now.
    pub is_new: bool,
}

/// A card was presented: the same card opens the same account (一人一アカウント).
pub fn present_card(known: Option<Person>, id: PersonId, member: MemberNumber, now: Timestamp) -> Welcome {
    present(known, Proof::Card { at: now }, id, member)
}

/// Somebody was proven at the counter: an account of theirs begins, or they are back in the one they have.
pub fn present_code(known: Option<Person>, id: PersonId, member: MemberNumber, now: Timestamp) -> Welcome {
    present(known, Proof::Counter { at: now }, id, member)
}

/// A resident was proven: the account they have has the new proof, or one begins with it.
fn present(known: Option<Person>, proof: Proof, id: PersonId, member: MemberNumber) -> Welcome {
    match known {
        Some(person) => Welcome { person: Person { proof, ..person }, is_new: false },
        None => Welcome { person: Person { id, member, roles: Roles::NONE, proof, since: proof.at() }, is_new: true },
    }
}

/// A staff invitation was used: an account for the office, apart from the resident's own.
pub fn present_invitation(roles: Roles, id: PersonId, member: MemberNumber, now: Timestamp) -> Welcome {
    Welcome { person: Person { id, member, roles, proof: Proof::Invitation { at: now }, since: now }, is_new: true }
}

/// Idle and absolute limits in seconds (ASVS 7.3.1, 7.3.2): shorter for staff, who see other people's data.
const fn limits_seconds(assurance: &Assurance) -> (i64, i64) {
    match assurance.proof {
        Proof::Card { .. } | Proof::Counter { .. } => (60 * 60, 24 * 60 * 60),
        Proof::Invitation { .. } => (30 * 60, 12 * 60 * 60),
    }
}

/// Whether the session may still be used.
pub fn session_is_alive(session: &Session, now: Timestamp) -> bool {
    let (idle, absolute) = limits_seconds(&session.assurance);
    now < session.seen_at.plus_seconds(idle) && now < session.assurance.at.plus_seconds(absolute)
}

/// Whether its last use should be written down again: once a minute is enough, and a write each time is not.
pub fn touch_is_due(session: &Session, now: Timestamp) -> bool {
    now >= session.seen_at.plus_seconds(60)
}

/// Whether the session may add or remove passkeys (ASVS 7.5.1): the first one at any time, after that only when the
/// person has just shown a passkey or their card. The card is the way back for who has lost every passkey.
pub fn may_change_passkeys(assurance: &Assurance, has_any: bool, now: Timestamp) -> Result<(), Refusal> {
    if has_any { shown_just_now(assurance, now) } else { Ok(()) }
}

/// Whether the session may end others of its person (ASVS 7.5.2): its person was proven or showed a passkey just now.
pub fn may_end_sessions(assurance: &Assurance, now: Timestamp) -> Result<(), Refusal> {
    shown_just_now(assurance, now)
}

fn shown_just_now(assurance: &Assurance, now: Timestamp) -> Result<(), Refusal> {
    if now <= assurance.at.plus_seconds(Assurance::FRESH_SECONDS) { Ok(()) } else { Err(Refusal::LevelMissing) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::identity::Device;
    use crate::kernel::{SessionId, SignIn};

    const NOW: Timestamp = Timestamp(1_800_000_000_000);

    fn session(proof: Proof) -> Session {
        Session {
            id: SessionId::from_bytes([1; 16]),
            person: PersonId::from_bytes([2; 16]),
            assurance: Assurance { proof, sign_in: SignIn::Passkey { synced: false }, at: NOW },
            seen_at: NOW,
            passkey: None,
            device: Device::UNKNOWN,
            network: None,
        }
    }

    #[test]
    fn the_same_card_opens_the_same_account() {
        let first = present_card(None, PersonId::from_bytes([1; 16]), MemberNumber::from_random(1), NOW);
        let later = NOW.plus_seconds(9);
        let again = present_card(
            Some(first.person.clone()),
            PersonId::from_bytes([9; 16]),
            MemberNumber::from_random(9),
            later,
        );
        assert!(first.is_new && !again.is_new);
        assert_eq!(again.person, Person { proof: Proof::Card { at: later }, ..first.person });
    }

    #[test]
    fn sessions_end_by_idleness_and_by_age() {
        let check = |proof, idle_minutes: i64, hours: i64| {
            let mut session = session(proof);
            assert!(session_is_alive(&session, NOW.plus_seconds(idle_minutes * 60 - 1)));
            assert!(!session_is_alive(&session, NOW.plus_seconds(idle_minutes * 60)));
            session.seen_at = NOW.plus_seconds(hours * 3600 - 10);
            assert!(session_is_alive(&session, NOW.plus_seconds(hours * 3600 - 1)));
            assert!(!session_is_alive(&session, NOW.plus_seconds(hours * 3600)));
        };
        check(Proof::Card { at: NOW }, 60, 24);
        check(Proof::Invitation { at: NOW }, 30, 12);
    }

    #[test]
    fn a_use_is_written_once_a_minute() {
        let session = session(Proof::Card { at: NOW });
        assert!(!touch_is_due(&session, NOW.plus_seconds(59)));
        assert!(touch_is_due(&session, NOW.plus_seconds(60)));
    }

    #[test]
    fn passkeys_are_changed_by_who_has_just_shown_one_or_the_card() {
        let late = NOW.plus_seconds(Assurance::FRESH_SECONDS + 1);
        for sign_in in [SignIn::Proof, SignIn::Passkey { synced: true }] {
            let assurance = Assurance { proof: Proof::Card { at: NOW }, sign_in, at: NOW };
            assert_eq!(may_change_passkeys(&assurance, true, NOW.plus_seconds(Assurance::FRESH_SECONDS)), Ok(()));
            assert_eq!(may_change_passkeys(&assurance, true, late), Err(Refusal::LevelMissing));
            assert_eq!(may_change_passkeys(&assurance, false, late), Ok(()));
        }
    }
}
