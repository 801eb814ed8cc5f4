//! The ledger (台帳): double entry in whole points and dated lots, holds, fees and a gap-free, chained journal.
//!
//! A batch of commands is handled as read, decide, write: [`Reads::of`] names what to load,
//! [`decide`](decide::decide) turns one command into [`Act`]s or a [`Refusal`], the [`Overlay`]
//! carries the acts in memory from one command to the next, and one [`Store::commit`] keeps all
//! of it or nothing. [`post`] does the whole round.
//!
//! Two readers never look at the decided state: [`replay`] rebuilds it from the journal alone, and
//! [`Views::totals`] compares stored balances with stored postings.

// Money: nothing overflows, wraps, rounds or loses a digit without saying so.
#![cfg_attr(
    not(any(test, feature = "testing")),
    deny(clippy::arithmetic_side_effects, clippy::integer_division, clippy::float_arithmetic)
)]
#![cfg_attr(
    not(any(test, feature = "testing")),
    deny(clippy::cast_possible_truncation, clippy::cast_possible_wrap, clippy::cast_sign_loss)
)]

mod account;
mod audit;
mod command;
mod decide;
pub mod hledger;
mod input;
mod lot;
mod overlay;
mod purse;
mod reads;
mod refusal;
pub mod settlement;
mod shard;
mod shop;
mod store;
mod types;
mod view;

#[cfg(any(test, feature = "testing"))]
pub mod contract;
#[cfg(any(test, feature = "testing"))]
mod memory;

pub use account::{Account, AccountKind, account_of, account_of_shop, budget, expired, fee, issuer};
pub use audit::{AuditError, Audited, Auditor, Book, BookAccount, BookHold, replay};
pub use command::{
    ByCode, Command, GrantReason, Leg, Parcel, Request, Tell, authorise, command_of, reward_legs, split,
};
pub use decide::{HOLD_SECONDS_MAX, decide};
pub use input::{CorrectForm, Correction, Field, FieldError, FieldErrors, Grant, GrantForm, PayForm};
pub use lot::{Holding, Lot, Origin, Portion, Terms, Usage, take, total};
#[cfg(any(test, feature = "testing"))]
pub use memory::Memory;
pub use overlay::Overlay;
pub use purse::{Parts, Purse, Tender, apportion, purses};
pub use reads::Reads;
pub use refusal::Refusal;
pub use shard::{Place, home, transit};
pub use shop::mpm;
pub use shop::{
    BuyForm, CODE_MAX, CODE_SECONDS, CodeForm, NewShop, PayCode, PayCodeError, RedeemForm, RefundForm, Shop, ShopAct,
    ShopForm, ShopName, level_for, may_keep_shops, shop_number, shop_or_scan, tender_word,
};
pub use store::{Changes, LedgerStore, Original, Parcels, Reversible, Snapshot, Store, Waiting, post};
pub use types::{
    Act, Departure, Entry, Head, Hold, HoldState, Movement, Purpose, Receipt, ReleaseCause, Remembered, Reversed,
};
pub use view::{Balance, Direction, OpenHold, Selection, StatementLine, Totals, TrialBalance, Views};
