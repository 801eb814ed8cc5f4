//! The envelope between browser, edge and objects: one version byte, then postcard.

mod envelope;

pub use envelope::{VERSION, WireError, decode, decode_trusted, encode};
