//! Co-help (共助): a request for help from asking to thanks, job and points as one state machine.
//!
//! A command is handled as read → [`decide`] → commit ([`tell`] does all three over a [`Store`]); what must happen to
//! points leaves as [`Event`] through the outbox, and comes back as [`Step`] (see `process`).

mod command;
#[cfg(feature = "testing")]
pub mod contract;
mod decide;
#[cfg(feature = "testing")]
pub mod fixture;
mod input;
#[cfg(feature = "testing")]
mod memory;
mod reads;
mod refusal;
mod store;
mod types;
mod view;
#[cfg(test)]
mod walk;

pub use command::{Command, Event, OutboxItem, Receipt, Remembered, Step};
pub use decide::{Changes, Decided, Terms, advance, decide, guard};
pub use input::{AskForm, CancelForm, Field, FieldError, FieldErrors, OfferForm, ThanksForm};
#[cfg(feature = "testing")]
pub use memory::{MemoryStore, Rows};
pub use reads::{DUE_MAX, Reads, Snapshot, reads, reads_of_step};
pub use refusal::Refusal;
pub use store::{BoardRows, Store, step, tell};
pub use types::{
    AREA_MAX, Agreement, AreaCode, Confirmation, DAY_MINUTES, DETAILS_MAX, Done, Ending, Job, MESSAGE_MAX, NOTE_MAX,
    Note, Offer, OfferState, Rating, Request, Rules, Side, State, TITLE_MAX, Thanks, Window, WindowError,
};
pub use view::{
    Action, Board, JobCard, JobView, Milestone, Next, OfferView, Phase, TimelineStep, What, Who, board, job_view,
};
