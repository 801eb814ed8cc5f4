//! Why a command is not done.

use serde::{Deserialize, Serialize};

use super::lot::Usage;
use crate::kernel::{Level, Points};

/// Why a command is refused (お断りの理由), in order of precedence: where several apply, the first is
/// answered. Numbers are stable and appear in logs and interfaces; sentences are made from them elsewhere.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[repr(u16)]
pub enum Refusal {
    /// The role is missing, or an officer grants to themself.
    NotAllowed = 1,
    /// The session is not strong enough for the act.
    StepUp {
        /// What the act asks for.
        needs: Level,
    } = 2,
    /// The id was used for another command.
    CommandReused = 3,
    /// A settlement pays nobody, or a payment comes out of no purse.
    NoLegs = 4,
    /// A settlement pays more than [`LEGS_MAX`](crate::kernel::limit::LEGS_MAX) payees, or a payment comes out of more than
    /// [`PURSES_MAX`](crate::kernel::limit::PURSES_MAX) purses.
    TooManyLegs = 5,
    /// An amount is zero.
    ZeroAmount = 6,
    /// The hold's id is taken.
    HoldExists = 7,
    /// There is no such hold.
    HoldUnknown = 8,
    /// The hold was settled, released or expired before.
    HoldResolved = 9,
    /// The hold's time has passed.
    HoldExpired = 10,
    /// The hold would last longer than [`HOLD_SECONDS_MAX`](super::HOLD_SECONDS_MAX).
    HoldTooLong = 11,
    /// The hold's time has not passed yet.
    HoldNotDue = 12,
    /// Both sides are one account.
    SameAccount = 13,
    /// An account is of another kind than the command needs.
    WrongAccountKind = 14,
    /// The legs come to more than was set aside.
    LegsExceedHold = 15,
    /// More than [`Points::MAX`] would have been made in all.
    Overflow = 16,
    /// Not enough points are available.
    Insufficient {
        /// How many are missing.
        missing: Points,
    } = 17,
    /// Enough points are there, but some end before the hold would.
    EndsBefore {
        /// How many more would have to be valid until then.
        missing: Points,
    } = 18,
    /// Nothing has lapsed.
    NothingLapsed = 19,
    /// There is no such grant or purchase to take back.
    OriginalUnknown = 20,
    /// More would be taken back than is left of the grant or purchase.
    ExceedsOriginal {
        /// How much of it has not been taken back.
        left: Points,
    } = 21,
    /// The shop does not take that coupon.
    CouponNotTaken {
        /// Which.
        usage: Usage,
    } = 22,
    /// The code was made too long ago.
    CodeExpired = 23,
    /// The shop takes nothing at present.
    ShopClosed = 24,
    /// More than the code was made for.
    ExceedsCode {
        /// The most it pays.
        max: Points,
    } = 25,
}

impl Refusal {
    /// The stable number.
    pub const fn number(self) -> u16 {
        match self {
            Self::NotAllowed => 1,
            Self::StepUp { .. } => 2,
            Self::CommandReused => 3,
            Self::NoLegs => 4,
            Self::TooManyLegs => 5,
            Self::ZeroAmount => 6,
            Self::HoldExists => 7,
            Self::HoldUnknown => 8,
            Self::HoldResolved => 9,
            Self::HoldExpired => 10,
            Self::HoldTooLong => 11,
            Self::HoldNotDue => 12,
            Self::SameAccount => 13,
            Self::WrongAccountKind => 14,
            Self::LegsExceedHold => 15,
            Self::Overflow => 16,
            Self::Insufficient { .. } => 17,
            Self::EndsBefore { .. } => 18,
            Self::NothingLapsed => 19,
            Self::OriginalUnknown => 20,
            Self::ExceedsOriginal { .. } => 21,
            Self::CouponNotTaken { .. } => 22,
            Self::CodeExpired => 23,
            Self::ShopClosed => 24,
            Self::ExceedsCode { .. } => 25,
        }
    }

    /// Whether the very same command may be done later, without a change to it.
    pub const fn transient(self) -> bool {
        match self {
            Self::StepUp { .. }
            | Self::HoldUnknown
            | Self::HoldNotDue
            | Self::Insufficient { .. }
            | Self::EndsBefore { .. }
            | Self::NothingLapsed
            | Self::ShopClosed => true,
            Self::NotAllowed
            | Self::CommandReused
            | Self::NoLegs
            | Self::TooManyLegs
            | Self::ZeroAmount
            | Self::HoldExists
            | Self::HoldResolved
            | Self::HoldExpired
            | Self::HoldTooLong
            | Self::SameAccount
            | Self::WrongAccountKind
            | Self::LegsExceedHold
            | Self::Overflow
            | Self::OriginalUnknown
            | Self::ExceedsOriginal { .. }
            | Self::CouponNotTaken { .. }
            | Self::CodeExpired
            | Self::ExceedsCode { .. } => false,
        }
    }
}
