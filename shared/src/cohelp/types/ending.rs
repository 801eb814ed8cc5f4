//! What came of a job: what the two say, what the centre decides, and how it ends.

use core::str::FromStr;

use serde::{Deserialize, Serialize};

use super::{Agreed, Note, Side, Thanks};
use crate::kernel::{IdError, PersonId, Points, Prose, Timestamp};

/// The most characters of a statement or a decision's reason.
pub const STATEMENT_MAX: usize = 600;
/// The most statements of one side.
pub const STATEMENTS_MAX: usize = 5;
/// What somebody writes to the centre about a job.
pub type Explanation = Prose<STATEMENT_MAX>;

/// What came of it (結果). What it costs is [`Job::costs`](super::Job::costs).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Outcome {
    /// Help was given.
    Done {
        /// For so many minutes of those asked for; at least one.
        minutes: u16,
    },
    /// One of the two was not there.
    NoShow {
        /// Who.
        of: Side,
    },
    /// Nothing came of it, and nobody is to blame.
    NotDone,
}

impl Outcome {
    /// The word in forms, such as `done-60` or `no-show-helper`.
    pub fn word(self) -> String {
        match self {
            Self::Done { minutes } => format!("done-{minutes}"),
            Self::NoShow { of } => format!("no-show-{}", of.word()),
            Self::NotDone => "not-done".to_owned(),
        }
    }
}

impl FromStr for Outcome {
    type Err = IdError;
    fn from_str(word: &str) -> Result<Self, IdError> {
        match word.split_once('-') {
            Some(("done", minutes)) => minutes.parse().map(|minutes| Self::Done { minutes }).map_err(|_| IdError),
            Some(("no", "show-requester")) => Ok(Self::NoShow { of: Side::Requester }),
            Some(("no", "show-helper")) => Ok(Self::NoShow { of: Side::Helper }),
            Some(("not", "done")) => Ok(Self::NotDone),
            _ => Err(IdError),
        }
    }
}

/// What one side says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Report {
    /// What came of it.
    pub outcome: Outcome,
    /// When it was said.
    pub at: Timestamp,
}

/// What each of the two has said of something.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sides<T> {
    /// The requester.
    pub requester: Option<T>,
    /// The helper.
    pub helper: Option<T>,
}

impl<T> Default for Sides<T> {
    fn default() -> Self {
        Self { requester: None, helper: None }
    }
}

impl<T: Copy> Sides<T> {
    /// What that side has said.
    pub const fn of(&self, side: Side) -> Option<T> {
        match side {
            Side::Requester => self.requester,
            Side::Helper => self.helper,
        }
    }

    /// Whether nobody has said anything.
    pub const fn none(&self) -> bool {
        self.requester.is_none() && self.helper.is_none()
    }

    /// With that from that side.
    #[must_use]
    pub const fn with(self, side: Side, said: T) -> Self {
        match side {
            Side::Requester => Self { requester: Some(said), ..self },
            Side::Helper => Self { helper: Some(said), ..self },
        }
    }

    /// What there is, the helper's first.
    pub fn each(self) -> impl Iterator<Item = (Side, T)> {
        let helper = self.helper.map(|said| (Side::Helper, said));
        helper.into_iter().chain(self.requester.map(|said| (Side::Requester, said)))
    }
}

/// What the two say came of it (活動報告). Never the same from both: then it is settled.
pub type Reports = Sides<Report>;

/// Who settled what came of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Said {
    /// The two said the same.
    ByBoth {
        /// When the requester said so.
        requester_at: Timestamp,
        /// When the helper said so.
        helper_at: Timestamp,
    },
    /// The centre decided.
    ByCentre {
        /// Which operator.
        by: PersonId,
        /// When.
        at: Timestamp,
        /// Why; both read it.
        reason: Explanation,
    },
}

impl Said {
    /// When it was settled.
    pub fn at(&self) -> Timestamp {
        match self {
            Self::ByBoth { requester_at, helper_at } => *requester_at.max(helper_at),
            Self::ByCentre { at, .. } => *at,
        }
    }
}

/// What came of it, for good.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Verdict {
    /// What.
    pub outcome: Outcome,
    /// By whose word.
    pub said: Said,
}

/// A job that was paid.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Paid {
    /// What held between the two.
    pub agreed: Agreed,
    /// What came of it.
    pub verdict: Verdict,
    /// When the points arrived.
    pub paid_at: Timestamp,
    /// What the requester gave, fee included.
    pub gave: Points,
    /// The municipality's share of it.
    pub fee: Points,
    /// From the requester to the helper.
    pub thanks_by_requester: Option<Thanks>,
    /// From the helper to the requester.
    pub thanks_by_helper: Option<Thanks>,
}

/// Why a job is with the centre.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Cause {
    /// The two say different things.
    Differ,
    /// One of them asked for it.
    Asked {
        /// Who.
        by: Side,
    },
    /// A week has passed, and the two have not both spoken.
    Silence,
    /// The two were to be introduced to each other, and the window is over.
    NotIntroduced,
}

/// What one of the two wrote to the centre.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Statement {
    /// Who.
    pub by: Side,
    /// When.
    pub at: Timestamp,
    /// What.
    pub text: Explanation,
}

/// A job the centre has to decide (相談).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Dispute {
    /// Since when.
    pub at: Timestamp,
    /// Why.
    pub cause: Cause,
    /// What the two wrote, at most [`STATEMENTS_MAX`] each; oldest first.
    pub statements: Vec<Statement>,
}

/// Why a request or job ended without the reward.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Ending {
    /// One of the two cancelled.
    Cancelled {
        /// Who.
        by: Side,
        /// When.
        at: Timestamp,
        /// Why, in their words.
        reason: Option<Note>,
    },
    /// Nobody decided in time, so the points went back.
    Lapsed {
        /// When.
        at: Timestamp,
    },
    /// No help was given: somebody was not there, or it came to nothing.
    NotHelped(Verdict),
    /// After the introduction it was clear that it does not fit; the request is open again if there is time.
    Unsuited {
        /// Which operator wrote it down.
        by: PersonId,
        /// When.
        at: Timestamp,
    },
    /// The centre ended it: somebody has moved away, is ill, or the request is not one for neighbours.
    Closed {
        /// Which operator.
        by: PersonId,
        /// When.
        at: Timestamp,
        /// Why; both read it.
        reason: Explanation,
    },
}

impl Ending {
    /// When it ended.
    pub fn at(&self) -> Timestamp {
        match self {
            Self::Cancelled { at, .. } | Self::Lapsed { at } | Self::Unsuited { at, .. } | Self::Closed { at, .. } => {
                *at
            }
            Self::NotHelped(verdict) => verdict.said.at(),
        }
    }

    /// Whether the request is to be open again once the points are back: the helper is gone, the need is not.
    pub const fn frees(&self) -> bool {
        matches!(self, Self::Cancelled { by: Side::Helper, .. } | Self::Unsuited { .. })
    }
}
