//! What a decision needs to know.

use std::collections::BTreeMap;

use super::command::{Command, DeskAct, Remembered, Step};
use super::helping::{Enquiry, Registered};
use super::types::{ChatSoFar, Claim, Concern, Entered, Feedback, Job, Offer, Photo, Satisfaction};
use crate::kernel::{CommandId, Context, HelperId, JobId, OfferId, PersonId, Timestamp};

/// How many due jobs one step of the clock takes.
pub const DUE_MAX: u32 = 50;

/// Somebody who could help.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Whom {
    /// By their id.
    Person(PersonId),
    /// As the centre names who has registered.
    Registered(HelperId),
    /// Who made that offer.
    Offer(OfferId),
}

/// What a store must load, in one go.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Reads {
    /// The command, if it was seen before.
    pub command: Option<CommandId>,
    /// A job with all its offers.
    pub job: Option<JobId>,
    /// An offer by its name, to see whether the name is taken.
    pub offer: Option<OfferId>,
    /// An offer, to see whether the two have worked together before.
    pub acquainted: Option<OfferId>,
    /// For a job and somebody who could help with it: whether they registered, are kept apart from the requester, and
    /// what the centre asked of them.
    pub helper: Option<(JobId, Whom)>,
    /// What was told of people met in that job.
    pub concerns: Option<JobId>,
    /// Who at the centre looks after that job, and how much is written down about it.
    pub case: Option<JobId>,
    /// What was entered for that job in the name of the two.
    pub entered: Option<JobId>,
    /// What was written between the two of that job.
    pub chat: Option<JobId>,
    /// Photos of that job, and how many of that person are kept in all.
    pub photos: Option<(JobId, PersonId)>,
    /// What the two told the centre of its service after that job, and the satisfaction that waits to be counted.
    pub feedback: Option<JobId>,
    /// Whether that person has ever asked for help.
    pub asked: Option<PersonId>,
    /// How many requests of that person are open or being agreed, their window not past at the moment.
    pub open_requests: Option<(PersonId, Timestamp)>,
    /// Jobs that time alone changes ([`Job::due_at`] at the moment or before), with their offers, at most [`DUE_MAX`]; and
    /// what nobody looks after any longer by then.
    pub due: Option<Timestamp>,
}

/// What a store loaded.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Snapshot {
    /// The command as carried out before.
    pub remembered: Option<Remembered>,
    /// Jobs.
    pub jobs: BTreeMap<JobId, Job>,
    /// Their offers.
    pub offers: BTreeMap<OfferId, Offer>,
    /// Whether a job between the two of that offer was paid before, whoever of them helped.
    pub acquainted: bool,
    /// Open requests of the person.
    pub open_requests: u32,
    /// The helper, if they are known.
    pub helper: Option<PersonId>,
    /// What the helper has registered.
    pub registered: Option<Registered>,
    /// Whether one of the helper and the requester keeps away from the other.
    pub apart: bool,
    /// What the centre asked of the helper.
    pub enquiry: Option<Enquiry>,
    /// How many people the centre asked for that job.
    pub enquiries: u32,
    /// What was told of people met in the job.
    pub concerns: Vec<Concern>,
    /// How many open concerns the helper has told of, whatever the job.
    pub told: u32,
    /// Who looks after the job, or did last.
    pub claim: Option<Claim>,
    /// How many memos there are about it.
    pub memos: u32,
    /// What was entered for the job in the name of the two, by when and its id.
    pub entered: Vec<Entered>,
    /// What was written between the two so far.
    pub chat: ChatSoFar,
    /// Photos, by when and their id.
    pub photos: Vec<Photo>,
    /// How many photos of the person are kept, whatever the job.
    pub photos_of_person: u32,
    /// What the two told the centre of its service, the requester first.
    pub feedback: Vec<Feedback>,
    /// Where the person is asked for satisfaction: that of others, of whom few have said so.
    pub satisfaction: Satisfaction,
    /// Whether the person has ever asked for help.
    pub asked: bool,
    /// Requests that somebody looked after until then.
    pub lapsed: Vec<JobId>,
}

impl Snapshot {
    /// The offers for a job, by id.
    pub fn offers_of(&self, job: JobId) -> impl Iterator<Item = &Offer> {
        self.offers.values().filter(move |offer| offer.job == job)
    }
}

/// What the person's command needs; `entered_by` is the operator who does it in their name, if they are on the phone.
pub fn reads(command: &Command, context: &Context, entered_by: Option<PersonId>) -> Reads {
    let job = command.job();
    let entered = entered_by.map(|_| job);
    let plain = Reads { command: Some(context.command), job: Some(job), entered, ..Reads::default() };
    match command {
        Command::Ask { .. } => Reads {
            open_requests: Some((context.actor.person, context.now)),
            asked: Some(context.actor.person),
            ..plain
        },
        Command::Offer { job, offer, .. } => {
            Reads { offer: Some(*offer), helper: Some((*job, Whom::Person(context.actor.person))), ..plain }
        }
        Command::Raise { job, .. } => {
            Reads { helper: Some((*job, Whom::Person(context.actor.person))), concerns: Some(*job), ..plain }
        }
        Command::Desk { job, act: DeskAct::Take { .. } | DeskAct::Find { .. } } => {
            Reads { concerns: Some(*job), ..plain }
        }
        Command::Decline { job } => Reads { helper: Some((*job, Whom::Person(context.actor.person))), ..plain },
        Command::Desk { job, act: DeskAct::Enquire { helper } } => {
            Reads { helper: Some((*job, Whom::Registered(*helper))), case: Some(*job), ..plain }
        }
        Command::Desk { job, act: DeskAct::Read { .. } } | Command::Rate { job, .. } => {
            Reads { feedback: Some(*job), ..plain }
        }
        Command::Desk { job, .. } => Reads { case: Some(*job), entered: Some(*job), chat: Some(*job), ..plain },
        Command::Chat { job, .. } => Reads { chat: Some(*job), ..plain },
        Command::AddPhoto { job, .. } | Command::RemovePhoto { job, .. } => {
            Reads { chat: Some(*job), photos: Some((*job, context.actor.person)), ..plain }
        }
        Command::Choose { job, offer } => {
            Reads { acquainted: Some(*offer), helper: Some((*job, Whom::Offer(*offer))), ..plain }
        }
        Command::Withdraw { .. }
        | Command::Notify { .. }
        | Command::BeLate { .. }
        | Command::CheckIn { .. }
        | Command::Report { .. }
        | Command::Consult { .. }
        | Command::Cancel { .. }
        | Command::Thank { .. } => plain,
    }
}

/// What the town's own step needs.
pub fn reads_of_step(step: &Step, now: Timestamp) -> Reads {
    match step {
        Step::Held { job, .. }
        | Step::HoldRefused { job, .. }
        | Step::Settled { job, .. }
        | Step::HoldLost { job, .. }
        | Step::Released { job, .. } => Reads { job: Some(*job), ..Reads::default() },
        Step::ExpireDue => Reads { due: Some(now), ..Reads::default() },
    }
}
