//! What people and the centre tell, what the settling of points reports back, and what follows for the ledger.

use serde::{Deserialize, Serialize};

use super::types::{
    CAPTION_MAX, ChatLine, CheckInCode, Explanation, FEEDBACK_MAX, MESSAGE_MAX, Matter, Note, Outcome, Rating, Request,
    Side,
};
use crate::kernel::{
    CommandId, ConcernId, Digest, HelperId, HoldId, JobId, Level, Line, OfferId, PersonId, PhotoId, Picture, Points,
    Prose, Timestamp, digest,
};

/// What a person does. Grows at the end only: what tells a repeat from another command is made of its bytes. Needs a
/// passkey session; of somebody proven, or, at the [desk](Command::Desk), of an operator.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Command {
    /// 手伝ってほしい.
    Ask {
        /// The new request.
        job: JobId,
        /// What is asked for.
        request: Request,
    },
    /// 手伝うと申し出る.
    Offer {
        /// For which request.
        job: JobId,
        /// The new offer.
        offer: OfferId,
        /// A word to the requester.
        note: Option<Note>,
    },
    /// Take an offer back.
    Withdraw {
        /// For which request.
        job: JobId,
        /// Which offer.
        offer: OfferId,
    },
    /// この人にお願いする.
    Choose {
        /// For which request.
        job: JobId,
        /// Whose offer.
        offer: OfferId,
    },
    /// 活動前の連絡: tells the centre that the help is about to happen, for the insurance; from either side.
    Notify {
        /// Which job.
        job: JobId,
    },
    /// 遅れます, from either side.
    BeLate {
        /// Which job.
        job: JobId,
        /// Minutes from now; 1 to [`LATE_MINUTES_MAX`](super::types::LATE_MINUTES_MAX).
        minutes: u16,
    },
    /// 始めます: the helper gives the code the requester has told them.
    CheckIn {
        /// Which job.
        job: JobId,
        /// The code.
        code: CheckInCode,
    },
    /// What came of it, from either side. Settled once both have said the same.
    Report {
        /// Which job.
        job: JobId,
        /// What.
        outcome: Outcome,
    },
    /// センターに相談する, from either side: the centre decides, and reads what is written here.
    Consult {
        /// Which job.
        job: JobId,
        /// What to tell the centre.
        text: Explanation,
    },
    /// 取り消す.
    Cancel {
        /// Which job.
        job: JobId,
        /// Why.
        reason: Option<Note>,
        /// What it costs, as the person was told; not more than that is taken.
        costs: Points,
    },
    /// お礼を伝える, from either side.
    Thank {
        /// Which job.
        job: JobId,
        /// How it went.
        rating: Rating,
        /// What to say.
        message: Option<Prose<MESSAGE_MAX>>,
    },
    /// What an operator of the centre does.
    Desk {
        /// For which job.
        job: JobId,
        /// What.
        act: DeskAct,
    },
    /// 今回は見送る: no to what the centre asked.
    Decline {
        /// Which job.
        job: JobId,
    },
    /// センターに知らせる: tells the centre of somebody met in a request.
    Raise {
        /// Where they met.
        job: JobId,
        /// The new concern.
        concern: ConcernId,
        /// About whom: who made that offer; the other one of the two, or the requester, if none is named.
        offer: Option<OfferId>,
        /// What it is about.
        matter: Matter,
        /// What happened.
        text: Explanation,
    },
    /// メッセージを送る: writes to the other one of the two.
    Chat {
        /// In which job.
        job: JobId,
        /// What.
        line: ChatLine,
    },
    /// アンケートに答える: says how the service was, when all is over.
    Rate {
        /// After which job.
        job: JobId,
        /// How satisfied the person is.
        satisfaction: Rating,
        /// What only the centre reads.
        words: Option<Prose<FEEDBACK_MAX>>,
    },
    /// 写真を加える: of what is asked for, until somebody is chosen; after that, to the other one of the two.
    AddPhoto {
        /// To which request.
        job: JobId,
        /// What is to be seen on it.
        caption: Option<Line<CAPTION_MAX>>,
        /// The picture.
        picture: Picture,
    },
    /// 写真を削除する: takes back a photo of a request that no helper has seen.
    RemovePhoto {
        /// Of which request.
        job: JobId,
        /// Which.
        photo: PhotoId,
    },
}

