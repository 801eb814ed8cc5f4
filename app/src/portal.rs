//! The way from an island to the portal.

use shared::wire::{Ask, Tell, Told};

#[cfg(feature = "hydrate")]
pub mod fetch;

/// Why there is no answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unanswered {
    /// Nothing arrived: most likely there is no network.
    Unreachable,
    /// Too many requests; later again.
    Busy,
    /// Something arrived that is no answer of ours.
    Malformed,
}

/// Whoever answers islands.
pub trait Portal {
    /// Tells an act.
    fn tell(&self, tell: &Tell) -> impl Future<Output = Result<Told, Unanswered>>;

    /// Asks a question.
    fn ask(&self, ask: &Ask) -> impl Future<Output = Result<Told, Unanswered>>;
}
