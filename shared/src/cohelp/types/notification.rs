//! What a person is told of their jobs in the portal (お知らせ).

use serde::{Deserialize, Serialize};

use super::TITLE_MAX;
use crate::kernel::{JobId, Line, PersonId, Points, Timestamp};

/// What happened. Grows at the end only: it is kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum NotificationKind {
    /// 申し出: somebody offers to help.
    Offered,
    /// An offer that could be chosen was taken back.
    Withdrawn,
    /// 打診: the centre asks whether one would help.
    Enquired,
    /// 決定: chosen, and the points are set aside.
    Agreed,
    /// So many points were missing for the choice.
    Short(Points),
    /// Somebody else was chosen, or the request is over.
    Declined,
    /// 顔合わせ: the centre introduced the two.
    Introduced,
    /// 活動前の連絡: the insurance notice was given.
    Notified,
    /// The other one comes so many minutes later, counted from when it was said.
    Late(u16),
    /// 開始: the help has begun.
    Begun,
    /// 活動報告: the other one said what came of it.
    Reported,
    /// 相談: the centre decides.
    Disputed,
    /// 完了: so many points were given, fee included.
    Gave(Points),
    /// 完了: so many points were received.
    Received(Points),
    /// It ended without the reward.
    Ended,
    /// The helper is gone, and the request is open again.
    Reopened,
    /// 期限切れ: nobody was chosen in time.
    Expired,
    /// お礼: the other one said thanks.
    Thanked,
    /// The centre closed what one told it of.
    Found,
    /// The other one wrote to the centre, which decides.
    Stated,
    /// It ended without help; so many points were given for the time that was kept free.
    GaveForTime(Points),
    /// It ended without help; so many points were received for the time that was kept free.
    ReceivedForTime(Points),
    /// メッセージ: the other one wrote.
    Wrote,
}

/// Something a person is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Notification {
    /// Who is told.
    pub person: PersonId,
    /// Of which job.
    pub job: JobId,
    /// What.
    pub kind: NotificationKind,
    /// When it happened.
    pub at: Timestamp,
}

impl NotificationKind {
    /// The word in storage: of one word, job and person only the latest waits to be seen.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Offered => "offered",
            Self::Withdrawn => "withdrawn",
            Self::Enquired => "enquired",
            Self::Agreed => "agreed",
            Self::Short(_) => "short",
            Self::Declined => "declined",
            Self::Introduced => "introduced",
            Self::Notified => "notified",
            Self::Late(_) => "late",
            Self::Begun => "begun",
            Self::Reported => "reported",
            Self::Disputed => "disputed",
            Self::Gave(_) => "gave",
            Self::Received(_) => "received",
            Self::Ended => "ended",
            Self::Reopened => "reopened",
            Self::Expired => "expired",
            Self::Thanked => "thanked",
            Self::Found => "found",
            Self::Stated => "stated",
            Self::GaveForTime(_) => "gave-for-time",
            Self::ReceivedForTime(_) => "received-for-time",
            Self::Wrote => "wrote",
        }
    }
}

impl Notification {
    /// How many days one can be read.
    pub const DAYS: i32 = 180;
    /// The most that are shown.
    pub const SHOWN_MAX: u32 = 50;

    /// When something happens at that moment, nothing is kept that happened until then.
    pub const fn kept_since(at: Timestamp) -> Timestamp {
        at.plus_seconds(-(Self::DAYS as i64) * 86_400)
    }

    /// Whether it says anew what the other one said, which nobody has seen: they read the later one.
    pub fn replaces(&self, other: &Self) -> bool {
        (self.person, self.job, self.kind.word()) == (other.person, other.job, other.kind.word())
    }
}

/// A notification as it stands in somebody's list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Listed {
    /// Its place among all there are: who sees one has seen all before it.
    pub number: u64,
    /// What it says.
    pub notification: Notification,
    /// The title of the job.
    pub title: Line<TITLE_MAX>,
    /// Whether the list was opened since.
    pub seen: bool,
}
