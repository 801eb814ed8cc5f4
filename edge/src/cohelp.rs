//! Co-help: storage. The Town object keeps it.

mod before;
mod board;
mod store;

pub use store::{SqlCohelp, open};
