//! Co-help: storage. The Town object keeps it.

mod before;
mod board;
mod cases;
mod chat;
mod concerns;
mod feedback;
mod helping;
mod notifications;
mod occurrences;
mod photos;
mod store;

pub use store::{SqlCohelp, open};
