//! The Ledger: storage and object.

pub mod object;
pub mod store;
