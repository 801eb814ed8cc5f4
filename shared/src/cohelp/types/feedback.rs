//! What the two tell the centre of its service when all is over (利用後アンケート).

use serde::{Deserialize, Serialize};

use super::{Job, Side, State};
use crate::cohelp::refusal::Refusal;
use crate::kernel::{JobId, PersonId, Prose, Timestamp};

/// Most characters of a word to the centre.
pub const FEEDBACK_MAX: usize = 400;

/// For how many days after the window somebody is asked.
const ASKED_DAYS: i64 = 60;

/// That one of the two has answered, and what they want the centre to know (センターへのひとこと). How satisfied they are is
/// not kept here: it is [counted](super::Occurrence) without a name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Feedback {
    /// After which job.
    pub job: JobId,
    /// Which of the two.
    pub side: Side,
    /// Who that is.
    pub by: PersonId,
    /// When.
    pub at: Timestamp,
    /// What only the centre reads.
    pub words: Option<Prose<FEEDBACK_MAX>>,
    /// Which operator has read it, and when.
    pub read: Option<(PersonId, Timestamp)>,
}

impl Feedback {
    /// How many days one is kept, and for as long as it waits.
    pub const DAYS: i32 = 365;

    /// When one is written at that moment, none is kept that was given until then and does not wait.
    pub const fn kept_since(at: Timestamp) -> Timestamp {
        at.plus_seconds(-(Self::DAYS as i64) * 86_400)
    }

    /// Whether an operator has to read it.
    pub const fn waits(&self) -> bool {
        self.words.is_some() && self.read.is_none()
    }
}

impl Job {
    /// Which of the two the person is, once all is over and they can say how it was, until sixty days after the window.
    pub fn rater(&self, person: PersonId, now: Timestamp) -> Result<Side, Refusal> {
        let side = self.side(person).ok_or(Refusal::NotYours)?;
        match self.state_at(now) {
            _ if now >= self.request.window.ends().plus_seconds(ASKED_DAYS * 86_400) => Err(Refusal::TooLate),
            State::Paid(_) | State::Cancelled { .. } | State::Expired { .. } => Ok(side),
            State::Paying(..) | State::Cancelling { .. } => Err(Refusal::InProgress),
            State::Open { .. } | State::Agreeing(_) | State::Agreed(_) | State::Disputed(..) => Err(Refusal::NotOver),
        }
    }
}
