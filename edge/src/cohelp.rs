//! Co-help: storage. The Town object keeps it.

mod store;

pub use store::{MIGRATION, SqlCohelp};
