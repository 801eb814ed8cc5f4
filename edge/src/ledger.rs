//! The ledger on SQLite.

mod json;
mod store;
mod views;

pub use store::SqlLedger;

use crate::sql::Migration;

/// The tables of the ledger, in order.
pub const MIGRATIONS: &[Migration] = &[("ledger/0001_start", include_str!("../migrations/ledger/0001_start.sql"))];
