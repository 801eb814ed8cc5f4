//! Photos (写真): of what a request is about, and between its two.

use serde::{Deserialize, Serialize};

use super::{ChatMessage, Job};
use crate::kernel::{JobId, Line, PersonId, PhotoId, Picture, PictureFormat, Size, Timestamp};

/// Most characters of what somebody says of a photo.
pub const CAPTION_MAX: usize = 60;

/// A photo, without the picture itself.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Photo {
    /// Its id.
    pub id: PhotoId,
    /// For which request.
    pub job: JobId,
    /// Who helped then, where it is a message between the two: whoever helps after them does not see it. None where it belongs to the
    /// request: every helper sees it while they know the place.
    pub helper: Option<PersonId>,
    /// Who sent it.
    pub by: PersonId,
    /// When.
    pub at: Timestamp,
    /// Until when it is kept.
    pub until: Timestamp,
    /// What is to be seen on it, for who does not see it.
    pub caption: Option<Line<CAPTION_MAX>>,
    /// How it is written.
    pub format: PictureFormat,
    /// How large it is.
    pub size: Size,
}

impl Photo {
    /// The most of one request.
    pub const OF_REQUEST_MAX: usize = 4;
    /// The most that each of the two sends the other in one request.
    pub const OF_SIDE_MAX: usize = 10;
    /// The most of one person that are kept at a time.
    pub const OF_PERSON_MAX: u32 = 60;
    /// How many days after the window one is kept: until long after the centre has decided.
    const DAYS: i64 = 60;

    /// Until when a photo is kept that is sent for that request at that moment: no longer than a message.
    pub fn kept_until(job: &Job, at: Timestamp) -> Timestamp {
        let after = job.request.window.ends().plus_seconds(Self::DAYS * 86_400);
        after.min(at.plus_seconds(i64::from(ChatMessage::DAYS) * 86_400))
    }
}

/// What becomes of a photo.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PhotoChange {
    /// It is there now.
    Added(Photo, Picture),
    /// It is gone.
    Removed(Photo),
}

impl PhotoChange {
    /// Which one.
    pub const fn photo(&self) -> &Photo {
        match self {
            Self::Added(photo, _) | Self::Removed(photo) => photo,
        }
    }
}
