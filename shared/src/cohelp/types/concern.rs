//! Somebody tells the centre of somebody (通報, センターへの知らせ): it reaches the operators' queue and stays there until one of them has closed it with
//! what was found.

use serde::{Deserialize, Serialize};

use super::{Claim, Explanation};
use crate::kernel::{ConcernId, JobId, PersonId, Timestamp};

/// What it is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Matter {
    /// 身の危険を感じた: somebody is or was in danger.
    Danger,
    /// いやなことを言われた・された: harassment.
    Harassment,
    /// お金や物のやりとりを求められた: money, goods, sales, faith.
    Money,
    /// 連絡先を聞かれた: asked for an address or number, or to meet otherwise.
    Contact,
    /// Anything else.
    Other,
}

impl Matter {
    /// Every matter, in the order of the choice.
    pub const ALL: [Self; 5] = [Self::Danger, Self::Harassment, Self::Money, Self::Contact, Self::Other];

    /// The word in forms.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Danger => "danger",
            Self::Harassment => "harassment",
            Self::Money => "money",
            Self::Contact => "contact",
            Self::Other => "other",
        }
    }

    /// From when an operator has waited too long, in seconds after it was raised.
    pub const fn due_seconds(self) -> i64 {
        match self {
            Self::Danger => 3_600,
            _ => 86_400,
        }
    }
}

impl core::str::FromStr for Matter {
    type Err = crate::kernel::IdError;
    fn from_str(word: &str) -> Result<Self, Self::Err> {
        Self::ALL.into_iter().find(|matter| matter.word() == word).ok_or(crate::kernel::IdError)
    }
}

/// What became of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Finding {
    /// The operator.
    pub by: PersonId,
    /// When.
    pub at: Timestamp,
    /// What was found and done; who raised it reads it.
    pub text: Explanation,
}

/// How many open concerns one person has.
pub const CONCERNS_MAX: u32 = 5;

/// What somebody tells the centre of somebody they met in a request (通報).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Concern {
    /// Its name.
    pub id: ConcernId,
    /// Where they met.
    pub job: JobId,
    /// Who raises it.
    pub by: PersonId,
    /// About whom.
    pub about: PersonId,
    /// What it is about.
    pub matter: Matter,
    /// What happened.
    pub text: Explanation,
    /// When it was raised.
    pub at: Timestamp,
    /// The operator who looks after it, and since when; anyone may take it over.
    pub taken: Option<(PersonId, Timestamp)>,
    /// What became of it; until then it is in the queue.
    pub finding: Option<Finding>,
}

impl Concern {
    /// The operator who took it lately. Like a [claim](super::Claim) that ends by itself.
    pub fn keeper(&self, now: Timestamp) -> Option<PersonId> {
        let lately = |at: Timestamp| now < at.plus_seconds(Claim::HELD_SECONDS);
        self.taken.filter(|(_, at)| lately(*at)).map(|(by, _)| by)
    }

    /// By when an operator is to have closed it.
    pub const fn due_at(&self) -> Timestamp {
        self.at.plus_seconds(self.matter.due_seconds())
    }
}
