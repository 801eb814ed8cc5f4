//! What the slice asks of storage, and the one way from a command to its commit.

use super::command::{Command, OutboxItem, Receipt, Step};
use super::decide::{Changes, Decided, Terms, advance, decide};
use super::helping::{Apart, Enquiry, HelperRows, Registered};
use super::reads::{Reads, Snapshot, reads, reads_of_step};
use super::refusal::Refusal;
use super::types::{
    CallBack, ChatMessage, Claim, Concern, Entered, Feedback, Job, Listed, Memo, Offer, Photo, Show, Tally,
};
use crate::kernel::{CommandId, Context, Day, Fault, HelperId, JobId, PersonId, PhotoId, Timestamp};

/// What the board of one person is made of. Each list is newest first, at most
/// [`limit::JOBS_SHOWN_MAX`](crate::kernel::limit::JOBS_SHOWN_MAX).
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct BoardRows {
    /// Requests of the person.
    pub mine: Vec<Job>,
    /// Jobs the person was chosen for, or has a standing offer for; by when the person last offered.
    pub helping: Vec<Job>,
    /// Open requests of other people, their window not past, for which the person has no standing offer.
    pub open: Vec<Job>,
    /// All standing offers for `mine`, and the person's own offers for `helping`; by id.
    pub offers: Vec<Offer>,
    /// Open requests, not begun, that the centre put to the person, who has not answered.
    pub asked: Vec<Job>,
    /// Who keeps away from the person, or whom the person keeps away from; in order.
    pub apart: Vec<PersonId>,
    /// How many notifications came since the person looked at them.
    pub unseen: u32,
}

/// What the desk of the centre is made of. Each list is at most
/// [`limit::JOBS_SHOWN_MAX`](crate::kernel::limit::JOBS_SHOWN_MAX) long.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct DeskRows {
    /// Jobs that wait for the centre, by when it is to have done its part ([`Job::due_at_centre`]).
    pub waiting: Vec<Job>,
    /// How many of these there are in all.
    pub waiting_count: u32,
    /// Agreed jobs that do not wait and are not [silent](Job::silent_from) yet, soonest end first: somebody may call about
    /// them.
    pub coming: Vec<Job>,
    /// Open requests, newest first.
    pub open: Vec<Job>,
    /// Concerns nobody has closed, by when they are due.
    pub concerns: Vec<Concern>,
    /// How many of these there are in all.
    pub concerns_count: u32,
    /// Requests made on the phone whose requester is to be rung up, soonest end first.
    pub call_backs: Vec<(Job, CallBack)>,
    /// What one of the two wants the centre to know after their job, and no operator has read, longest first.
    pub feedback: Vec<Feedback>,
    /// How many of these there are in all.
    pub feedback_count: u32,
    /// Who looks after what of all this, by request.
    pub claims: Vec<Claim>,
}

/// How many changes whoever listens can catch up with.
pub const NEWS_KEPT: u64 = 4_096;

/// What changed (動き).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct News {
    /// The number of the latest change; 0 before the first.
    pub last: u64,
    /// The changes after the one that was asked about, in order; none if some of them are no longer kept, or it is none of
    /// ours.
    pub since: Option<Vec<Change>>,
}

/// One change.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Change {
    /// Its number.
    pub number: u64,
    /// Of which request.
    pub job: JobId,
    /// Whom it concerns.
    pub reach: Reach,
}

/// Whom a change concerns.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reach {
    /// The operators.
    Desk,
    /// The operators and the two of the request.
    Everybody,
    /// The two: they only wrote to each other.
    TheTwo,
}

impl Reach {
    /// The number in storage.
    pub const fn number(self) -> u8 {
        match self {
            Self::Desk => 0,
            Self::Everybody => 1,
            Self::TheTwo => 2,
        }
    }

    /// From the number in storage.
    pub const fn from_number(number: i64) -> Option<Self> {
        match number {
            0 => Some(Self::Desk),
            1 => Some(Self::Everybody),
            2 => Some(Self::TheTwo),
            _ => None,
        }
    }
}

