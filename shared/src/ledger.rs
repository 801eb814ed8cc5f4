//! Double entry with holds, fees, a gap-free journal (Ledger object).

use serde::{Deserialize, Serialize};

use crate::kernel::{AccountId, HoldId, PersonId, Points, Timestamp};

/// What an account is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[expect(missing_docs, reason = "the names say it")]
pub enum AccountKind {
    Person,
    Budget,
    Fee,
    Issuer,
}

/// A payee of a settlement.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Leg {
    /// To which account.
    pub to: AccountId,
    /// Of which kind.
    pub kind: AccountKind,
    /// How much.
    pub amount: Points,
}

/// What the ledger is told.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[expect(missing_docs, reason = "the names say it")]
pub enum Command {
    Hold { hold: HoldId, from: AccountId, amount: Points, until: Timestamp },
    Settle { hold: HoldId, legs: Vec<Leg> },
    Release { hold: HoldId },
}

/// Why the ledger refuses.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[expect(missing_docs, reason = "the names say it")]
pub enum Refusal {
    Insufficient { missing: Points },
    HoldUnknown,
    HoldResolved,
    HoldExpired,
    HoldExists,
    LegsExceedHold,
}

impl Refusal {
    /// Whether the same command may succeed later by itself.
    pub const fn transient(&self) -> bool {
        false
    }
}

/// The account of a person.
pub fn account_of(person: PersonId) -> AccountId {
    AccountId::derive("ledger.person", person.as_bytes())
}

/// The municipality's fee account.
pub fn fee() -> AccountId {
    AccountId::derive("ledger.fee", b"")
}

/// What the helper gets, and the fee, rounded down.
pub fn split(reward: Points, fee_percent: u8) -> (Points, Points) {
    let fee = reward.share(u64::from(fee_percent), 100);
    (reward.minus(fee).unwrap_or(Points::ZERO), fee)
}
