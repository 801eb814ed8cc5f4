//! Offers to take a job.

use serde::{Deserialize, Serialize};

use super::Note;
use crate::kernel::{JobId, OfferId, PersonId, Timestamp};

/// Where an offer stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum OfferState {
    /// Can be chosen.
    Standing,
    /// Taken back by the helper.
    Withdrawn,
    /// The one chosen.
    Chosen,
    /// Somebody else was chosen, or the request ended.
    Declined,
}

impl OfferState {
    /// The word in storage.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Standing => "standing",
            Self::Withdrawn => "withdrawn",
            Self::Chosen => "chosen",
            Self::Declined => "declined",
        }
    }
}

/// An offer to take a job (申し出).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Offer {
    /// Its name.
    pub id: OfferId,
    /// For which request.
    pub job: JobId,
    /// Who offers.
    pub helper: PersonId,
    /// A word to the requester.
    pub note: Option<Note>,
    /// When.
    pub at: Timestamp,
    /// Where it stands.
    pub state: OfferState,
}
