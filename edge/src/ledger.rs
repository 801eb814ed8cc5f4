//! The Ledger: storage and object.

mod acts;
mod books;
mod json;
mod keep_shop;
pub mod object;
mod pages;
mod parcels;
mod shops;
mod store;
mod told;
mod upkeep;
mod views;

pub use store::SqlLedger;

use crate::sql::Migration;

/// The Ledger's migrations, oldest first.
pub const MIGRATIONS: &[Migration] = &[
    ("0001_start", include_str!("../migrations/ledger/0001_start.sql")),
    ("0002_told", include_str!("../migrations/ledger/0002_told.sql")),
    ("0003_lots", include_str!("../migrations/ledger/0003_lots.sql")),
    ("0004_shops", include_str!("../migrations/ledger/0004_shops.sql")),
    ("0005_books", include_str!("../migrations/ledger/0005_books.sql")),
];

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests;
