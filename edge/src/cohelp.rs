//! Co-help in the Town object.

mod store;

pub use store::{MIGRATION, SqlCohelp};
