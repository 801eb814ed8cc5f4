//! What the two of a job write to each other in the portal (メッセージ), so that neither needs the other's number.

use serde::{Deserialize, Serialize};

use super::{Job, State};
use crate::kernel::{IdError, JobId, PersonId, PhotoId, Prose, Timestamp};

/// Most characters of one message.
pub const CHAT_MAX: usize = 300;
/// How many messages each side of a job has.
pub const CHAT_MESSAGES_MAX: u32 = 300;

/// A phrase that is chosen, not typed (定型文): each of the two reads it in their own language. Grows at the end only: it is kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum QuickPhrase {
    /// 今から行きます.
    OnTheWay,
    /// 着きました.
    Arrived,
    /// 場所がわかりません.
    CannotFind,
    /// 少し待ってください.
    Wait,
    /// 何か持っていきますか.
    Bring,
    /// はい.
    Yes,
    /// いいえ.
    No,
    /// わかりました.
    Understood,
    /// ありがとうございます.
    ThankYou,
}

impl QuickPhrase {
    /// Every phrase, in the order of the buttons.
    pub const ALL: [Self; 9] = [
        Self::OnTheWay,
        Self::Arrived,
        Self::CannotFind,
        Self::Wait,
        Self::Bring,
        Self::Yes,
        Self::No,
        Self::Understood,
        Self::ThankYou,
    ];

    /// The word in forms.
    pub const fn word(self) -> &'static str {
        match self {
            Self::OnTheWay => "on-the-way",
            Self::Arrived => "arrived",
            Self::CannotFind => "cannot-find",
            Self::Wait => "wait",
            Self::Bring => "bring",
            Self::Yes => "yes",
            Self::No => "no",
            Self::Understood => "understood",
            Self::ThankYou => "thank-you",
        }
    }
}

impl core::str::FromStr for QuickPhrase {
    type Err = IdError;
    fn from_str(word: &str) -> Result<Self, Self::Err> {
        Self::ALL.into_iter().find(|phrase| phrase.word() == word).ok_or(IdError)
    }
}

/// What a message says. Grows at the end only: it is kept.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum ChatLine {
    /// In the writer's own words.
    Text(Prose<CHAT_MAX>),
    /// A phrase.
    Phrase(QuickPhrase),
    /// A [photo](super::Photo). It goes before the message does, or with it.
    Photo(PhotoId),
}

/// A message.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChatMessage {
    /// In which job.
    pub job: JobId,
    /// Its place among those of the job, from 1.
    pub number: u32,
    /// Who helped then: whoever helps after them does not read it.
    pub helper: PersonId,
    /// Who wrote it.
    pub by: PersonId,
    /// When.
    pub at: Timestamp,
    /// What it says.
    pub line: ChatLine,
}

impl ChatMessage {
    /// How many days one is kept.
    pub const DAYS: i32 = 180;

    /// When one is written at that moment, none is kept that was written until then.
    pub const fn kept_since(at: Timestamp) -> Timestamp {
        at.plus_seconds(-(Self::DAYS as i64) * 86_400)
    }
}

/// What was written for a job so far.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct ChatSoFar {
    /// The number of the latest message; 0 before the first.
    pub last: u32,
    /// How many the requester wrote.
    pub of_requester: u32,
    /// How many those who helped wrote.
    pub of_helpers: u32,
    /// When a helper last wrote.
    pub by_helper: Option<Timestamp>,
}

impl Job {
    /// Whether the two still have to find each other: they write to each other, and the helper knows the place, until a week after
    /// the window, and as long as the centre has to decide.
    pub fn is_between_the_two(&self, now: Timestamp) -> bool {
        match self.state {
            State::Agreed(_) | State::Disputed(..) => true,
            State::Paying(..) | State::Paid(_) => now < self.silent_from(),
            State::Open { .. }
            | State::Agreeing(_)
            | State::Cancelling { .. }
            | State::Cancelled { .. }
            | State::Expired { .. } => false,
        }
    }
}
