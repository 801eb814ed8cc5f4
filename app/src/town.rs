//! The start page and pages that say what went wrong.

use shared::wire::HomePage;

use crate::frame::Frame;

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
    TooMany,
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
            Self::TooMany => 429,
            Self::MethodNotAllowed => 405,
            Self::Ours => 500,
        }
    }
}

/// `/` for somebody who is not signed in.
pub fn welcome(_frame: &Frame<'_>) -> String {
    String::new()
}

/// `/` for somebody who is.
pub fn home(_frame: &Frame<'_>, _page: &HomePage) -> String {
    String::new()
}

/// A page that says what went wrong and what to do.
pub fn problem(_frame: &Frame<'_>, problem: Problem) -> String {
    format!("{problem:?}")
}
