//! A request for help and the job it becomes, as one state machine, and the offers for it.

mod agreed;
mod case;
mod chat;
mod concern;
mod conditions;
mod ending;
mod entered;
mod feedback;
mod kind;
mod notification;
mod occurrence;
mod offer;
mod photo;
mod thanks;
mod window;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::cohelp::matching::{Asked, Few, SkillCode, Skills, Stretch};
use crate::kernel::{Category, HoldId, JobId, Language, Line, Mesh, OfferId, PersonId, Points, Prose, Timestamp};

pub use agreed::{Agreed, CheckIn, CheckInCode, Checked, Introduction, LATE_MINUTES_MAX, Late, Notice};
pub use case::{Claim, MEMOS_MAX, Memo, Show};
pub use chat::{CHAT_MAX, CHAT_MESSAGES_MAX, ChatLine, ChatMessage, ChatSoFar, QuickPhrase};
pub use concern::{CONCERNS_MAX, Concern, Finding, Matter};
pub use conditions::Conditions;
pub use ending::{
    Cause, Dispute, Ending, Explanation, Outcome, Paid, Report, Reports, STATEMENT_MAX, STATEMENTS_MAX, Said, Sides,
    Statement, Verdict,
};
pub use entered::{CallBack, Entered, EnteredAct};
pub use feedback::{FEEDBACK_MAX, Feedback};
pub use kind::{Answers, Given, Kind, Question, SkillsAsked, Takes, WRITTEN_MAX};
pub use notification::{Listed, Notification, NotificationKind};
pub use occurrence::{Counted, Occurred, Occurrence, People, Satisfaction, Sum, Tally};
pub use offer::{Offer, OfferState};
pub use photo::{CAPTION_MAX, Photo, PhotoChange};
pub use thanks::{MESSAGE_MAX, Rating, Thanks};
pub use window::{DAY_MINUTES, Window, WindowError};

/// Most characters of a title.
pub const TITLE_MAX: usize = 40;
/// Most characters of the details.
pub const DETAILS_MAX: usize = 600;
/// Most characters of an area's code.
pub const AREA_MAX: usize = 32;
/// Most characters of an offer's note or a reason for cancelling.
pub const NOTE_MAX: usize = 120;
/// The code of an area of the municipality.
pub type AreaCode = Line<AREA_MAX>;
/// A short word between the two.
pub type Note = Line<NOTE_MAX>;

const DAY_SECONDS: i64 = 86_400;
/// Days after the window's end until the points are no longer set aside.
const HOLD_DAYS: i64 = 30;
/// Days after the window's end until a job that nobody decided lapses: earlier than the hold, so that a settlement
/// always finds its points.
const LAPSE_DAYS: i64 = 28;
/// Days after the window's end until a job about which the two have not said the same goes to the centre.
const SILENT_DAYS: i64 = 7;
/// How long before the window one can check in.
const EARLY_SECONDS: i64 = 3600;
/// How long after the latest start nobody has failed to come yet.
const GRACE_SECONDS: i64 = 900;

/// What a municipality allows (共助のきまり), as far as requests are concerned.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rules {
    /// Kinds of help offered here, each with what is wanted of it.
    pub kinds: BTreeMap<Category, Kind>,
    /// Skills a request may ask for, each with what is asked of it.
    pub skills: BTreeMap<SkillCode, Asked>,
    /// The areas, each with the square its middle lies in.
    pub areas: BTreeMap<AreaCode, Mesh>,
    /// On what conditions; fixed into a job when it is asked for.
    pub conditions: Conditions,
    /// The largest reward of one request.
    pub reward_max: Points,
    /// Minutes after midnight from when help may take place.
    pub from_minute: u16,
    /// Minutes after midnight until when.
    pub to_minute: u16,
}

impl Rules {
    /// How many days ahead one may ask.
    pub const DAYS_AHEAD_MAX: i32 = 180;

