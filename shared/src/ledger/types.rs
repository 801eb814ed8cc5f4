//! What the ledger is made of: holds, acts, entries, receipts.

use serde::{Deserialize, Serialize};

use super::account::AccountKind;
use super::command::GrantReason;
use super::lot::Portion;
use super::shard::transit;
use crate::kernel::{AccountId, CommandId, Digest, Fault, HoldId, Points, Shard, Timestamp, digest};

/// How a hold stands. Variants are only appended: the number is stored.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[repr(u8)]
pub enum HoldState {
    /// The points are set aside.
    Open = 0,
    /// Paid out; the rest went back.
    Settled = 1,
    /// Given back on request.
    Released = 2,
    /// Given back because its time had passed.
    Expired = 3,
}

impl HoldState {
    /// Every state, at the index of its number.
    pub const ALL: [Self; 4] = [Self::Open, Self::Settled, Self::Released, Self::Expired];

    /// The stored number.
    pub const fn number(self) -> u8 {
        self as u8
    }

    /// The state with that stored number.
    pub fn from_number(number: i64) -> Option<Self> {
        Self::ALL.get(usize::try_from(number).ok()?).copied()
    }
}

/// Points set aside (仮押さえ). Resolves exactly once.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Hold {
    /// Its id.
    pub id: HoldId,
    /// Whose points.
    pub account: AccountId,
    /// How many when it was made.
    pub amount: Points,
    /// From this moment on it can only be given back.
    pub until: Timestamp,
    /// How it stands.
    pub state: HoldState,
    /// The lots that were set aside; together `amount`. They all outlive `until`.
    pub lots: Vec<Portion>,
}

/// Why points moved (目的). Variants are only appended.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Purpose {
    /// Value was made for a budget (予算の設定).
    Fund,
    /// An officer granted points (付与).
    Grant {
        /// Why, as the officer wrote it.
        reason: GrantReason,
    },
    /// One person paid another (送る).
    Payment,
    /// A helper was paid from a hold (お礼).
    Reward,
    /// The centre's part of a reward (手数料).
    Fee,
    /// Nobody spent it in time (失効).
    Lapse,
    /// A grant, or a part of it, was taken back (付与の訂正).
    Correction {
        /// The entry of the grant.
        of: u64,
        /// Why, as the officer wrote it.
        reason: GrantReason,
    },
    /// A shop was paid (買い物).
    Purchase,
    /// A shop gave a purchase back, or a part of it (返金).
    Refund {
        /// The entry of the purchase.
        of: u64,
        /// Why, as the shop wrote it.
        reason: GrantReason,
    },
    /// What left for another book and was refused there came back (差戻し).
    Returned {
        /// The entry it left with.
        of: u64,
    },
}

impl Purpose {
    /// The word in exports.
    pub const fn word(&self) -> &'static str {
        match self {
            Self::Fund => "fund",
            Self::Grant { .. } => "grant",
            Self::Payment => "payment",
            Self::Reward => "reward",
            Self::Fee => "fee",
            Self::Lapse => "lapse",
            Self::Correction { .. } => "correction",
            Self::Purchase => "purchase",
            Self::Refund { .. } => "refund",
            Self::Returned { .. } => "returned",
        }
    }

    /// The kinds of the debited and the credited account.
    pub const fn kinds(&self) -> (AccountKind, AccountKind) {
        match self {
            Self::Fund => (AccountKind::Issuer, AccountKind::Budget),
            Self::Grant { .. } => (AccountKind::Budget, AccountKind::Person),
            Self::Payment | Self::Reward => (AccountKind::Person, AccountKind::Person),
            Self::Fee => (AccountKind::Person, AccountKind::Fee),
            Self::Lapse => (AccountKind::Person, AccountKind::Expired),
            Self::Correction { .. } => (AccountKind::Person, AccountKind::Budget),
            Self::Purchase => (AccountKind::Person, AccountKind::Shop),
            Self::Refund { .. } => (AccountKind::Shop, AccountKind::Person),
            Self::Returned { .. } => (AccountKind::Transit, AccountKind::Person),
        }
    }

    /// The entry that is taken back by this one.
    pub const fn reverses(&self) -> Option<u64> {
        match self {
            Self::Correction { of, .. } | Self::Refund { of, .. } | Self::Returned { of } => Some(*of),
            Self::Fund
            | Self::Grant { .. }
            | Self::Payment
            | Self::Reward
            | Self::Fee
            | Self::Lapse
            | Self::Purchase => None,
        }
    }
}