/// What an operator does for a job (センターの対応). Both of the two see it, but for whom the centre asks, what it was told, and
/// who looks after it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum DeskAct {
    /// 三者面談: the two were introduced to each other.
    Introduce {
        /// Whether they go on.
        fits: bool,
    },
    /// Takes the insurance notice from somebody on the phone.
    Notify,
    /// Somebody on the phone says that it has begun.
    CheckIn {
        /// How the operator knows.
        reason: Note,
    },
    /// Decides what came of it.
    Decide {
        /// What.
        outcome: Outcome,
        /// Why; both read it.
        reason: Explanation,
    },
    /// Ends it, and everybody has their points.
    Close {
        /// Why; both read it.
        reason: Explanation,
    },
    /// 打診する: asks somebody who helps whether they would.
    Enquire {
        /// Whom.
        helper: HelperId,
    },
    /// 担当する: looks after a concern from now on.
    Take {
        /// Which.
        concern: ConcernId,
    },
    /// Closes a concern.
    Find {
        /// Which.
        concern: ConcernId,
        /// What was found and done; who raised it reads it.
        text: Explanation,
    },
    /// 引き受ける: looks after the request from now on, whoever did.
    Claim,
    /// 手放す: looks after it no longer.
    HandOver {
        /// What the next one should know.
        memo: Option<Explanation>,
    },
    /// 申し送り: writes something down for the other operators.
    Write {
        /// What.
        memo: Explanation,
    },
    /// 電話で伝えた: has rung up who asked on the phone, and told them what has happened.
    RingUp,
    /// 確認した: has read what one of the two wants the centre to know.
    Read {
        /// Which of the two.
        side: Side,
    },
}

impl Command {
    /// The job it is about.
    pub const fn job(&self) -> JobId {
        match self {
            Self::Ask { job, .. }
            | Self::Offer { job, .. }
            | Self::Withdraw { job, .. }
            | Self::Choose { job, .. }
            | Self::Notify { job }
            | Self::BeLate { job, .. }
            | Self::CheckIn { job, .. }
            | Self::Report { job, .. }
            | Self::Consult { job, .. }
            | Self::Cancel { job, .. }
            | Self::Thank { job, .. }
            | Self::Decline { job }
            | Self::Raise { job, .. }
            | Self::Chat { job, .. }
            | Self::Rate { job, .. }
            | Self::AddPhoto { job, .. }
            | Self::RemovePhoto { job, .. }
            | Self::Desk { job, .. } => *job,
        }
    }

    /// What the session must be for it: what moves points by an operator's word alone asks for a fresh passkey.
    pub const fn level(&self) -> Level {
        match self {
            Self::Desk {
                act: DeskAct::Decide { .. } | DeskAct::Close { .. } | DeskAct::Introduce { fits: false },
                ..
            } => Level::FreshPasskey,
            _ => Level::Passkey,
        }
    }

    /// What tells this command of this person from any other under the same id.
    pub fn fingerprint(&self, person: PersonId) -> Digest {
        // How satisfied somebody is stays nowhere beside who they are: one could find it by trying all five.
        let unrated = match self {
            Self::Rate { job, words, .. } => {
                Some(Self::Rate { job: *job, satisfaction: Rating::MAX, words: words.clone() })
            }
            _ => None,
        };
        // Encoding fails only for sequences of unknown length, of which a command has none.
        let body = postcard::to_stdvec(unrated.as_ref().unwrap_or(self)).unwrap_or_default();
        digest(&[person.as_bytes(), &body])
    }
}

