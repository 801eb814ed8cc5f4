//! Where the world touches: HTTP, sessions, card proof, passkeys, objects and their storage.
//!
//! [`world`] says what the host can do; everything but `host` is written against it and runs natively in tests.

pub mod buckets;
pub mod coalesce;
pub mod cohelp;
pub mod demo;
#[cfg(all(any(test, feature = "fuzz"), not(target_arch = "wasm32")))]
pub mod fuzz;
#[cfg(target_arch = "wasm32")]
mod host;
pub mod http;
pub mod identity;
pub mod ledger;
pub mod object;
pub mod people;
pub mod portal;
pub mod process;
pub mod settings;
pub mod sql;
#[cfg(all(test, not(target_arch = "wasm32")))]
mod testing;
pub mod town;
pub mod world;
