//! Who acts, and how sure we are of it.

use serde::{Deserialize, Serialize};

use super::{PersonId, Timestamp};

/// How a person was proven to be who they are (本人確認).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Proof {
    /// With the My Number card, at that moment.
    Card {
        /// When the card was last presented.
        at: Timestamp,
    },
    /// By an invitation from the municipality: staff who act in their office, not as residents.
    Invitation {
        /// When the invitation was used.
        at: Timestamp,
    },
    /// By an officer who checked their documents at the counter.
    Counter {
        /// When the code of the counter was used.
        at: Timestamp,
    },
}

impl Proof {
    /// When.
    pub const fn at(&self) -> Timestamp {
        match self {
            Self::Card { at } | Self::Invitation { at } | Self::Counter { at } => *at,
        }
    }
}

/// How this session began.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum SignIn {
    /// Straight from the card or an invitation: enough to make a passkey, not to move points.
    Proof,
    /// With a passkey; user verification is always required.
    Passkey {
        /// Whether the passkey may live on several devices (backup eligible, WebAuthn L3 §6.1.3).
        synced: bool,
    },
}

/// What is known about a session, carried into every decision.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Assurance {
    /// How the person was proven.
    pub proof: Proof,
    /// How the session began.
    pub sign_in: SignIn,
    /// When the session began.
    pub at: Timestamp,
}

/// What an act asks for, weakest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Level {
    /// A session of any kind.
    SignedIn,
    /// Signed in with a passkey.
    Passkey,
    /// Signed in with a passkey within the last minutes.
    FreshPasskey,
    /// That, and the card was presented a short while before.
    FreshCard,
}

impl Assurance {
    /// How long a passkey sign-in counts as fresh.
    pub const FRESH_SECONDS: i64 = 300;

    /// How long a card counts as just presented: long enough to sign in with a passkey behind it.
    pub const CARD_SECONDS: i64 = 1800;

    /// Whether the session meets the level at that moment.
    pub fn meets(&self, level: Level, now: Timestamp) -> bool {
        let passkey = matches!(self.sign_in, SignIn::Passkey { .. });
        match level {
            Level::SignedIn => true,
            Level::Passkey => passkey,
            Level::FreshPasskey => passkey && now <= self.at.plus_seconds(Self::FRESH_SECONDS),
            Level::FreshCard => {
                let shown = matches!(self.proof, Proof::Card { at } if now <= at.plus_seconds(Self::CARD_SECONDS));
                shown && self.meets(Level::FreshPasskey, now)
            }
        }
    }
}

/// A task somebody was given by the municipality.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[repr(u8)]
pub enum Role {
    /// City officer (市の職員): grants points.
    Officer = 0,
    /// Operator of the co-help centre (オペレーター).
    Operator = 1,
    /// Reads the journal (監査).
    Auditor = 2,
    /// Invites staff (管理者).
    Administrator = 3,
}

impl Role {
    /// Every role.
    pub const ALL: [Self; 4] = [Self::Officer, Self::Operator, Self::Auditor, Self::Administrator];

    /// The word used in links and configuration.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Officer => "officer",
            Self::Operator => "operator",
            Self::Auditor => "auditor",
            Self::Administrator => "administrator",
        }
    }
}

impl Role {
    /// The role of that word.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|role| role.word() == word)
    }
}

/// A set of roles.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Roles(u8);

impl Roles {
    /// No role: a resident.
    pub const NONE: Self = Self(0);

    /// These and one more.
    #[must_use]
    pub const fn with(self, role: Role) -> Self {
        Self(self.0 | 1 << role as u8)
    }

    /// Whether the role is among them.
    pub const fn has(self, role: Role) -> bool {
        self.0 & (1 << role as u8) != 0
    }

    /// As a number for storage.
    pub const fn bits(self) -> u8 {
        self.0
    }

    /// From storage; unknown bits are dropped.
    pub const fn from_bits(bits: u8) -> Self {
        Self(bits & 0b1111)
    }
}

/// Somebody who acts: the person, their roles and the session's assurance.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Actor {
    /// The person.
    pub person: PersonId,
    /// What the municipality lets them do.
    pub roles: Roles,
    /// How sure we are.
    pub assurance: Assurance,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn levels() {
        let start = Timestamp(1_000_000);
        let proof = Proof::Card { at: start };
        let by = |sign_in| Assurance { proof, sign_in, at: start };
        let card = by(SignIn::Proof);
        let passkey = by(SignIn::Passkey { synced: true });
        let late = start.plus_seconds(Assurance::FRESH_SECONDS + 1);
        assert!(card.meets(Level::SignedIn, start) && !card.meets(Level::Passkey, start));
        assert!(passkey.meets(Level::FreshPasskey, start));
        assert!(passkey.meets(Level::Passkey, late) && !passkey.meets(Level::FreshPasskey, late));
    }

    #[test]
    fn roles_are_a_set() {
        let roles = Roles::NONE.with(Role::Officer).with(Role::Auditor);
        for role in Role::ALL {
            assert_eq!(roles.has(role), matches!(role, Role::Officer | Role::Auditor));
        }
        assert_eq!(Roles::from_bits(roles.bits()), roles);
    }
}
