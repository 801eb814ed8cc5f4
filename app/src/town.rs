//! The start page and pages that say what went wrong.

mod home;
mod next;
mod problem;
mod welcome;

pub use home::home;
pub use next::{Todo, todo};
pub use problem::problem;
pub use welcome::welcome;

/// What a page says that could not be shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Problem {
    /// There is no such page.
    NotFound,
    /// Not for this person.
    Forbidden,
    /// The form is too old or came from elsewhere.
    Stale,
    /// More was sent than is taken.
    TooLarge,
    /// Too many requests.
    TooMany {
        /// How long to wait.
        seconds: u32,
    },
    /// This cannot be done there.
    MethodNotAllowed,
    /// Our fault.
    Ours,
}

impl Problem {
    /// The HTTP status.
    pub const fn status(self) -> u16 {
        match self {
            Self::NotFound => 404,
            Self::Forbidden | Self::Stale => 403,
            Self::TooLarge => 413,
            Self::TooMany { .. } => 429,
            Self::MethodNotAllowed => 405,
            Self::Ours => 500,
        }
    }
}
