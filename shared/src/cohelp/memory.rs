//! A store in memory, written for obviousness: what every other store is compared with.

use std::cell::RefCell;
use std::collections::BTreeMap;

use super::command::{OutboxItem, Remembered};
use super::decide::Changes;
use super::reads::{DUE_MAX, Reads, Snapshot};
use super::store::{BoardRows, DeskRows, Store};
use super::types::{Job, Offer, OfferState, State};
use crate::kernel::{CommandId, Fault, JobId, OfferId, PersonId, Timestamp, limit};

/// Everything the store holds.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Rows {
    /// Jobs.
    pub jobs: BTreeMap<JobId, Job>,
    /// Offers.
    pub offers: BTreeMap<OfferId, Offer>,
    /// Events that wait.
    pub outbox: BTreeMap<CommandId, OutboxItem>,
    /// Commands carried out.
    pub commands: BTreeMap<CommandId, Remembered>,
}

/// A store in memory.
#[derive(Debug, Clone, Default)]
pub struct MemoryStore(RefCell<Rows>);

impl MemoryStore {
    /// A store that holds exactly this.
    pub fn from_rows(rows: Rows) -> Self {
        Self(RefCell::new(rows))
    }

    /// A copy of everything, to compare.
    pub fn dump(&self) -> Rows {
        self.0.borrow().clone()
    }
}

fn shown<K: Ord>(jobs: impl Iterator<Item = (K, Job)>) -> Vec<Job> {
    let mut jobs: Vec<_> = jobs.map(|(key, job)| ((key, job.id), job)).collect();
    jobs.sort_by(|(left, _), (right, _)| right.cmp(left));
    jobs.into_iter().map(|(_, job)| job).take(limit::JOBS_SHOWN_MAX as usize).collect()
}

impl Store for MemoryStore {
    fn read(&self, reads: &Reads) -> Result<Snapshot, Fault> {
        let rows = self.0.borrow();
        let mut found = Snapshot {
            remembered: reads.command.and_then(|id| rows.commands.get(&id).cloned()),
            ..Snapshot::default()
        };
        if let Some(now) = reads.due {
            let mut due: Vec<_> = rows.jobs.values().filter_map(|job| Some((job.due_at()?, job.id))).collect();
            due.sort_unstable();
            let ids = due.into_iter().filter(|(at, _)| *at <= now).take(DUE_MAX as usize).map(|(_, id)| id);
            found.jobs.extend(ids.filter_map(|id| Some((id, rows.jobs.get(&id)?.clone()))));
        }
        found.jobs.extend(reads.job.and_then(|id| Some((id, rows.jobs.get(&id)?.clone()))));
        for offer in rows.offers.values() {
            if found.jobs.contains_key(&offer.job) || reads.offer == Some(offer.id) {
                found.offers.insert(offer.id, offer.clone());
            }
        }
        if let Some(offer) = reads.acquainted.and_then(|id| rows.offers.get(&id))
            && let Some(asked) = rows.jobs.get(&offer.job)
        {
            let pair = [(asked.requester, offer.helper), (offer.helper, asked.requester)];
            let mut paid = rows.jobs.values().filter(|job| matches!(job.state, State::Paid(_)));
            found.acquainted =
                paid.any(|job| job.helper().is_some_and(|helper| pair.contains(&(job.requester, helper))));
        }
        if let Some((person, now)) = reads.open_requests {
            let open = rows.jobs.values().filter(|job| {
                job.requester == person
                    && now < job.request.window.ends()
                    && matches!(job.state, State::Open { .. } | State::Agreeing(_))
            });
            found.open_requests = u32::try_from(open.count()).unwrap_or(u32::MAX);
        }
        Ok(found)
    }

    fn commit(&self, changes: &Changes) -> Result<(), Fault> {
        let Changes { jobs, offers, outbox, done, remember } = changes;
        let mut rows = self.0.borrow_mut();
        rows.jobs.extend(jobs.iter().map(|job| (job.id, job.clone())));
        rows.offers.extend(offers.iter().map(|offer| (offer.id, offer.clone())));
        for item in outbox {
            rows.outbox.entry(item.id).or_insert_with(|| item.clone());
        }
        for id in done {
            rows.outbox.remove(id);
        }
        rows.commands.extend(remember.iter().map(|remembered| (remembered.id, remembered.clone())));
        Ok(())
    }

