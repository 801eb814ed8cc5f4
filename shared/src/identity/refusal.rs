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
    /// Not for this person, or not with that account.
    NotAllowed = 9,
    /// The account was stopped by the municipality.
    Stopped = 10,
    /// The code of the counter is unknown, used or too old.
    CodeGone = 11,
    /// The proof at the counter is over, or was agreed to already.
    CounterProofGone = 12,
    /// A second officer has to agree, not the one who checked.
    SecondOfficer = 13,
    /// Somebody of that name and birth date has an account.
    PersonKnown = 14,
    /// Nobody has that member number.
    MemberUnknown = 15,
    /// The account of that number is of somebody of another name or birth date.
    PersonOther = 16,
    /// Nobody has that number, name and birth date, or nobody an operator may act for.
    CallerUnknown = 17,
    /// The call is over, or another operator's.
    PhoneCallGone = 18,
    /// Nobody was found too often: later again.
    TooOften = 19,
}

impl Refusal {
    /// The stable number.
    pub const fn number(self) -> u16 {
        self as u16
    }
}