/// What the town itself does next: reports of the ledger, and the clock. Never comes from a person. Each may be
/// repeated or arrive late; only the first that fits has an effect.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Step {
    /// The points are set aside.
    Held {
        /// For which job.
        job: JobId,
        /// Under which name.
        hold: HoldId,
    },
    /// They could not be.
    HoldRefused {
        /// For which job.
        job: JobId,
        /// Under which name.
        hold: HoldId,
        /// How many were missing; none if that was not the reason.
        missing: Points,
    },
    /// The helper has what was to be paid.
    Settled {
        /// For which job.
        job: JobId,
        /// Under which name they were set aside.
        hold: HoldId,
    },
    /// The points had gone back before the settlement arrived.
    HoldLost {
        /// For which job.
        job: JobId,
        /// Under which name they were set aside.
        hold: HoldId,
    },
    /// The requester has the points back.
    Released {
        /// For which job.
        job: JobId,
        /// Under which name they were set aside.
        hold: HoldId,
    },
    /// Time has passed: requests expire, silent jobs go to the centre, undecided ones lapse.
    ExpireDue,
}

/// What must happen to points because of a decision. Written with the decision, carried out afterwards.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Event {
    /// A helper was chosen: set the reward aside.
    Chosen {
        /// For which job.
        job: JobId,
        /// Under this name.
        hold: HoldId,
        /// From whom.
        requester: PersonId,
        /// How much.
        reward: Points,
        /// Until when.
        until: Timestamp,
    },
    /// Help was given: pay for it.
    Helped {
        /// For which job.
        job: JobId,
        /// What was set aside.
        hold: HoldId,
        /// To whom.
        helper: PersonId,
        /// How much, fee included; the rest goes back.
        amount: Points,
        /// The fee in percent, as it was when the help was asked for.
        fee_percent: u8,
    },
    /// Nothing will be paid: give it back.
    CancelledAfterAgreement {
        /// For which job.
        job: JobId,
        /// What was set aside.
        hold: HoldId,
    },
    /// No help was given, but the helper kept the time free: pay for that, without a fee, and give the rest back.
    KeptFree {
        /// For which job.
        job: JobId,
        /// What was set aside.
        hold: HoldId,
        /// To whom.
        helper: PersonId,
        /// How much.
        amount: Points,
    },
}

impl Event {
    /// The job it is about.
    pub const fn job(&self) -> JobId {
        match self {
            Self::Chosen { job, .. }
            | Self::Helped { job, .. }
            | Self::CancelledAfterAgreement { job, .. }
            | Self::KeptFree { job, .. } => *job,
        }
    }

    /// The points it is about.
    pub const fn hold(&self) -> HoldId {
        match self {
            Self::Chosen { hold, .. }
            | Self::Helped { hold, .. }
            | Self::CancelledAfterAgreement { hold, .. }
            | Self::KeptFree { hold, .. } => *hold,
        }
    }

    /// The id of the one ledger command that follows: the same however often the event is carried out.
    pub fn id(&self) -> CommandId {
        match self {
            Self::Chosen { hold, .. } => hold_id(*hold),
            Self::Helped { hold, .. } | Self::KeptFree { hold, .. } => settle_id(*hold),
            Self::CancelledAfterAgreement { hold, .. } => release_id(*hold),
        }
    }
}

pub(super) fn hold_id(hold: HoldId) -> CommandId {
    CommandId::derive("cohelp.hold", hold.as_bytes())
}
pub(super) fn settle_id(hold: HoldId) -> CommandId {
    CommandId::derive("cohelp.settle", hold.as_bytes())
}
pub(super) fn release_id(hold: HoldId) -> CommandId {
    CommandId::derive("cohelp.release", hold.as_bytes())
}

/// An event that waits to be carried out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OutboxItem {
    /// [`Event::id`].
    pub id: CommandId,
    /// What to do.
    pub event: Event,
    /// How often it was tried.
    pub attempts: u32,
    /// Not before.
    pub due: Timestamp,
}

/// The answer to a person's command.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Receipt {
    /// The job.
    pub job: JobId,
    /// When it was decided.
    pub at: Timestamp,
}

/// A command that was carried out, and its answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Remembered {
    /// Its id.
    pub id: CommandId,
    /// [`Command::fingerprint`].
    pub body: Digest,
    /// The answer to give again.
    pub receipt: Receipt,
}
