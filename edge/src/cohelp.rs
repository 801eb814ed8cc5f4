//! Co-help: storage. The Town object keeps it.

mod board;
mod store;

pub use store::{MIGRATION, SqlCohelp};