    /// When help may take place; none if the file says no stretch of a day, which its check does not let pass.
    pub fn hours(&self) -> Option<Stretch> {
        Stretch::new(self.from_minute, self.to_minute).ok()
    }

    /// What whoever helps has to be able to do, for what is asked and for its kind. What the town no longer knows takes a proof:
    /// that something is gone from its file lets nobody in.
    pub fn skills(&self, request: &Request) -> Skills<Asked> {
        let of_kind = self.kinds.get(&request.category).into_iter().flat_map(|kind| kind.skills.iter());
        let known = request.skills.iter().chain(of_kind);
        let asked = known.map(|code| (code.clone(), self.skills.get(code).copied().unwrap_or(Asked::Shown)));
        // Twice as many as one of the two may ask for are within the bound.
        asked.collect::<BTreeMap<_, _>>().try_into().unwrap_or(Skills::NONE)
    }

    /// Whether only somebody who took the introductory course may help with it, as with a kind the town no longer offers.
    pub fn course(&self, request: &Request) -> bool {
        self.kinds.get(&request.category).is_none_or(|kind| kind.course)
    }
}

/// Languages of which one will do.
pub type Languages = Few<Language, 1, { Language::ALL.len() }>;

/// What is asked for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Request {
    /// Kind of help.
    pub category: Category,
    /// In one line; everybody sees it.
    pub title: Line<TITLE_MAX>,
    /// The rest, such as the place; only the agreed helper sees it, for as long as they [need it](Job::is_between_the_two).
    pub details: Prose<DETAILS_MAX>,
    /// Area; everybody sees it.
    pub area: AreaCode,
    /// When.
    pub window: Window,
    /// How long it should take, in minutes; at most the window.
    pub minutes: u16,
    /// What the requester gives.
    pub reward: Points,
    /// In which languages the two can speak with each other; everybody sees it.
    pub languages: Languages,
    /// What whoever helps should be able to do; everybody sees it.
    pub skills: SkillsAsked,
    /// What was answered to the questions of its kind; what is chosen everybody sees, what is written as the details.
    pub answers: Answers,
}

/// What the centre has to do for a job (センターの用件).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Errand {
    /// The two meet for the first time: introduce them.
    Introduce,
    /// The two do not say the same: decide.
    Decide,
}

/// One of the two people of a job.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Side {
    /// 依頼した人.
    Requester,
    /// 手伝う人.
    Helper,
}

impl Side {
    /// The other one.
    #[must_use]
    pub const fn other(self) -> Self {
        match self {
            Self::Requester => Self::Helper,
            Self::Helper => Self::Requester,
        }
    }

    /// The word in forms.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Requester => "requester",
            Self::Helper => "helper",
        }
    }

    /// The side of that word.
    pub fn from_word(word: &str) -> Option<Self> {
        [Self::Requester, Self::Helper].into_iter().find(|side| side.word() == word)
    }
}

/// Whom the requester chose, and the points set aside for it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Agreement {
    /// The chosen offer.
    pub offer: OfferId,
    /// Who made it.
    pub helper: PersonId,
    /// Points set aside; a new one for each choice.
    pub hold: HoldId,
    /// When the requester chose.
    pub chosen_at: Timestamp,
    /// Whether the two have worked together before.
    pub acquainted: bool,
}

/// Where a job stands (状態).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum State {
    /// 募集中: waits for offers.
    Open {
        /// What was missing when points could not be set aside for the last choice.
        missing: Option<Points>,
        /// How the last agreement ended, where somebody else is now looked for.
        left: Option<Ending>,
    },
    /// Chosen; the points are being set aside.
    Agreeing(Agreement),
    /// 決まりました: points are set aside; from the first meeting until both say what came of it.
    Agreed(Agreed),
    /// 相談中: the two do not agree, or nobody says anything; the centre decides.
    Disputed(Agreed, Dispute),
    /// The points are on their way to the helper.
    Paying(Agreed, Verdict),
    /// 完了: the helper has the points.
    Paid(Paid),
    /// Nothing was done for the reward; the points are on their way back.
    Cancelling {
        /// What had been agreed, and came of it.
        agreed: Agreed,
        /// Why.
        ending: Ending,
        /// What the helper gets for having kept the time free; the rest goes back.
        compensation: Points,
    },
    /// 取り消し.
    Cancelled {
        /// What had been agreed, and came of it; its points went back.
        agreed: Option<Agreed>,
        /// Why.
        ending: Ending,
        /// What the helper got for having kept the time free.
        compensation: Points,
    },
    /// 期限切れ: nobody was chosen before the window ended.
    Expired {
        /// The window's end.
        at: Timestamp,
    },
}

