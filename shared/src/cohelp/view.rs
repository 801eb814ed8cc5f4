//! What pages show, for one viewer at one moment. People are named by id only.

mod card;
mod desk;
mod page;
#[cfg(test)]
mod tests;
mod timeline;

use serde::{Deserialize, Serialize};

use super::matching::Reason;
use super::refusal::Refusal;
use super::types::{
    Answers, AreaCode, CallBack, CheckInCode, Claim, Conditions, DETAILS_MAX, Dispute, Ending, Errand, Introduction,
    Languages, Late, Note, Notice, OfferState, Outcome, Reports, Side, Sides, SkillsAsked, TITLE_MAX, Thanks, Verdict,
    Window,
};
use crate::kernel::{Category, JobId, Line, OfferId, PersonId, Points, Prose, Timestamp};

pub use card::board;
pub use desk::{Beside, desk_items, desk_view};
pub(super) use page::sees;
pub use page::{job_view, told_view};

/// Where a job stands, as the viewer sees it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Phase {
    /// 募集中.
    Open,
    /// 募集中, and the viewer has a standing offer.
    Offered,
    /// Somebody else was chosen, or the request ended, and the viewer's offer with it.
    Declined,
    /// Somebody was chosen; points are being set aside.
    Agreeing,
    /// 決まりました, and the two are to be introduced to each other first.
    Introducing,
    /// 決まりました.
    Agreed,
    /// 始まりました.
    Started,
    /// One of the two said what came of it.
    Confirming,
    /// The centre has the matter.
    Disputed,
    /// Both said the same, or the centre decided; points are on their way.
    Paying,
    /// 完了.
    Paid,
    /// Cancelled; points are on their way back.
    Cancelling,
    /// 取り消し.
    Cancelled,
    /// 期限切れ.
    Expired,
}

/// Whose turn it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Who {
    /// The viewer.
    You,
    /// The requester, who is not the viewer.
    Requester,
    /// The chosen helper, who is not the viewer.
    Helper,
    /// Anybody who likes to help.
    Anybody,
    /// The town, in a moment.
    Town,
    /// An operator of the centre.
    Centre,
}

/// What is to be done.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum What {
    /// Offer to help.
    Offer,
    /// Choose one of so many offers.
    Choose {
        /// Standing offers; none where the viewer may not know.
        offers: u32,
    },
    /// Set points aside, pay, or give back.
    MovePoints,
    /// Introduce the two to each other.
    Introduce,
    /// Tell the centre before it begins, for the insurance.
    Notify,
    /// Meet, and check in.
    Help,
    /// Say what came of it.
    Report,
    /// Decide what came of it.
    Decide,
    /// Say thanks.
    Thank,
}

/// The next step: who does what. There is none when all is over.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Next {
    /// Whose turn it is.
    pub who: Who,
    /// What they do.
    pub what: What,
}

/// A job in a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct JobCard {
    /// Its name.
    pub id: JobId,
    /// Kind of help.
    pub category: Category,
    /// In one line.
    pub title: Line<TITLE_MAX>,
    /// Area.
    pub area: AreaCode,
    /// When.
    pub window: Window,
    /// How long it should take, in minutes.
    pub minutes: u16,
    /// What the requester gives, fee included.
    pub reward: Points,
    /// What the helper gets.
    pub to_helper: Points,
    /// In which languages the two can speak.
    pub languages: Languages,
    /// When it was asked for.
    pub posted_at: Timestamp,
    /// Which side the viewer is on, if on any.
    pub side: Option<Side>,
    /// Where it stands for the viewer.
    pub phase: Phase,
    /// Who does what next.
    pub next: Option<Next>,
}

/// 助け合い: what one person sees.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Board {
    /// Own requests, newest first.
    pub mine: Vec<JobCard>,
    /// Jobs the viewer helps with or offered to.
    pub helping: Vec<JobCard>,
    /// Requests the viewer could help with.
    pub open: Vec<JobCard>,
    /// Those of them that the centre asks the viewer to help with.
    pub asked: Vec<JobCard>,
}

/// An offer as the requester, or the one who made it, sees it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OfferView {
    /// Its name.
    pub id: OfferId,
    /// Who offers.
    pub helper: PersonId,
    /// A word to the requester.
    pub note: Option<Note>,
    /// When.
    pub at: Timestamp,
    /// Where it stands.
    pub state: OfferState,
    /// What speaks for them, as far as the requester may know.
    pub reasons: Vec<Reason>,
    /// Whether it cannot be chosen because the centre has not seen, of who made it, what the request takes.
    pub unproven: bool,
}

/// A step of the job from asking to thanks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct TimelineStep {
    /// Which.
    pub what: Milestone,
    /// Whose it is; the town's if nobody's.
    pub who: Option<Side>,
    /// When it happened.
    pub at: Option<Timestamp>,
    /// Whether it happened.
    pub done: bool,
}

/// A step of the job.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[expect(missing_docs, reason = "the names say it")]
pub enum Milestone {
    Asked,
    Chosen,
    PointsSetAside,
    Introduced,
    Notified,
    Started,
    Reported,
    Disputed,
    Decided,
    Paid,
    Thanked,
    Cancelled,
    Lapsed,
    NotHelped,
    Unsuited,
    Closed,
    PointsBack,
    Expired,
}

