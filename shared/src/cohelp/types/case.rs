//! A request as a case of the centre: who looks after it, and what operators write for each other.

use serde::{Deserialize, Serialize};

use super::Explanation;
use crate::kernel::{CommandId, JobId, PersonId, Timestamp};

/// How many memos are kept of one request.
pub const MEMOS_MAX: u32 = 50;

/// Who at the centre looks after a request (担当): no other operator acts for it meanwhile. It ends by itself, so that
/// nothing waits for who has gone home.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Claim {
    /// Which request.
    pub job: JobId,
    /// The operator.
    pub by: PersonId,
    /// Since when, or since what they last did for it.
    pub at: Timestamp,
}

impl Claim {
    /// How long it holds after what was last done, in seconds.
    pub const HELD_SECONDS: i64 = 1_800;

    /// When it ends, if nothing is done meanwhile.
    pub const fn until(&self) -> Timestamp {
        self.at.plus_seconds(Self::HELD_SECONDS)
    }

    /// Whether it still holds.
    pub fn holds(&self, now: Timestamp) -> bool {
        now < self.until()
    }
}

/// What an operator writes for the others about a request (申し送り); the two never see it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Memo {
    /// Its name: the command that wrote it.
    pub id: CommandId,
    /// About which request.
    pub job: JobId,
    /// The operator.
    pub by: PersonId,
    /// When.
    pub at: Timestamp,
    /// What.
    pub text: Explanation,
}

/// Which cases an operator looks at (絞り込み).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub enum Show {
    /// すべて.
    #[default]
    All,
    /// 担当のいないもの: nobody looks after it.
    Free,
    /// 自分の担当: the operator does.
    Mine,
}

impl Show {
    /// Each, in the order of the choice.
    pub const ALL: [Self; 3] = [Self::All, Self::Free, Self::Mine];

    /// The word in links.
    pub const fn word(self) -> &'static str {
        match self {
            Self::All => "all",
            Self::Free => "free",
            Self::Mine => "mine",
        }
    }

    /// From the word in a link; everything if it is none.
    pub fn from_word(word: &str) -> Self {
        Self::ALL.into_iter().find(|show| show.word() == word).unwrap_or_default()
    }

    /// Whether an operator who looks at these sees what is looked after by that one.
    pub fn has(self, holder: Option<PersonId>, operator: PersonId) -> bool {
        match self {
            Self::All => true,
            Self::Free => holder.is_none(),
            Self::Mine => holder == Some(operator),
        }
    }
}
