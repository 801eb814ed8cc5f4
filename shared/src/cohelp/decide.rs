//! What people may do, and what follows.

mod apply;
mod case;
mod chat;
mod concern;
mod desk;
mod feedback;
pub mod guard;
mod notifications;
mod occurrences;
mod photo;
mod step;
#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet};

use super::command::{Command, Event, OutboxItem, Receipt, Remembered, Step};
use super::helping::{Apart, Enquiry, Registered};
use super::reads::Snapshot;
use super::refusal::Refusal;
use super::store::Reach;
use super::types::{
    ChatMessage, Claim, Concern, Entered, EnteredAct, Feedback, Job, Memo, Notification, Occurrence, Offer,
    PhotoChange, Rules, Satisfaction,
};
use crate::kernel::{Actor, CommandId, Context, JobId, Level, PersonId, Points, Proof, Role, Timestamp};

/// What a decision is told from outside the slice.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Terms<'a> {
    /// The municipality's rules.
    pub rules: &'a Rules,
    /// What the requester can spend, where it is known. Only a help: at agreement the ledger decides.
    pub available: Option<Points>,
    /// The operator who does it in the person's name, if that person is on the phone.
    pub entered_by: Option<PersonId>,
}

/// What a commit writes, all or nothing. Taken apart in full by every store, so that nothing is forgotten.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Changes {
    /// Jobs as they are now.
    pub jobs: Vec<Job>,
    /// Offers as they are now.
    pub offers: Vec<Offer>,
    /// What people registered to help with, as it is now; none for who no longer does.
    pub registered: Vec<(PersonId, Option<Registered>)>,
    /// Who keeps away from whom, or no longer does. Whoever does so already, does so since then.
    pub apart: Vec<(Apart, bool)>,
    /// What the centre asks of whom, as it is now.
    pub enquiries: Vec<Enquiry>,
    /// What people told of others, as it is now.
    pub concerns: Vec<Concern>,
    /// Who at the centre looks after what; none for what nobody does any more.
    pub claims: Vec<(JobId, Option<Claim>)>,
    /// What operators wrote down.
    pub memos: Vec<Memo>,
    /// What operators did in the name of others.
    pub entered: Vec<Entered>,
    /// What the two wrote to each other.
    pub chat: Vec<ChatMessage>,
    /// Photos that are there now, or gone.
    pub photos: Vec<PhotoChange>,
    /// What the two told the centre of its service, as it is now.
    pub feedback: Vec<Feedback>,
    /// How satisfied people are of whom few have said so, as it is now.
    pub satisfaction: Option<Satisfaction>,
    /// What of all this counts.
    pub occurrences: Vec<Occurrence>,
    /// What people are told of all this.
    pub notifications: Vec<Notification>,
    /// Events to carry out; one that waits under the same id stays as it is.
    pub outbox: Vec<OutboxItem>,
    /// Outbox items that are done.
    pub done: Vec<CommandId>,
    /// The command, so that a repeat gets the same answer.
    pub remember: Option<Remembered>,
}

impl Changes {
    /// Whether there is nothing to write.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// The requests that look different at the desk afterwards.
    pub fn touched(&self) -> BTreeSet<JobId> {
        let jobs = self.jobs.iter().map(|job| job.id).chain(self.offers.iter().map(|offer| offer.job));
        let asked = self.enquiries.iter().map(|enquiry| enquiry.job);
        let told = self.concerns.iter().map(|concern| concern.job);
        let cases = self.claims.iter().map(|(job, _)| *job).chain(self.memos.iter().map(|memo| memo.job));
        let entered = self.entered.iter().map(|entered| entered.job);
        let words = self.feedback.iter().filter(|feedback| feedback.words.is_some()).map(|feedback| feedback.job);
        // What the two show each other is theirs, as what they write is.
        let photos = self.photos.iter().map(PhotoChange::photo).filter(|photo| photo.helper.is_none());
        let photos = photos.map(|photo| photo.job);
        jobs.chain(asked).chain(told).chain(cases).chain(entered).chain(words).chain(photos).collect()
    }

