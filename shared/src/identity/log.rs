//! What was done with an account, kept for its owner to read (利用の記録; ASVS 16.2, 16.3).

use serde::{Deserialize, Serialize};

use crate::kernel::{Digest, PersonId, Timestamp, digest};

use super::{Device, PasskeyName, Visitor};

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
    /// Lines with their number, newest first.
    pub lines: Vec<(u64, LogLine)>,
    /// Whether there are older ones.
    pub more: bool,
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
