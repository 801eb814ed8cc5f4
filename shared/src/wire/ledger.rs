//! What the Ledger object is asked.

use serde::{Deserialize, Serialize};

use crate::kernel::{AccountId, CommandId, MemberNumber, Points, SessionId, ShopNumber};
use crate::ledger::{Balance, Entry, GrantReason, Parts, PayCode, Receipt, Refusal, Request, Selection, ShopAct};

use super::book::{BookAnswer, BookCall};
use super::page::{BuyPage, CodePage, MyShopsPage, OfficePage, Page, SalePage, ShopsPage, TillPage, WalletPage};

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
    /// Pay a shop.
    Buy {
        /// Which.
        shop: ShopNumber,
        /// How much out of which purses.
        parts: Parts,
    },
    /// As a clerk: be paid with somebody's one-time code. It pays once, whoever sends it how often.
    Redeem {
        /// The shop.
        shop: ShopNumber,
        /// The code.
        code: PayCode,
        /// How much.
        amount: Points,
    },
    /// As a clerk: give a purchase back, or a part of it.
    Refund {
        /// The shop.
        shop: ShopNumber,
        /// The entry of the purchase.
        of: u64,
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
            Self::Pay { .. } | Self::Buy { .. } | Self::Redeem { .. } => true,
            Self::Grant { reason, .. } | Self::Correct { reason, .. } | Self::Refund { reason, .. } => {
                GrantReason::written(reason.as_str()).is_ok()
            }
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
    /// Commands of the product's own processes, each about the account of that person.
    Post(Vec<(AccountId, Request)>),
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
    /// `/wallet/shop/{number}`.
    Buy {
        /// Whose session.
        session: SessionId,
        /// The shop.
        shop: ShopNumber,
    },
    /// `/wallet/code`: makes a code, or finds the one that was made.
    Code {
        /// Whose session.
        session: SessionId,
        /// What it was made under.
        command: CommandId,
        /// The most it pays; none to find it.
        max: Option<Points>,
    },
    /// `/shop`: the shops somebody works at.
    MyShops {
        /// Whose session.
        session: SessionId,
    },
    /// `/shop/{number}`, for its clerks.
    Till {
        /// Whose session.
        session: SessionId,
        /// The shop.
        shop: ShopNumber,
        /// Which lines of its statement.
        which: Selection,
        /// How many.
        lines: u32,
    },
    /// `/shop/{number}/sale/{seq}`, for its clerks.
    Sale {
        /// Whose session.
        session: SessionId,
        /// The shop.
        shop: ShopNumber,
        /// The entry.
        seq: u64,
    },
    /// `/office/shops`.
    Shops {
        /// Whose session.
        session: SessionId,
    },
    /// An officer's act on a shop.
    KeepShop {
        /// Whose session.
        session: SessionId,
        /// Makes a repeat harmless; scoped to the person by the object.
        command: CommandId,
        /// What.
        act: ShopAct,
    },
    /// The journal, for auditors.
    Journal {
        /// Whose session.
        session: SessionId,
        /// Of which book.
        shard: u8,
        /// Entries after that one.
        after_seq: u64,
    },
    /// Are all books there?
    Ready,
    /// Demo only.
    SetClock(i64),
    /// From another book of the ledger.
    Book(BookCall),
}

/// A person's act was posted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Posted {
    /// The command this answers, as the person named it.
    pub command: CommandId,
    /// Which entries.
    pub receipt: Receipt,
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
    /// No shop has that number.
    ShopUnknown,
    /// Nobody was given that code, or it is long over.
    CodeUnknown,
    /// Only clerks of the shop may do that.
    NotAClerk,
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
    /// To `Buy`.
    Buy(Page<BuyPage>),
    /// To `Code`.
    Code(Result<Page<CodePage>, NotPosted>),
    /// To `MyShops`.
    MyShops(Page<MyShopsPage>),
    /// To `Till`.
    Till(Page<TillPage>),
    /// To `Sale`.
    Sale(Page<SalePage>),
    /// To `Shops`.
    Shops(Page<ShopsPage>),
    /// To `KeepShop`.
    ShopKept(Result<ShopNumber, NotPosted>),
    /// To `Journal`.
    Journal(Page<Vec<Entry>>),
    /// To `Ready` and `SetClock`.
    Done,
    /// To `Book`.
    Book(BookAnswer),
}
