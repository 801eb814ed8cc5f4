//! What the books of a ledger ask each other: the first, where everybody asks, and the one that keeps an account.

use serde::{Deserialize, Serialize};

use crate::identity::{Note, Visitor};
use crate::kernel::{AccountId, CommandId, Points, Timestamp};
use crate::ledger::{Balance, Entry, PayCode, Receipt, Refusal, Request, Selection, StatementLine, TrialBalance};

use super::ledger::NotPosted;
use super::page::{CodePage, Page};

/// A call of one book by another. Grows at the end only.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum BookCall {
    /// Commands about accounts of this book, and what the log of whom they concern says of each.
    Post(Vec<Request>, Vec<Option<Note>>),
    /// Balances of its accounts, in the order asked.
    Balances(Vec<AccountId>),
    /// An account of it: its balance, and lines of its statement.
    Account {
        /// Which.
        account: AccountId,
        /// Which lines.
        which: Selection,
        /// How many.
        lines: u32,
    },
    /// A code of somebody whose account it keeps: makes one, or finds the one that was made.
    Code {
        /// Whose.
        visitor: Visitor,
        /// What it was made under.
        command: CommandId,
        /// The most it pays; none to find it.
        max: Option<Points>,
    },
    /// A code as it was made.
    MadeCode(PayCode),
    /// What was answered to a command.
    Receipt(CommandId),
    /// Its journal after that entry.
    Entries {
        /// The entry.
        after_seq: u64,
    },
    /// The last proof of its books.
    Trial,
    /// Is it there?
    Ready,
    /// Demo only.
    SetClock(i64),
}

/// An account of a book, at one instant.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AccountView {
    /// What there is.
    pub balance: Balance,
    /// Lines of its statement, newest first.
    pub lines: Vec<StatementLine>,
    /// Whether there are older ones.
    pub more: bool,
}

/// A code that was made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct MadeCode {
    /// Whose account it pays from.
    pub account: AccountId,
    /// The most it pays.
    pub max: Points,
    /// From this moment on it pays no more.
    pub until: Timestamp,
}

/// A book's answers. Grows at the end only.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum BookAnswer {
    /// To `Post`, in the same order.
    Posted(Vec<Result<Receipt, Refusal>>),
    /// To `Balances`, in the same order.
    Balances(Vec<Balance>),
    /// To `Account`.
    Account(AccountView),
    /// To `Code`.
    Code(Result<Page<CodePage>, NotPosted>),
    /// To `MadeCode`.
    MadeCode(Option<MadeCode>),
    /// To `Receipt`: none if it was not posted there.
    Receipt(Option<Receipt>),
    /// To `Entries`.
    Entries(Vec<Entry>),
    /// To `Trial`: none if there was no night yet.
    Trial(Option<TrialBalance>),
    /// To `Ready` and `SetClock`.
    Done,
}