/// What the viewer can do now.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Action {
    /// 手伝うと申し出る.
    Offer,
    /// Take that offer back.
    Withdraw(OfferId),
    /// この人にお願いする.
    Choose(OfferId),
    /// 活動前の連絡.
    Notify,
    /// 遅れます.
    BeLate,
    /// 開始番号を入れる.
    CheckIn,
    /// Say that this came of it. Of help that was given, the whole time stands for any part of it.
    Report(Outcome),
    /// センターに相談する.
    Consult,
    /// 取り消す.
    Cancel {
        /// What it costs now.
        costs: Points,
    },
    /// お礼を伝える.
    Thank,
    /// メッセージを送る.
    Chat,
}

/// What an operator can do now.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum DeskAction {
    /// Write down that the two were introduced, or that it does not fit.
    Introduce,
    /// Take the insurance notice.
    Notify,
    /// Write down that it has begun.
    CheckIn,
    /// Decide that this came of it. Of help that was given, the whole time stands for any part of it.
    Decide(Outcome),
    /// End it.
    Close,
    /// Look after it, whoever does now.
    Claim,
    /// Look after it no longer.
    HandOver,
    /// Ask those who help.
    Enquire,
    /// Write down that whoever asked on the phone was rung up.
    RingUp,
}

/// What has happened since the points were set aside, as the two and the centre see it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Course {
    /// Whether they know each other.
    pub introduction: Introduction,
    /// The insurance notice.
    pub notice: Option<Notice>,
    /// The last word of each about being late, while they wait for each other.
    pub late: Sides<Late>,
    /// When it began.
    pub started_at: Option<Timestamp>,
    /// How the centre knows that it began, where it wrote that down.
    pub how: Option<Note>,
    /// What the two say came of it.
    pub reports: Reports,
}

/// The page of one job.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct JobView {
    /// What lists show.
    pub card: JobCard,
    /// The details: for the requester, and for the helper once agreed.
    pub details: Option<Prose<DETAILS_MAX>>,
    /// What whoever helps should be able to do.
    pub skills: SkillsAsked,
    /// Answers to the questions of its kind, as far as the viewer may read them.
    pub answers: Answers,
    /// Why the viewer cannot offer to help, though it is open.
    pub lacks: Option<Refusal>,
    /// Who asks.
    pub requester: PersonId,
    /// Who was chosen; for the two of them.
    pub helper: Option<PersonId>,
    /// The requester sees all, a helper their own; oldest first.
    pub offers: Vec<OfferView>,
    /// From asking to thanks; for the two of them, others see the asking.
    pub timeline: Vec<TimelineStep>,
    /// What the viewer can do now.
    pub may: Vec<Action>,
    /// The viewer's thanks to the other.
    pub thanks_given: Option<Thanks>,
    /// The other's thanks to the viewer.
    pub thanks_received: Option<Thanks>,
    /// What the requester was short of at the last choice; only the requester sees it.
    pub short_of: Option<Points>,
    /// Why it ended early; for the two of them.
    pub ending: Option<Ending>,
    /// The fee of the municipality, where all of it is paid.
    pub fee: Points,
    /// Since the points were set aside; for the two of them.
    pub course: Option<Course>,
    /// What to tell the helper at the door; only the requester sees it, until it has begun.
    pub code: Option<CheckInCode>,
    /// Why the centre has it, or had it; for the two of them.
    pub dispute: Option<Dispute>,
    /// What came of it, for good; for the two of them.
    pub verdict: Option<Verdict>,
    /// What the requester gives in the end, fee included; for the two of them, once that is settled.
    pub gave: Option<Points>,
    /// The conditions it was asked for on.
    pub conditions: Conditions,
}

impl JobView {
    /// What the requester gives for that outcome, fee included.
    pub fn costs_of(&self, outcome: Outcome) -> Points {
        self.conditions.costs(self.card.reward, self.card.minutes, outcome)
    }

    /// What of that the helper gets where help was given.
    pub fn to_helper_of(&self, outcome: Outcome) -> Points {
        let costs = self.costs_of(outcome);
        costs.minus(costs.share(self.conditions.fee_percent.into(), 100)).unwrap_or(Points::ZERO)
    }
}

/// A job that an operator has something to do for, or may be called about (センターの用件).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeskItem {
    /// What lists show.
    pub card: JobCard,
    /// Who asks.
    pub requester: PersonId,
    /// Who helps.
    pub helper: Option<PersonId>,
    /// What is to be done, and by when.
    pub errand: Option<(Errand, Timestamp)>,
    /// Who looks after it, and since when they last did something for it.
    pub claim: Option<Claim>,
}

/// A job on an operator's desk.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeskView {
    /// What both of the two see.
    pub job: JobView,
    /// What the operator has to do, and by when.
    pub errand: Option<(Errand, Timestamp)>,
    /// Who looks after it.
    pub claim: Option<Claim>,
    /// Why whoever asked on the phone is to be rung up, if they are.
    pub call_back: Option<CallBack>,
    /// What the operator can do.
    pub may: Vec<DeskAction>,
}
