//! Rules and wire of Meguri.
//!
//! Everything here is pure: no host, no clock, no randomness, no float, no async. Time, ids and
//! randomness arrive as arguments, so the same code runs in the object, in the browser and in a
//! native test that takes microseconds.
//!
//! - [`kernel`]: nouns every slice shares, each with its bounds
//! - [`identity`]: who somebody is, how that was proven, passkeys, sessions (Registry object)
//! - [`ledger`]: double entry with holds, fees, a gap-free journal (Ledger object)
//! - [`cohelp`]: a request for help from asking to thanks, as one state machine (Town object)
//! - [`town`]: the municipality as data, and the pages that gather from several slices
//! - [`process`]: flows across slices as `(State, Event) → Commands`
//! - [`wire`]: the envelope between browser, edge and objects

pub mod cohelp;
pub mod identity;
pub mod kernel;
pub mod ledger;
pub mod process;
pub mod town;
pub mod wire;
