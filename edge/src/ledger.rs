//! The Ledger: storage and object.

mod json;
pub mod object;
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
];

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests;