/// Why held points were given back.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum ReleaseCause {
    /// They were left over by a settlement.
    Rest,
    /// The hold was called off.
    Void,
    /// The hold's time had passed.
    Expired,
}

impl ReleaseCause {
    /// The word in exports.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Rest => "rest",
            Self::Void => "void",
            Self::Expired => "expired",
        }
    }
}

/// One step of the journal (仕訳). Variants are only appended.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Act {
    /// Points moved.
    Transfer {
        /// Out of this account.
        debit: AccountId,
        /// Into this one.
        credit: AccountId,
        /// How many, at least one.
        amount: Points,
        /// Why.
        purpose: Purpose,
        /// The hold they were set aside by, if any.
        hold: Option<HoldId>,
        /// Of which lots, in the order of spending; together `amount`. None where value is only made, not yet issued.
        lots: Vec<Portion>,
    },
    /// Points were set aside.
    Held {
        /// Under this id.
        hold: HoldId,
        /// Of this account.
        account: AccountId,
        /// How many, at least one.
        amount: Points,
        /// Until when.
        until: Timestamp,
        /// Of which lots; together `amount`.
        lots: Vec<Portion>,
    },
    /// Points set aside were given back.
    Released {
        /// The hold.
        hold: HoldId,
        /// Whose points.
        account: AccountId,
        /// How many, at least one.
        amount: Points,
        /// Why.
        why: ReleaseCause,
        /// Of which lots; together `amount`.
        lots: Vec<Portion>,
    },
    /// Points left for an account that another book keeps, into the [`transit`] account of that book.
    Departed {
        /// Out of this account.
        debit: AccountId,
        /// For this one.
        to: AccountId,
        /// The book that keeps it.
        shard: Shard,
        /// How many, at least one.
        amount: Points,
        /// Why.
        purpose: Purpose,
        /// The hold they were set aside by, if any.
        hold: Option<HoldId>,
        /// Of which lots, in the order of spending; together `amount`.
        lots: Vec<Portion>,
    },
    /// Points came from an account that another book keeps, out of the [`transit`] account of that book.
    Arrived {
        /// The departure there.
        departure: Departure,
        /// From this account.
        from: AccountId,
        /// Into this one.
        credit: AccountId,
        /// How many, at least one.
        amount: Points,
        /// Why.
        purpose: Purpose,
        /// Of which lots, in the order of spending; together `amount`.
        lots: Vec<Portion>,
    },
}

/// Where points left a book: names it among all.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Departure {
    /// The book they left.
    pub shard: Shard,
    /// Its entry.
    pub seq: u64,
}

/// What an act moves from account to account of one book.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Movement<'a> {
    /// Out of this account, of that kind.
    pub debit: (AccountId, AccountKind),
    /// Into this one, of that kind.
    pub credit: (AccountId, AccountKind),
    /// How much.
    pub amount: Points,
    /// Why.
    pub purpose: &'a Purpose,
    /// The hold it was set aside by, if any.
    pub hold: Option<HoldId>,
    /// Of which lots.
    pub lots: &'a [Portion],
}

impl Act {
    /// What it moves. None where points are only set aside or given back.
    pub fn movement(&self) -> Option<Movement<'_>> {
        Some(match self {
            Self::Transfer { debit, credit, amount, purpose, hold, lots } => {
                let (from, to) = purpose.kinds();
                Movement { debit: (*debit, from), credit: (*credit, to), amount: *amount, purpose, hold: *hold, lots }
            }
            Self::Departed { debit, to: _, shard, amount, purpose, hold, lots } => {
                let (debit, credit) = ((*debit, purpose.kinds().0), (transit(*shard), AccountKind::Transit));
                Movement { debit, credit, amount: *amount, purpose, hold: *hold, lots }
            }
            Self::Arrived { departure, from: _, credit, amount, purpose, lots } => {
                let debit = (transit(departure.shard), AccountKind::Transit);
                let credit = (*credit, purpose.kinds().1);
                Movement { debit, credit, amount: *amount, purpose, hold: None, lots }
            }
            Self::Held { .. } | Self::Released { .. } => return None,
        })
    }
}