    /// Whom each change concerns, by request. Of what the centre is told, asks and notes, the two hear nothing.
    pub fn news(&self) -> BTreeMap<JobId, Reach> {
        let desk = self.touched().into_iter().map(|job| (job, Reach::Desk));
        let mut news: BTreeMap<_, _> = desk.collect();
        let of_the_two = self.jobs.iter().map(|job| job.id).chain(self.chat.iter().map(|message| message.job));
        for job in of_the_two {
            let reach = news.entry(job).or_insert(Reach::TheTwo);
            if *reach == Reach::Desk {
                *reach = Reach::Everybody;
            }
        }
        news
    }

    fn emit(&mut self, event: Event, due: Timestamp) {
        self.outbox.push(OutboxItem { id: event.id(), event, attempts: 0, due });
    }
}

/// An accepted command: the answer, and what to write.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decided {
    /// The answer.
    pub receipt: Receipt,
    /// What to write; empty for a repeated command.
    pub changes: Changes,
}

fn signed_in(actor: &Actor, level: Level, now: Timestamp) -> Result<(), Refusal> {
    if actor.assurance.meets(level, now) { Ok(()) } else { Err(Refusal::LevelMissing { level }) }
}

/// Whether it is somebody proven, whose session is at that level.
pub(super) fn resident(actor: &Actor, level: Level, now: Timestamp) -> Result<(), Refusal> {
    signed_in(actor, level, now)?;
    match actor.assurance.proof {
        Proof::Card { .. } | Proof::Counter { .. } => Ok(()),
        _ => Err(Refusal::CardMissing),
    }
}

/// Whether it is an operator, whose session is at that level.
pub(super) fn operator(actor: &Actor, level: Level, now: Timestamp) -> Result<(), Refusal> {
    if actor.roles.has(Role::Operator) { signed_in(actor, level, now) } else { Err(Refusal::NotOperator) }
}

/// Decides a person's command. A repeat of an accepted one gets the first answer and changes nothing.
pub fn decide(
    snapshot: &Snapshot,
    terms: &Terms<'_>,
    command: &Command,
    context: &Context,
) -> Result<Decided, Refusal> {
    let Context { actor, now, command: id } = context;
    let act = EnteredAct::of(command);
    match command {
        // Nobody on the phone is an operator.
        Command::Desk { .. } if terms.entered_by.is_some() => return Err(Refusal::NotOperator),
        _ if terms.entered_by.is_some() && act.is_none() => return Err(Refusal::NotYours),
        Command::Desk { .. } => operator(actor, command.level(), *now)?,
        _ => resident(actor, command.level(), *now)?,
    }
    let body = command.fingerprint(actor.person);
    if let Some(before) = &snapshot.remembered {
        if before.body != body {
            return Err(Refusal::CommandReused);
        }
        return Ok(Decided { receipt: before.receipt, changes: Changes::default() });
    }
    if let Some(operator) = terms.entered_by {
        guard::entered(snapshot.jobs.get(&command.job()), snapshot.offers.values(), command, operator)?;
        guard::one_voice(&snapshot.entered, operator, actor.person)?;
    }
    let mut changes = apply::apply(snapshot, terms, command, context)?;
    let entered = |(by, act)| Entered { id: *id, job: command.job(), person: actor.person, by, at: *now, act };
    changes.notifications = notifications::notifications(snapshot, &changes, Some(actor.person), *now);
    let occurred = occurrences::occurrences(snapshot, &changes, terms.entered_by.is_some(), *now);
    changes.occurrences.extend(occurred);
    changes.entered.extend(terms.entered_by.zip(act).map(entered));
    let receipt = Receipt { job: command.job(), at: *now };
    changes.remember = Some(Remembered { id: *id, body, receipt });
    Ok(Decided { receipt, changes })
}

/// What follows from a step of the town's own.
pub fn advance(snapshot: &Snapshot, step: &Step, now: Timestamp) -> Changes {
    let mut changes = step::changes(snapshot, step, now);
    changes.notifications = notifications::notifications(snapshot, &changes, None, now);
    changes.occurrences = occurrences::occurrences(snapshot, &changes, false, now);
    changes
}