    fn job(&self, id: JobId) -> Result<Option<(Job, Vec<Offer>)>, Fault> {
        let rows = self.0.borrow();
        let offers = rows.offers.values().filter(|offer| offer.job == id).cloned().collect();
        Ok(rows.jobs.get(&id).map(|job| (job.clone(), offers)))
    }

    fn board(&self, person: PersonId, now: Timestamp) -> Result<BoardRows, Fault> {
        let rows = self.0.borrow();
        let own = |job: &Job, states: &[OfferState]| {
            let own = rows.offers.values().filter(|offer| offer.job == job.id && offer.helper == person);
            own.filter(|offer| states.contains(&offer.state)).map(|offer| offer.at).max()
        };
        let jobs = || rows.jobs.values().cloned();
        let mine = shown(jobs().filter(|job| job.requester == person).map(|job| (job.posted_at, job)));
        let helping =
            shown(jobs().filter_map(|job| Some((own(&job, &[OfferState::Standing, OfferState::Chosen])?, job))));
        let others = jobs().filter(|job| {
            job.is_open(now)
                && job.requester != person
                && own(job, &[OfferState::Standing, OfferState::Chosen]).is_none()
        });
        let open = shown(others.map(|job| (job.posted_at, job)));
        let holds = |list: &[Job], id: JobId| list.iter().any(|job| job.id == id);
        let offers = rows.offers.values().filter(|offer| {
            (offer.state == OfferState::Standing && holds(&mine, offer.job))
                || (offer.helper == person && holds(&helping, offer.job))
        });
        Ok(BoardRows { offers: offers.cloned().collect(), mine, helping, open })
    }

    fn desk(&self, now: Timestamp) -> Result<DeskRows, Fault> {
        let rows = self.0.borrow();
        let first = |mut jobs: Vec<(Timestamp, &Job)>| {
            jobs.sort_by_key(|(at, job)| (*at, job.id));
            jobs.into_iter().take(limit::JOBS_SHOWN_MAX as usize).map(|(_, job)| job.clone()).collect::<Vec<_>>()
        };
        let waiting: Vec<_> = rows.jobs.values().filter_map(|job| Some((job.waits_for_centre()?.1, job))).collect();
        let waiting_count = u32::try_from(waiting.len()).unwrap_or(u32::MAX);
        let ends = |job: &Job| job.request.window.ends();
        let agreed = rows.jobs.values().filter(|job| {
            matches!(job.state, State::Agreed(_)) && job.waits_for_centre().is_none() && now < job.silent_from()
        });
        let coming = first(agreed.map(|job| (ends(job), job)).collect());
        let open = shown(rows.jobs.values().filter(|job| job.is_open(now)).map(|job| (job.posted_at, job.clone())));
        Ok(DeskRows { waiting: first(waiting), waiting_count, coming, open })
    }

    fn outbox_due(&self, now: Timestamp, limit: u32) -> Result<Vec<OutboxItem>, Fault> {
        let rows = self.0.borrow();
        let mut due: Vec<_> = rows.outbox.values().filter(|item| item.due <= now).cloned().collect();
        due.sort_by_key(|item| (item.due, item.id));
        due.truncate(limit as usize);
        Ok(due)
    }

    fn postpone(&self, id: CommandId, attempts: u32, due: Timestamp) -> Result<(), Fault> {
        if let Some(item) = self.0.borrow_mut().outbox.get_mut(&id) {
            (item.attempts, item.due) = (attempts, due);
        }
        Ok(())
    }

    fn next_due(&self) -> Result<Option<Timestamp>, Fault> {
        let rows = self.0.borrow();
        let jobs = rows.jobs.values().filter_map(Job::due_at);
        Ok(jobs.chain(rows.outbox.values().map(|item| item.due)).min())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keeps_the_contract() {
        for (name, case) in crate::cohelp::contract::cases::<MemoryStore>() {
            assert_eq!(case(&MemoryStore::default()), Ok(()), "{name}");
        }
    }
}
