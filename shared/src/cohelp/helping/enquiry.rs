//! The centre asks somebody to help.

use serde::{Deserialize, Serialize};

use crate::kernel::{JobId, PersonId, Timestamp};

/// What somebody answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Answer {
    /// They offered to help.
    Yes,
    /// Not this time.
    No,
}

impl Answer {
    /// The word in storage.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Yes => "yes",
            Self::No => "no",
        }
    }
}

/// A request that the centre put to somebody (打診).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Enquiry {
    /// Which request.
    pub job: JobId,
    /// Who is asked.
    pub helper: PersonId,
    /// The operator who asks.
    pub by: PersonId,
    /// When.
    pub at: Timestamp,
    /// What they answered, and when.
    pub answer: Option<(Answer, Timestamp)>,
}

impl Enquiry {
    /// How long somebody has to answer before it counts as silence.
    pub const SILENT_SECONDS: i64 = 86_400;

    /// Whether an answer may still come.
    pub const fn waits(&self, now: Timestamp) -> bool {
        self.answer.is_none() && now.0 < self.at.plus_seconds(Self::SILENT_SECONDS).0
    }
}
