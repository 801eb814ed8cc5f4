//! Why identity says no.

use serde::{Deserialize, Serialize};

/// Listed by precedence, numbered by birth; a number is never used again.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[repr(u16)]
pub enum Refusal {
    /// No live session.
    SignedOut = 1,
    /// The ceremony is unknown, used, expired, or another browser's.
    CeremonyGone = 2,
    /// The authenticator's answer does not hold.
    CeremonyFailed = 3,
    /// The passkey is not one of ours.
    PasskeyUnknown = 4,
    /// The person has as many passkeys as they may.
    TooManyPasskeys = 5,
    /// The staff link is unknown or used.
    InvitationGone = 6,
    /// The session does not reach the level the act needs.
    LevelMissing = 7,
    /// This authenticator holds a passkey of ours already.
    PasskeyKnown = 8,
}

impl Refusal {
    /// The stable number.
    pub const fn number(self) -> u16 {
        self as u16
    }
}