/// Storage of co-help. One writer at a time: nothing else writes between `read` and `commit`.
pub trait Store {
    /// Loads what is named.
    fn read(&self, reads: &Reads) -> Result<Snapshot, Fault>;
    /// Writes all of it, durably, or nothing.
    fn commit(&self, changes: &Changes) -> Result<(), Fault>;
    /// A job with all its offers, by id of the offer.
    fn job(&self, id: JobId) -> Result<Option<(Job, Vec<Offer>)>, Fault>;
    /// What the board of the person is made of.
    fn board(&self, person: PersonId, now: Timestamp) -> Result<BoardRows, Fault>;
    /// What the desk of the centre is made of, as far as that operator looks at it.
    fn desk(&self, show: Show, operator: PersonId, now: Timestamp) -> Result<DeskRows, Fault>;
    /// What the person registered to help with.
    fn registered(&self, person: PersonId) -> Result<Option<Registered>, Fault>;
    /// The same for whom the centre has that name.
    fn registered_as(&self, helper: HelperId) -> Result<Option<Registered>, Fault>;
    /// What everybody registered, by their id.
    fn everybody_registered(&self) -> Result<Vec<Registered>, Fault>;
    /// What is kept of everybody who helps, or of these; `requesters` are those whose jobs count as worked together.
    fn helpers(&self, of: Option<&[PersonId]>, requesters: &[PersonId], now: Timestamp) -> Result<HelperRows, Fault>;
    /// What the centre asked for those jobs, by job and by whom it asked.
    fn enquiries(&self, jobs: &[JobId]) -> Result<Vec<Enquiry>, Fault>;
    /// From whom the person keeps away, longest first.
    fn apart(&self, person: PersonId) -> Result<Vec<Apart>, Fault>;
    /// Standing offers of the one for requests of the other that can still be chosen from, by id.
    fn offers_to(&self, helper: PersonId, requester: PersonId) -> Result<Vec<Offer>, Fault>;
    /// Whether one of the two keeps away from the other.
    fn are_apart(&self, one: PersonId, other: PersonId) -> Result<bool, Fault>;
    /// What was told of people met in that job, by when and their id.
    fn concerns(&self, job: JobId) -> Result<Vec<Concern>, Fault>;
    /// What that person told of people met in that job, in the same order.
    fn told(&self, job: JobId, person: PersonId) -> Result<Vec<Concern>, Fault>;
    /// Who looks after that job, or did last.
    fn claim(&self, job: JobId) -> Result<Option<Claim>, Fault>;
    /// What operators wrote down about it, by when and its id.
    fn memos(&self, job: JobId) -> Result<Vec<Memo>, Fault>;
    /// What operators did for it in the name of others, by when and its id.
    fn entered(&self, job: JobId) -> Result<Vec<Entered>, Fault>;
    /// What the two of a job wrote to each other, by number; only while that one helped, if one is named.
    fn chat(&self, job: JobId, helper: Option<PersonId>) -> Result<Vec<ChatMessage>, Fault>;
    /// The photos of a job, by when and their id.
    fn photos(&self, job: JobId) -> Result<Vec<Photo>, Fault>;
    /// The bytes of a photo's picture.
    fn picture(&self, id: PhotoId) -> Result<Option<Vec<u8>>, Fault>;
    /// What the two told the centre of its service after that job, the requester first.
    fn feedback(&self, job: JobId) -> Result<Vec<Feedback>, Fault>;
    /// How much has happened: it grows with each commit in which something [counts](Changes::occurrences).
    fn occurred(&self) -> Result<u64, Fault>;
    /// All that happened, by month.
    fn tally(&self) -> Result<Tally, Fault>;
    /// The person has seen that the other one of that job wrote.
    fn see_chat(&self, person: PersonId, job: JobId) -> Result<(), Fault>;
    /// What changed after that change: each commit counts each request once that is [news](Changes::news).
    fn news(&self, after: u64) -> Result<News, Fault>;
    /// What the person was told, newest first, at most [`Notification::SHOWN_MAX`](super::Notification::SHOWN_MAX).
    fn notifications(&self, person: PersonId) -> Result<Vec<Listed>, Fault>;
    /// The person has seen what they were told up to that number.
    fn see(&self, person: PersonId, number: u64) -> Result<(), Fault>;
    /// Open requests for that day with their offers, by when they end and their id, at most
    /// [`limit::DAY_REQUESTS_MAX`](crate::kernel::limit::DAY_REQUESTS_MAX).
    fn open_on(&self, day: Day, now: Timestamp) -> Result<Vec<(Job, Vec<Offer>)>, Fault>;
    /// Events to carry out by now, longest due first.
    fn outbox_due(&self, now: Timestamp, limit: u32) -> Result<Vec<OutboxItem>, Fault>;
    /// An event could not be carried out: not again before `due`. Nothing happens if it is done meanwhile.
    fn postpone(&self, id: CommandId, attempts: u32, due: Timestamp) -> Result<(), Fault>;
    /// When the alarm must ring next: an event or a job is due.
    fn next_due(&self) -> Result<Option<Timestamp>, Fault>;
}

/// Reads, decides and writes a person's command.
pub fn tell(
    store: &impl Store,
    terms: &Terms<'_>,
    command: &Command,
    context: &Context,
) -> Result<Result<Receipt, Refusal>, Fault> {
    let snapshot = store.read(&reads(command, context, terms.entered_by))?;
    match decide(&snapshot, terms, command, context) {
        Ok(Decided { receipt, changes }) => {
            if !changes.is_empty() {
                store.commit(&changes)?;
            }
            Ok(Ok(receipt))
        }
        Err(refusal) => Ok(Err(refusal)),
    }
}

/// Reads, decides and writes a step of the town itself. Gives how many jobs it changed.
pub fn step(store: &impl Store, step: &Step, now: Timestamp) -> Result<usize, Fault> {
    let snapshot = store.read(&reads_of_step(step, now))?;
    let changes = advance(&snapshot, step, now);
    if !changes.is_empty() {
        store.commit(&changes)?;
    }
    Ok(changes.jobs.len())
}
