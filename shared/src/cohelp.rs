//! Co-help (共助): a request for help from asking to thanks, job and points as one state machine.
//!
//! A command is handled as read → [`decide`] → commit ([`tell`] does all three over a [`Store`]); what must happen to
//! points leaves as [`Event`] through the outbox, and comes back as [`Step`] (see `process`).

mod command;
#[cfg(feature = "testing")]
pub mod contract;
mod decide;
mod figures;
#[cfg(feature = "testing")]
pub mod fixture;
pub mod helping;
mod input;
pub mod matching;
#[cfg(feature = "testing")]
mod memory;
mod reads;
mod refusal;
mod store;
mod types;
mod view;
#[cfg(test)]
mod walk;

pub use command::{Command, DeskAct, Event, OutboxItem, Receipt, Remembered, Step};
pub use decide::{Changes, Decided, Terms, advance, decide, guard};
pub use figures::{Circulation, FEW, Figures, MonthOfHelp, Period, PublicCount, circulation, figures};
pub use input::{
    AskForm, CancelForm, ChatForm, CheckInForm, ConsultForm, DeskForm, Field, FieldError, FieldErrors, LateForm,
    OfferForm, PART, PhotoForm, REQUESTER, RaiseForm, RateForm, ReportForm, ThanksForm,
};
#[cfg(feature = "testing")]
pub use memory::{MemoryStore, Rows};
pub use reads::{DUE_MAX, Reads, Snapshot, Whom, reads, reads_of_step};
pub use refusal::Refusal;
pub use store::{BoardRows, Change, DeskRows, NEWS_KEPT, News, Reach, Store, step, tell};
pub use types::{
    AREA_MAX, Agreed, Agreement, Answers, AreaCode, CAPTION_MAX, CHAT_MAX, CHAT_MESSAGES_MAX, CONCERNS_MAX, CallBack,
    Cause, ChatLine, ChatMessage, ChatSoFar, CheckIn, CheckInCode, Checked, Claim, Concern, Conditions, Counted,
    DAY_MINUTES, DETAILS_MAX, Dispute, Ending, Entered, EnteredAct, Errand, Explanation, FEEDBACK_MAX, Feedback,
    Finding, Given, Introduction, Job, Kind, LATE_MINUTES_MAX, Languages, Late, Listed, MEMOS_MAX, MESSAGE_MAX, Matter,
    Memo, NOTE_MAX, Note, Notice, Notification, NotificationKind, Occurred, Occurrence, Offer, OfferState, Outcome,
    Paid, People, Photo, PhotoChange, Question, QuickPhrase, Rating, Report, Reports, Request, Rules, STATEMENT_MAX,
    STATEMENTS_MAX, Said, Satisfaction, Show, Side, Sides, SkillsAsked, State, Statement, Sum, TITLE_MAX, Takes, Tally,
    Thanks, Verdict, WRITTEN_MAX, Window, WindowError,
};
pub use view::{
    Action, Beside, Board, Course, DeskAction, DeskItem, DeskView, JobCard, JobView, Milestone, Next, OfferView, Phase,
    TimelineStep, What, Who, board, desk_items, desk_view, job_view, told_view,
};
