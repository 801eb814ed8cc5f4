//! The Ledger: storage and object.

mod json;
pub mod object;
mod store;
mod views;

pub use store::SqlLedger;

use crate::sql::Migration;

/// The Ledger's migrations, oldest first.
pub const MIGRATIONS: &[Migration] = &[("0001_start", include_str!("../migrations/ledger/0001_start.sql"))];

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests;
