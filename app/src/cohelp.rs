//! Pages of co-help (助け合い).

use shared::cohelp::{ChatForm, RaiseForm, RateForm, ReportForm};

mod board;
mod check;
mod circulation;
pub mod desk;
mod errors;
mod job;
mod kinds;
mod notifications;
mod offers;
mod phone;
mod profile;
mod request;
pub mod say;
mod ways;

pub use board::board;
pub use check::check;
pub use circulation::circulation;
pub use job::job;
pub use notifications::notifications;
pub use offers::offers;
pub use phone::{TelephoneInput, phone_call};
pub use profile::{ProfileDone, profile};
pub use request::{RequestDraft, request};
pub use ways::Ways;

/// What was just done on the page of a job.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names say it")]
pub enum JobDone {
    Asked,
    Offered,
    Withdrawn,
    Chosen,
    Notified,
    Late,
    Started,
    Reported,
    Consulted,
    Paid,
    Cancelled,
    Thanked,
    Declined,
    Raised,
    Written,
    Rated,
    PhotoAdded,
    PhotoRemoved,
}

impl JobDone {
    const ALL: [Self; 18] = [
        Self::Asked,
        Self::Offered,
        Self::Withdrawn,
        Self::Chosen,
        Self::Notified,
        Self::Late,
        Self::Started,
        Self::Reported,
        Self::Consulted,
        Self::Paid,
        Self::Cancelled,
        Self::Thanked,
        Self::Declined,
        Self::Raised,
        Self::Written,
        Self::Rated,
        Self::PhotoAdded,
        Self::PhotoRemoved,
    ];

    /// The word in links.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Asked => "asked",
            Self::Offered => "offered",
            Self::Withdrawn => "withdrawn",
            Self::Chosen => "chosen",
            Self::Notified => "notified",
            Self::Late => "late",
            Self::Started => "started",
            Self::Reported => "reported",
            Self::Consulted => "consulted",
            Self::Paid => "paid",
            Self::Cancelled => "cancelled",
            Self::Thanked => "thanked",
            Self::Declined => "declined",
            Self::Raised => "raised",
            Self::Written => "written",
            Self::Rated => "rated",
            Self::PhotoAdded => "photo",
            Self::PhotoRemoved => "no-photo",
        }
    }

    /// From the word in a link.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|done| done.word() == word)
    }
}

/// What was typed on the page of a job.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct JobInput {
    /// The word of the form.
    pub act: String,
    /// A word with an offer.
    pub note: String,
    /// Why something is cancelled.
    pub reason: String,
    /// One to five.
    pub rating: String,
    /// Thanks in words.
    pub message: String,
    /// In how many minutes somebody comes.
    pub late: String,
    /// The code of the door.
    pub code: String,
    /// What came of it.
    pub report: ReportForm,
    /// What the centre is told.
    pub text: String,
    /// What the other one is told.
    pub chat: ChatForm,
    /// What the centre is told of somebody.
    pub raise: RaiseForm,
    /// What is to be seen on a photo.
    pub caption: String,
    /// How the service was.
    pub rate: RateForm,
}
