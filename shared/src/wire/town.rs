//! What the Town object is asked.

use serde::{Deserialize, Serialize};
use serde_bytes::ByteBuf;

use crate::cohelp::helping::{ProfileForm, Seen, SelfAct};
use crate::cohelp::{AreaCode, AskForm, Command, FieldErrors, Receipt, Refusal, Request, Show};
use crate::kernel::{CommandId, Day, HelperId, JobId, PhoneCallId, PhotoId, PictureFormat, SessionId};

use super::page::{
    BoardPage, CirculationPage, DeskDayPage, DeskJobPage, DeskPage, FiguresPage, HelperPage, HelpersPage, HomePage,
    JobPage, NotificationsPage, OffersPage, Page, PhoneCallPage, ProfilePage, RequestPage,
};

/// A call of the Town. Grows at the end only.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum TownCall {
    /// A person's act of co-help. The object checks the session itself.
    Tell {
        /// Whose session.
        session: SessionId,
        /// In which call, where an operator does it in the name of who rings.
        call: Option<PhoneCallId>,
        /// Makes a repeat harmless; scoped to the person by the object.
        command: CommandId,
        /// What.
        tell: Command,
    },
    /// `/`.
    Home {
        /// Whose session.
        session: SessionId,
    },
    /// `/help`.
    Board {
        /// Whose session.
        session: SessionId,
    },
    /// `/help/{id}`.
    Job {
        /// Whose session.
        session: SessionId,
        /// In which call, where an operator looks in the name of who rings.
        call: Option<PhoneCallId>,
        /// Which.
        job: JobId,
    },
    /// `/help/new`, empty or with what was typed.
    Request {
        /// Whose session.
        session: SessionId,
        /// In which call, where an operator asks in the name of who rings.
        call: Option<PhoneCallId>,
        /// What to ask for again.
        again: Option<JobId>,
    },
    /// What was typed at `/help/new`: the request it means, or what is wrong with it.
    Check {
        /// Whose session.
        session: SessionId,
        /// In which call, where an operator asks in the name of who rings.
        call: Option<PhoneCallId>,
        /// As typed.
        form: AskForm,
    },
    /// `/desk`.
    Desk {
        /// Whose session.
        session: SessionId,
        /// Which cases.
        show: Show,
        /// Whether the page asks by itself, because something changed.
        by_itself: bool,
    },
    /// `/desk/{id}`.
    DeskJob {
        /// Whose session.
        session: SessionId,
        /// Which.
        job: JobId,
    },
    /// Is the object there?
    Ready,
    /// Demo only.
    SetClock(i64),
    /// `/help/offers`.
    Offers {
        /// Whose session.
        session: SessionId,
    },
    /// `/help/profile`.
    Profile {
        /// Whose session.
        session: SessionId,
    },
    /// What was typed at `/help/profile`: registered, unless something is wrong with it.
    Register {
        /// Whose session.
        session: SessionId,
        /// As typed.
        form: ProfileForm,
    },
    /// What somebody says of themself.
    TellSelf {
        /// Whose session.
        session: SessionId,
        /// What.
        act: SelfAct,
    },
    /// `/desk/day`.
    DeskDay {
        /// Whose session.
        session: SessionId,
        /// Which day; today if none.
        day: Option<Day>,
        /// What the operator wants kept.
        pins: Vec<(JobId, HelperId)>,
    },
    /// `/desk/live` without a socket.
    News {
        /// Whose session.
        session: SessionId,
        /// The last change the operator knows of.
        after: u64,
    },
    /// `/desk/call/{id}`.
    PhoneCall {
        /// The operator's session.
        session: SessionId,
        /// Which.
        call: PhoneCallId,
    },
    /// `/notifications`: what it shows counts as seen.
    Notifications {
        /// Whose session.
        session: SessionId,
    },
    /// `/help/{id}`, for a page that asks by itself: no use of the session.
    JobAnew {
        /// Whose session.
        session: SessionId,
        /// Which job.
        job: JobId,
    },
    /// `/help/{id}/live` without a socket.
    ChatNews {
        /// Whose session.
        session: SessionId,
        /// In which job.
        job: JobId,
        /// The last change they know of.
        after: u64,
    },
    /// `/circulation`.
    Circulation {
        /// Whose session, if anybody's.
        session: Option<SessionId>,
    },
    /// `/desk/figures`.
    Figures {
        /// Whose session.
        session: SessionId,
    },
    /// `/desk/helpers`.
    Helpers {
        /// Whose session.
        session: SessionId,
        /// Of which area; without one, of whom something is still to be seen.
        area: Option<AreaCode>,
        /// After so many of them.
        after: u32,
    },
    /// `/desk/helpers/{id}`.
    Helper {
        /// Whose session.
        session: SessionId,
        /// Who.
        helper: HelperId,
    },
    /// What an operator has seen of somebody who helps.
    SeeHelper {
        /// Whose session.
        session: SessionId,
        /// Under which name it is written down.
        command: CommandId,
        /// Of whom.
        helper: HelperId,
        /// What.
        seen: Seen,
    },
    /// `/help/{id}/photos/{id}`.
    Photo {
        /// Whose session.
        session: SessionId,
        /// In which call, where an operator looks in the name of who rings.
        call: Option<PhoneCallId>,
        /// Of which request.
        job: JobId,
        /// Which.
        photo: PhotoId,
    },
    /// Whether there is room for a photo, asked before it is looked at.
    PhotoRoom {
        /// Whose session.
        session: SessionId,
    },
    /// `/desk/{id}/photos/{id}`.
    DeskPhoto {
        /// Whose session.
        session: SessionId,
        /// Of which request.
        job: JobId,
        /// Which.
        photo: PhotoId,
    },
}