impl State {
    /// Waits for offers as on the first day.
    pub const OPEN: Self = Self::Open { missing: None, left: None };

    /// Waits for another choice: for the last one so many points were missing.
    pub const fn short_of(missing: Points) -> Self {
        Self::Open { missing: Some(missing), left: None }
    }

    /// The word in storage and links.
    pub const fn word(&self) -> &'static str {
        match self {
            Self::Open { .. } => "open",
            Self::Agreeing(_) => "agreeing",
            Self::Agreed(_) => "agreed",
            Self::Disputed(..) => "disputed",
            Self::Paying(..) => "paying",
            Self::Paid(_) => "paid",
            Self::Cancelling { .. } => "cancelling",
            Self::Cancelled { .. } => "cancelled",
            Self::Expired { .. } => "expired",
        }
    }

    /// What holds or held between the two since the points were set aside.
    pub const fn agreed(&self) -> Option<&Agreed> {
        match self {
            Self::Agreed(agreed)
            | Self::Disputed(agreed, _)
            | Self::Paying(agreed, _)
            | Self::Cancelling { agreed, .. } => Some(agreed),
            Self::Paid(paid) => Some(&paid.agreed),
            Self::Cancelled { agreed, .. } => agreed.as_ref(),
            Self::Open { .. } | Self::Agreeing(_) | Self::Expired { .. } => None,
        }
    }

    /// The agreement there is or was.
    pub const fn agreement(&self) -> Option<&Agreement> {
        match (self, self.agreed()) {
            (Self::Agreeing(agreement), _) => Some(agreement),
            (_, Some(agreed)) => Some(&agreed.agreement),
            (_, None) => None,
        }
    }

    /// Whether nothing but thanks can follow.
    pub const fn is_final(&self) -> bool {
        matches!(self, Self::Paid(_) | Self::Cancelled { .. } | Self::Expired { .. })
    }
}

/// A request for help and what became of it (依頼).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Job {
    /// Its name.
    pub id: JobId,
    /// Who asks.
    pub requester: PersonId,
    /// For what.
    pub request: Request,
    /// The conditions as they were when it was asked for.
    pub conditions: Conditions,
    /// When it was asked for.
    pub posted_at: Timestamp,
    /// Where it stands as last written; see [`Job::state_at`].
    pub state: State,
}

impl Job {
    /// How long after the window's end a job about which the two have not said the same goes to the centre.
    pub const SILENT_SECONDS: i64 = SILENT_DAYS * DAY_SECONDS;

    /// Where it stands at that moment: an open request is expired from its window's end on, also before that was written.
    pub fn state_at(&self, now: Timestamp) -> State {
        let ends = self.request.window.ends();
        match self.state {
            State::Open { .. } if now >= ends => State::Expired { at: ends },
            _ => self.state.clone(),
        }
    }

    /// Whether it takes offers and a choice at that moment.
    pub fn is_open(&self, now: Timestamp) -> bool {
        matches!(self.state, State::Open { .. }) && now < self.request.window.ends()
    }

    /// The chosen helper, if there is or was one.
    pub fn helper(&self) -> Option<PersonId> {
        self.state.agreement().map(|agreement| agreement.helper)
    }

    /// Which side of the job the person is on.
    pub fn side(&self, person: PersonId) -> Option<Side> {
        if person == self.requester {
            Some(Side::Requester)
        } else {
            (self.helper() == Some(person)).then_some(Side::Helper)
        }
    }