/// A line of the journal (仕訳帳).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    /// Gap-free, from 1.
    pub seq: u64,
    /// When; never before the entry in front.
    pub at: Timestamp,
    /// The command it belongs to.
    pub command: CommandId,
    /// What happened.
    pub act: Act,
    /// SHA-256 over the hash in front and the postcard of `(seq, at, command, act)`, as
    /// [`digest`] joins parts.
    pub hash: Digest,
}

impl Entry {
    /// The next entry behind `head`.
    pub fn after(head: &Head, at: Timestamp, command: CommandId, act: Act) -> Result<Self, Fault> {
        let mut entry = Self { seq: head.seq.saturating_add(1), at, command, act, hash: [0; 32] };
        entry.hash = digest(&[&head.hash, &entry.body()?]);
        Ok(entry)
    }

    /// Everything but the hash, as it is hashed and stored.
    pub fn body(&self) -> Result<Vec<u8>, Fault> {
        postcard::to_allocvec(&(self.seq, self.at, self.command, &self.act))
            .map_err(|error| Fault::new("ledger.entry", error))
    }

    /// Back from [`Entry::body`] and the hash. A fault if the bytes are anything else.
    pub fn from_body(body: &[u8], hash: Digest) -> Result<Self, Fault> {
        match postcard::take_from_bytes(body) {
            Ok(((seq, at, command, act), [])) => Ok(Self { seq, at, command, act, hash }),
            Ok(_) => Err(Fault::new("ledger.entry", "bytes left over")),
            Err(error) => Err(Fault::new("ledger.entry", error)),
        }
    }
}

/// Where the journal ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Head {
    /// The last entry's number; 0 before the first.
    pub seq: u64,
    /// The last entry's moment.
    pub at: Timestamp,
    /// The last entry's hash; 32 zero bytes before the first.
    pub hash: Digest,
}

impl Head {
    /// Before the first entry.
    pub const GENESIS: Self = Self { seq: 0, at: Timestamp(i64::MIN), hash: [0; 32] };
}

impl From<&Entry> for Head {
    fn from(entry: &Entry) -> Self {
        Self { seq: entry.seq, at: entry.at, hash: entry.hash }
    }
}

/// The answer to a command that was posted, remembered for ever under its id.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Receipt {
    /// Its first entry.
    pub first_seq: u64,
    /// Its last entry.
    pub last_seq: u64,
    /// When it was posted.
    pub at: Timestamp,
}

/// How much of a grant or a purchase has been taken back.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reversed {
    /// The entry of the grant or purchase.
    pub of: u64,
    /// How much, in all.
    pub amount: Points,
}

/// A command that was posted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Remembered {
    /// The command.
    pub id: CommandId,
    /// The fingerprint of its body.
    pub body: Digest,
    /// What was answered.
    pub receipt: Receipt,
}

#[cfg(test)]
mod tests {
    use super::super::account::{budget, fee};
    use super::super::lot::{Origin, Terms, Usage};
    use super::*;

    #[test]
    fn numbers_come_back() {
        for state in HoldState::ALL {
            assert_eq!(HoldState::from_number(state.number().into()), Some(state));
        }
        for number in [-1, 4, i64::MAX, i64::MIN] {
            assert_eq!(HoldState::from_number(number), None);
        }
    }

    #[test]
    fn an_entry_comes_back_from_its_bytes() {
        let terms = Terms { origin: Origin::Paid, usage: Usage(3), valid_days: 180 };
        let lots = vec![Portion { lot: terms.lot(Timestamp(1_763_000_000_000)), amount: Points::MAX }];
        let act = Act::Transfer {
            debit: budget("a"),
            credit: fee(),
            amount: Points::MAX,
            purpose: Purpose::Grant { reason: GrantReason::parse("見守り").unwrap() },
            hold: Some(HoldId::from_bytes([1; 16])),
            lots,
        };
        let entry =
            Entry::after(&Head::GENESIS, Timestamp(1_763_000_000_000), CommandId::from_bytes([2; 16]), act).unwrap();
        let mut body = entry.body().unwrap();
        assert_eq!(Entry::from_body(&body, entry.hash), Ok(entry.clone()));
        assert!(Entry::from_body(&body[..body.len() - 1], entry.hash).is_err());
        body.push(0);
        assert!(Entry::from_body(&body, entry.hash).is_err());
    }
}
