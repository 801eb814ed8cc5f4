//! Co-help: storage. The Town object keeps it.

mod before;
mod board;
mod cases;
mod chat;
mod concerns;
mod helping;
mod notifications;
mod store;

pub use store::{SqlCohelp, open};