    /// The municipality's share of the whole reward, rounded down.
    pub const fn fee(&self) -> Points {
        self.request.reward.share(self.conditions.fee_percent as u64, 100)
    }

    /// What the requester gives for that outcome, fee included.
    pub fn costs(&self, outcome: Outcome) -> Points {
        self.conditions.costs(self.request.reward, self.request.minutes, outcome)
    }

    /// What calling it off costs that side at that moment: late, the requester pays for time the helper kept free.
    pub fn cancel_costs(&self, side: Side, now: Timestamp) -> Points {
        let late = now >= self.conditions.late_from(self.request.window.starts());
        match (side, &self.state) {
            (Side::Requester, State::Agreed(_) | State::Disputed(..)) if late => {
                self.request.reward.share(self.conditions.late_percent.into(), 100)
            }
            _ => Points::ZERO,
        }
    }

    /// From when somebody who has not come counts as not coming: the latest start, what was announced as late, and
    /// a quarter of an hour.
    pub fn no_show_from(&self, agreed: &Agreed) -> Timestamp {
        let minutes = |count: u16| i64::from(count) * 60;
        let window = self.request.window;
        let latest = window.starts().plus_seconds(minutes(window.minutes().saturating_sub(self.request.minutes)));
        Self::announced(agreed, latest).plus_seconds(GRACE_SECONDS)
    }

    /// Until when one can check in: the window's end, or when whoever is late comes.
    pub fn check_in_until(&self, agreed: &Agreed) -> Timestamp {
        Self::announced(agreed, self.request.window.ends())
    }

    fn announced(agreed: &Agreed, at_least: Timestamp) -> Timestamp {
        agreed.late.each().map(|(_, late)| late.comes_at()).fold(at_least, Timestamp::max)
    }

    /// From when on one can check in.
    pub const fn check_in_from(&self) -> Timestamp {
        self.request.window.starts().plus_seconds(-EARLY_SECONDS)
    }

    /// Until when the points of an agreement are set aside.
    pub const fn hold_until(&self) -> Timestamp {
        self.request.window.ends().plus_seconds(HOLD_DAYS * DAY_SECONDS)
    }

    /// From when a job about which the two have not said the same is the centre's: silence is not consent.
    pub const fn silent_from(&self) -> Timestamp {
        self.request.window.ends().plus_seconds(Self::SILENT_SECONDS)
    }

    /// From when a job that nobody has decided has lapsed.
    pub const fn lapses_at(&self) -> Timestamp {
        self.request.window.ends().plus_seconds(LAPSE_DAYS * DAY_SECONDS)
    }

    /// When time alone changes it next.
    pub const fn due_at(&self) -> Option<Timestamp> {
        match self.state {
            State::Open { .. } => Some(self.request.window.ends()),
            State::Agreed(Agreed { introduction: Introduction::Needed, .. }) => Some(self.request.window.ends()),
            State::Agreed(_) => Some(self.silent_from()),
            State::Disputed(..) => Some(self.lapses_at()),
            _ => None,
        }
    }

    /// What the centre has to do for it, and since when.
    pub const fn waits_for_centre(&self) -> Option<(Errand, Timestamp)> {
        match &self.state {
            State::Disputed(_, dispute) => Some((Errand::Decide, dispute.at)),
            State::Agreed(agreed) if matches!(agreed.introduction, Introduction::Needed) => {
                Some((Errand::Introduce, agreed.agreed_at))
            }
            _ => None,
        }
    }

    /// By when the centre is to have done it: introduced before the two would meet, and all within a day.
    pub fn due_at_centre(&self) -> Option<Timestamp> {
        let (errand, since) = self.waits_for_centre()?;
        let in_a_day = since.plus_seconds(DAY_SECONDS);
        Some(match errand {
            Errand::Introduce => in_a_day.min(self.request.window.starts()),
            Errand::Decide => in_a_day,
        })
    }
}
