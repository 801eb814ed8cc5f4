//! What was done with an account, kept for its owner to read (利用の記録; ASVS 16.2, 16.3).

use serde::{Deserialize, Serialize};

use crate::kernel::{Digest, Line, Name, PersonId, Points, Role, Roles, Timestamp, digest};

use super::{Device, Evidence, PasskeyName, Visitor};

/// Who of the municipality's staff did something, and acting as what.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Staff {
    /// What their account is called.
    pub name: Name,
    /// The role the act needed.
    pub role: Role,
}

/// What staff did with somebody's account, or saw of it. Grows at the end only: lines are kept.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum OfficeAct {
    /// Granted points.
    Granted {
        /// How many.
        points: Points,
        /// Why, in the officer's words.
        reason: Line<80>,
    },
    /// Saw who has the account.
    LookedUp,
    /// Checked the person at the counter and began their account.
    Registered {
        /// What the person showed.
        evidence: Evidence,
    },
    /// Checked the person at the counter because they have lost their passkeys.
    RecoveryBegun {
        /// What the person showed.
        evidence: Evidence,
    },
    /// Agreed to that as the second officer.
    RecoveryApproved,
    /// Changed what the account may do.
    RolesChanged {
        /// To these.
        roles: Roles,
    },
    /// Stopped the account and ended its sessions.
    Stopped,
    /// Let the account be used again.
    Resumed,
    /// Made a new staff link for the account.
    LinkMade,
    /// Took granted points back.
    Corrected {
        /// How many.
        points: Points,
        /// Why, in the officer's words.
        reason: Line<80>,
    },
    /// Made the person a clerk of a shop.
    ClerkAdded {
        /// What the shop is called.
        shop: Line<30>,
    },
    /// Ended that.
    ClerkRemoved {
        /// What the shop is called.
        shop: Line<30>,
    },
    /// Opened a job of theirs at the centre.
    SawRequest,
    /// Took a call of theirs, and did in their name what they said.
    TookCall,
    /// Wrote down where they can be rung up.
    TelephoneKept,
    /// Took a call with their number, of somebody who knew no name or birth date that fits.
    CallRefused,
    /// Opened what they registered to help with.
    SawHelper,
    /// Wrote down what they have shown of what they can do, or that they took a course.
    HelperChecked,
    /// Took that back.
    HelperUnchecked,
}

impl OfficeAct {
    /// In which role another object's staff do it.
    pub const fn role(&self) -> Role {
        match self {
            Self::SawRequest
            | Self::TookCall
            | Self::TelephoneKept
            | Self::CallRefused
            | Self::SawHelper
            | Self::HelperChecked
            | Self::HelperUnchecked => Role::Operator,
            _ => Role::Officer,
        }
    }
}

/// One act. Grows at the end only: lines are kept.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum LogAct {
    /// The account began with a card.
    Joined,
    /// The card was shown again.
    CardShown {
        /// Whether the name or another attribute was new.
        changed: bool,
    },
    /// The account began with a staff link.
    Invited,
    /// A passkey was made.
    PasskeyMade {
        /// What it is called.
        name: PasskeyName,
    },
    /// A passkey was removed.
    PasskeyRemoved {
        /// What it was called.
        name: PasskeyName,
    },
    /// Signed in.
    SignedIn {
        /// With that passkey.
        name: PasskeyName,
    },
    /// Signed out, or what a browser had was replaced by a proof.
    SignedOut,
    /// Other sessions were ended.
    SessionsEnded {
        /// How many.
        count: u32,
    },
    /// Staff did or saw something.
    Office {
        /// Who.
        by: Staff,
        /// What.
        act: OfficeAct,
    },
    /// The one-time code of the counter was used.
    CodeUsed,
    /// The card was added to an account that began at the counter.
    CardAdded,
    /// A new staff link was used: the passkeys from before are gone.
    Relinked,
}

/// What a line is about: what its reader may look for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum LogKind {
    /// Coming and going.
    Entry,
    /// What opens the account, and what is known of the person.
    Account,
    /// What staff did or saw.
    Office,
}

impl LogKind {
    /// Every kind, in the order of the choice.
    pub const ALL: [Self; 3] = [Self::Entry, Self::Account, Self::Office];

    /// The word in addresses.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Entry => "entry",
            Self::Account => "account",
            Self::Office => "office",
        }
    }

    /// The kind of that word.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.word() == word)
    }
}

impl LogAct {
    /// What it is about.
    pub const fn kind(&self) -> LogKind {
        match self {
            Self::SignedIn { .. } | Self::SignedOut | Self::SessionsEnded { .. } => LogKind::Entry,
            Self::Office { .. } => LogKind::Office,
            Self::Joined
            | Self::CardShown { .. }
            | Self::Invited
            | Self::PasskeyMade { .. }
            | Self::PasskeyRemoved { .. }
            | Self::CodeUsed
            | Self::CardAdded
            | Self::Relinked => LogKind::Account,
        }
    }

    /// Whether its owner is told without looking (ASVS 6.3.7): what opens the account changed, or staff did something with it.
    /// Points that were granted stand in the wallet and worry nobody.
    pub const fn is_told(&self) -> bool {
        match self {
            Self::PasskeyMade { .. }
            | Self::PasskeyRemoved { .. }
            | Self::CardShown { changed: true }
            | Self::CodeUsed
            | Self::CardAdded
            | Self::Relinked => true,
            Self::Office { act, .. } => {
                !matches!(act, OfficeAct::Granted { .. } | OfficeAct::SawRequest | OfficeAct::SawHelper)
            }
            Self::Joined
            | Self::Invited
            | Self::CardShown { changed: false }
            | Self::SignedIn { .. }
            | Self::SignedOut
            | Self::SessionsEnded { .. } => false,
        }
    }
}

/// One line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LogLine {
    /// When.
    pub at: Timestamp,
    /// Where; unknown where the act has no browser of its own.
    pub device: Device,
    /// What.
    pub act: LogAct,
}

/// The page 利用の記録.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LogPage {
    /// Who.
    pub visitor: Visitor,
    /// Lines of that kind only; all of them without one.
    pub kind: Option<LogKind>,
    /// Lines with their number, newest first.
    pub lines: Vec<(u64, LogLine)>,
    /// Where older ones begin, if there are any: before that number.
    pub more: Option<u64>,
    /// Numbers of lines their owner is told of and has not said to have seen.
    pub unseen: Vec<u64>,
}

/// Links a line to the one before: a line that is changed, left out or moved to somebody else breaks the chain. The first
/// line has number 1 and follows 32 zero bytes. What is linked is the line with its salt and not how it is sealed, so a new
/// key leaves the chain as it is.
pub fn log_hash(person: PersonId, seq: u64, before: &Digest, line: &[u8]) -> Digest {
    digest(&[b"identity.log", person.as_bytes(), &seq.to_be_bytes(), before, line])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_part_counts() {
        let (one, two) = (PersonId::from_bytes([1; 16]), PersonId::from_bytes([2; 16]));
        let hash = log_hash(one, 1, &[0; 32], b"line");
        let others = [
            log_hash(two, 1, &[0; 32], b"line"),
            log_hash(one, 2, &[0; 32], b"line"),
            log_hash(one, 1, &hash, b"line"),
            log_hash(one, 1, &[0; 32], b"lime"),
        ];
        assert!(!others.contains(&hash));
    }
}
