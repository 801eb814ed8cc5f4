//! A shop, and what officers do with it.

use serde::{Deserialize, Serialize};

use crate::kernel::{Line, MemberNumber, ShopNumber, Trade};

/// What a shop is called (店名).
pub type ShopName = Line<30>;

/// A shop (加盟店).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Shop {
    /// Its number.
    pub number: ShopNumber,
    /// What it is called.
    pub name: ShopName,
    /// What it deals in.
    pub trade: Trade,
    /// Whether it takes payments. Refunds and its books do not depend on it.
    pub open: bool,
}

/// What an officer does with a shop (加盟店の登録).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum ShopAct {
    /// Registers one, with its first clerk.
    Register {
        /// What it is called.
        name: ShopName,
        /// What it deals in.
        trade: Trade,
        /// Who takes payments there.
        clerk: MemberNumber,
    },
    /// Lets it take payments, or no longer.
    Open {
        /// Which.
        shop: ShopNumber,
        /// Whether it takes them.
        open: bool,
    },
    /// Lets one more person take payments there.
    AddClerk {
        /// Which.
        shop: ShopNumber,
        /// Who.
        clerk: MemberNumber,
    },
    /// No longer lets that person.
    RemoveClerk {
        /// Which.
        shop: ShopNumber,
        /// Who.
        clerk: MemberNumber,
    },
}
