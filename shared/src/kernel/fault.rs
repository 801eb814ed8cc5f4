//! A failure that is ours: storage, a broken row, a neighbour that does not answer.

use core::fmt;

/// Something on our side went wrong. Carries a sentence for the log, never personal data,
/// and is logged once, where it is handled. People see a page that says nothing was lost.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// Where it happened, as `slice.step`.
    pub place: &'static str,
    /// What happened, for operators.
    pub cause: alloc::string::String,
}

extern crate alloc;

impl Fault {
    /// A fault at `place` because of `cause`.
    pub fn new(place: &'static str, cause: impl fmt::Display) -> Self {
        Self { place, cause: alloc::format!("{cause}") }
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.place, self.cause)
    }
}

impl core::error::Error for Fault {}
