//! Co-help: storage. The Town object keeps it.

mod before;
mod board;
mod helping;
mod store;

pub use store::{SqlCohelp, open};
