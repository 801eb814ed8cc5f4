//! Co-help: storage. The Town object keeps it.

pub mod store;