/// Why a person's act was not done.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum NotDone {
    /// No live session.
    SignedOut,
    /// Co-help says no.
    Refused(Refusal),
    /// They tried too many codes.
    TooOften {
        /// When to come back, in seconds.
        seconds: u32,
    },
    /// The call it was said in is over.
    CallOver,
}

/// The Town's answers. Grows at the end only.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum TownAnswer {
    /// To `Tell`.
    Told(Result<Receipt, NotDone>),
    /// To `Home`.
    Home(Page<HomePage>),
    /// To `Board`.
    Board(Page<BoardPage>),
    /// To `Job` and `JobAnew`.
    Job(Box<Page<JobPage>>),
    /// To `Request`.
    Request(Page<RequestPage>),
    /// To `Check`.
    Checked(Page<(RequestPage, Result<Request, FieldErrors>)>),
    /// To `Desk`.
    Desk(Page<DeskPage>),
    /// To `DeskJob`.
    DeskJob(Box<Page<DeskJobPage>>),
    /// To `Ready` and `SetClock`.
    Done,
    /// To `Offers`.
    Offers(Page<OffersPage>),
    /// To `Profile`.
    Profile(Box<Page<ProfilePage>>),
    /// To `Register`: what is wrong with the form, if anything is.
    Registered(Result<FieldErrors, NotDone>),
    /// To `TellSelf`.
    ToldSelf(Result<(), NotDone>),
    /// To `DeskDay`.
    DeskDay(Box<Page<DeskDayPage>>),
    /// To `News` and `ChatNews`.
    News(Page<String>),
    /// To `PhoneCall`.
    PhoneCall(Box<Page<PhoneCallPage>>),
    /// To `Notifications`.
    Notifications(Page<NotificationsPage>),
    /// To `Circulation`.
    Circulation(Box<CirculationPage>),
    /// To `Figures`.
    Figures(Box<Page<FiguresPage>>),
    /// To `Helpers`.
    Helpers(Box<Page<HelpersPage>>),
    /// To `Helper`.
    Helper(Box<Page<HelperPage>>),
    /// To `SeeHelper`.
    SawHelper(Result<(), NotDone>),
    /// To `PhotoRoom`.
    PhotoRoom(Result<(), NotDone>),
    /// To `Photo` and `DeskPhoto`: how it is written, and its bytes.
    Photo(Page<(PictureFormat, ByteBuf)>),
}
