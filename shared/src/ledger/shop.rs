//! Shops (加盟店): who they are, what they take, the one-time codes shown to them, and what clerks and payers may do.

mod code;
mod input;
pub mod mpm;
mod rules;
mod types;

pub use code::{CODE_SECONDS, PayCode, PayCodeError};
pub use input::{
    BuyForm, CODE_MAX, CodeForm, NewShop, RedeemForm, RefundForm, ShopForm, shop_number, shop_or_scan, tender_word,
};
pub use rules::{level_for, may_keep_shops};
pub use types::{Shop, ShopAct, ShopName};
