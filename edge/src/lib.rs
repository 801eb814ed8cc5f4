//! Where the world touches: HTTP, sessions, card proof, passkeys, objects and their storage.

pub mod cohelp;
pub mod identity;
pub mod ledger;
pub mod sql;
