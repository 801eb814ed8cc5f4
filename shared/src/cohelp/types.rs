//! A request for help and the job it becomes, as one state machine, and the offers for it.

mod thanks;
mod window;

use serde::{Deserialize, Serialize};

use crate::kernel::{Category, HoldId, JobId, Line, OfferId, PersonId, Points, Prose, Timestamp};

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
/// Days after the window's end until a job that was not confirmed lapses: earlier than the hold, so that a
/// settlement always finds its points.
const LAPSE_DAYS: i64 = 28;

/// What a municipality allows (共助のきまり), as far as requests are concerned.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rules {
    /// Kinds of help offered here.
    pub categories: Vec<Category>,
    /// Codes of the areas.
    pub areas: Vec<AreaCode>,
    /// Share of the reward kept as fee, in percent; fixed into a job when it is asked for.
    pub fee_percent: u8,
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
}

/// What is asked for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Request {
    /// Kind of help.
    pub category: Category,
    /// In one line; everybody sees it.
    pub title: Line<TITLE_MAX>,
    /// The rest, such as the place; only the agreed helper sees it.
    pub details: Prose<DETAILS_MAX>,
    /// Area; everybody sees it.
    pub area: AreaCode,
    /// When.
    pub window: Window,
    /// How long it should take, in minutes; at most the window.
    pub minutes: u16,
    /// What the requester gives.
    pub reward: Points,
}

/// One of the two people of a job.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Side {
    /// 依頼した人.
    Requester,
    /// 手伝う人.
    Helper,
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
}

/// The first "it is done".
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Confirmation {
    /// Who said so.
    pub by: Side,
    /// When.
    pub at: Timestamp,
}

/// Both said that it is done.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Done {
    /// When the requester said so.
    pub requester_at: Timestamp,
    /// When the helper said so.
    pub helper_at: Timestamp,
}

/// Why a request or job ended early.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Ending {
    /// One of the two cancelled.
    Cancelled {
        /// Who.
        by: Side,
        /// When.
        at: Timestamp,
        /// Why, in their words.
        reason: Option<Note>,
    },
    /// Not both confirmed in time, so the points went back.
    Lapsed {
        /// When.
        at: Timestamp,
    },
}

impl Ending {
    /// When it ended.
    pub const fn at(&self) -> Timestamp {
        match self {
            Self::Cancelled { at, .. } | Self::Lapsed { at } => *at,
        }
    }
}

/// Where a job stands (状態).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum State {
    /// 募集中: waits for offers.
    Open {
        /// What was missing when points could not be set aside for the last choice.
        missing: Option<Points>,
    },
    /// Chosen; the points are being set aside.
    Agreeing(Agreement),
    /// 決まりました: points are set aside.
    Agreed {
        /// With whom.
        agreement: Agreement,
        /// Since when.
        agreed_at: Timestamp,
        /// Whether one of the two said that it is done.
        confirmed: Option<Confirmation>,
    },
    /// Both confirmed; the points are on their way.
    Paying {
        /// With whom.
        agreement: Agreement,
        /// When it was agreed.
        agreed_at: Timestamp,
        /// Both confirmations.
        done: Done,
    },
    /// 完了: the helper has the points.
    Paid {
        /// With whom.
        agreement: Agreement,
        /// When it was agreed.
        agreed_at: Timestamp,
        /// Both confirmations.
        done: Done,
        /// When the points arrived.
        paid_at: Timestamp,
        /// The municipality's share.
        fee: Points,
        /// From the requester to the helper.
        thanks_by_requester: Option<Thanks>,
        /// From the helper to the requester.
        thanks_by_helper: Option<Thanks>,
    },
    /// Ended after agreement; the points are on their way back.
    Cancelling {
        /// With whom it had been agreed.
        agreement: Agreement,
        /// Why.
        ending: Ending,
    },
    /// 取り消し.
    Cancelled {
        /// With whom it had been agreed; its points went back.
        agreement: Option<Agreement>,
        /// Why.
        ending: Ending,
    },
    /// 期限切れ: nobody was chosen before the window ended.
    Expired {
        /// The window's end.
        at: Timestamp,
    },
}

impl State {
    /// The word in storage and links.
    pub const fn word(&self) -> &'static str {
        match self {
            Self::Open { .. } => "open",
            Self::Agreeing(_) => "agreeing",
            Self::Agreed { .. } => "agreed",
            Self::Paying { .. } => "paying",
            Self::Paid { .. } => "paid",
            Self::Cancelling { .. } => "cancelling",
            Self::Cancelled { .. } => "cancelled",
            Self::Expired { .. } => "expired",
        }
    }

    /// The agreement there is or was.
    pub const fn agreement(&self) -> Option<&Agreement> {
        match self {
            Self::Agreeing(agreement)
            | Self::Agreed { agreement, .. }
            | Self::Paying { agreement, .. }
            | Self::Paid { agreement, .. }
            | Self::Cancelling { agreement, .. } => Some(agreement),
            Self::Cancelled { agreement, .. } => agreement.as_ref(),
            Self::Open { .. } | Self::Expired { .. } => None,
        }
    }

    /// Whether nothing but thanks can follow.
    pub const fn is_final(&self) -> bool {
        matches!(self, Self::Paid { .. } | Self::Cancelled { .. } | Self::Expired { .. })
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
    /// The fee in percent as it was when it was asked for.
    pub fee_percent: u8,
    /// When it was asked for.
    pub posted_at: Timestamp,
    /// Where it stands as last written; see [`Job::state_at`].
    pub state: State,
}

impl Job {
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

    /// The municipality's share of the reward, rounded down.
    pub const fn fee(&self) -> Points {
        self.request.reward.share(self.fee_percent as u64, 100)
    }

    /// Until when the points of an agreement are set aside.
    pub const fn hold_until(&self) -> Timestamp {
        self.request.window.ends().plus_seconds(HOLD_DAYS * DAY_SECONDS)
    }

    /// From when an agreed job that was not confirmed by both has lapsed.
    pub const fn lapses_at(&self) -> Timestamp {
        self.request.window.ends().plus_seconds(LAPSE_DAYS * DAY_SECONDS)
    }

    /// When time alone changes it next.
    pub const fn due_at(&self) -> Option<Timestamp> {
        match self.state {
            State::Open { .. } => Some(self.request.window.ends()),
            State::Agreed { .. } => Some(self.lapses_at()),
            _ => None,
        }
    }
}

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
