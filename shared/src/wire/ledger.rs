//! What the Ledger object is asked.

use serde::{Deserialize, Serialize};

use crate::kernel::{AccountId, CommandId, MemberNumber, Name, Points, SessionId};
use crate::ledger::{Balance, Entry, GrantReason, Receipt, Refusal, Request, Selection};

use super::page::{OfficePage, Page, WalletPage};

/// What a person tells the ledger; people name each other by member number.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum LedgerTell {
    /// Pay somebody.
    Pay {
        /// Who is paid.
        to: MemberNumber,
        /// How much.
        amount: Points,
    },
    /// Grant points of a budget.
    Grant {
        /// The budget's word.
        budget: String,
        /// Who is granted them.
        to: MemberNumber,
        /// How much.
        amount: Points,
        /// Why.
        reason: GrantReason,
    },
    /// Take back a grant, or a part of it.
    Correct {
        /// Its entry.
        of: u64,
        /// Whom it was granted to.
        from: MemberNumber,
        /// How much.
        amount: Points,
        /// Why.
        reason: GrantReason,
    },
}

impl LedgerTell {
    /// Whether its words are such as people may write: an envelope is not a form, and a 個人番号 is refused in both.
    pub fn is_written(&self) -> bool {
        match self {
            Self::Pay { .. } => true,
            Self::Grant { reason, .. } | Self::Correct { reason, .. } => GrantReason::written(reason.as_str()).is_ok(),
        }
    }
}

/// A call of the Ledger. Grows at the end only.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum LedgerCall {
    /// A person's act. The object checks the session itself, a batch at a time.
    Tell {
        /// Whose session.
        session: SessionId,
        /// Makes a repeat harmless; scoped to the person by the object.
        command: CommandId,
        /// What.
        tell: LedgerTell,
    },
    /// Commands of the product's own processes.
    Post(Vec<Request>),
    /// Balances, in the order asked.
    Balances(Vec<AccountId>),
    /// `/wallet`.
    Wallet {
        /// Whose session.
        session: SessionId,
        /// Which lines.
        which: Selection,
        /// How many lines.
        lines: u32,
    },
    /// `/office`.
    Office {
        /// Whose session.
        session: SessionId,
    },
    /// The journal, for auditors.
    Journal {
        /// Whose session.
        session: SessionId,
        /// Entries after that one.
        after_seq: u64,
    },
    /// Is the object there?
    Ready,
    /// Demo only.
    SetClock(i64),
}

/// A person's act was posted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Posted {
    /// Which entries.
    pub receipt: Receipt,
    /// Who got the points.
    pub to: Name,
}

/// Why a person's act was not posted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum NotPosted {
    /// No live session.
    SignedOut,
    /// Nobody has that member number.
    MemberUnknown,
    /// No budget of that word.
    BudgetUnknown,
    /// The ledger says no.
    Refused(Refusal),
    /// Too many numbers were tried that are nobody's.
    TooOften {
        /// After how many seconds another may be tried.
        seconds: u32,
    },
}

/// The Ledger's answers. Grows at the end only.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum LedgerAnswer {
    /// To `Tell`.
    Told(Result<Posted, NotPosted>),
    /// To `Post`, in the same order.
    Posted(Vec<Result<Receipt, Refusal>>),
    /// To `Balances`, in the same order.
    Balances(Vec<Balance>),
    /// To `Wallet`.
    Wallet(Page<WalletPage>),
    /// To `Office`.
    Office(Page<OfficePage>),
    /// To `Journal`.
    Journal(Page<Vec<Entry>>),
    /// To `Ready` and `SetClock`.
    Done,
}
