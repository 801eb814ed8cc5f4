//! A store in memory, written for obviousness: what every other store is compared with.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};

use super::command::{OutboxItem, Remembered};
use super::decide::Changes;
use super::helping::{
    Answer, Apart, Enquiry, HelperRows, KNOWN_DAYS, LATELY_SECONDS, Registered, SAID_SECONDS, helper_id,
};
use super::matching::Said;
use super::reads::{DUE_MAX, Reads, Snapshot, Whom};
use super::store::{BoardRows, Change, DeskRows, NEWS_KEPT, News, Reach, Store};
use super::types::{
    CallBack, ChatMessage, ChatSoFar, Claim, Concern, Entered, Feedback, Job, Listed, Memo, Notification,
    NotificationKind, Occurred, Occurrence, Offer, OfferState, People, Photo, PhotoChange, Satisfaction, Show, Side,
    State, Tally,
};
use crate::kernel::{
    CommandId, ConcernId, Day, Fault, HelperId, JobId, Month, OfferId, PersonId, PhotoId, Timestamp, limit,
};

/// Everything the store holds.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Rows {
    /// Jobs.
    pub jobs: BTreeMap<JobId, Job>,
    /// Offers.
    pub offers: BTreeMap<OfferId, Offer>,
    /// What people registered.
    pub registered: BTreeMap<PersonId, Registered>,
    /// Who keeps away from whom.
    pub apart: BTreeMap<(PersonId, PersonId), Timestamp>,
    /// What people told of others.
    pub concerns: BTreeMap<ConcernId, Concern>,
    /// Who looks after what.
    pub claims: BTreeMap<JobId, Claim>,
    /// What operators wrote down.
    pub memos: BTreeMap<CommandId, Memo>,
    /// What operators did in the name of others.
    pub entered: BTreeMap<CommandId, Entered>,
    /// What the two of each job wrote to each other, by number.
    pub chat: BTreeMap<(JobId, u32), ChatMessage>,
    /// Photos, with the bytes of their pictures.
    pub photos: BTreeMap<PhotoId, (Photo, Vec<u8>)>,
    /// What the two told the centre of its service.
    pub feedback: BTreeMap<(JobId, Side), Feedback>,
    /// Satisfaction that waits to be counted.
    pub satisfaction: Satisfaction,
    /// What happened, in order.
    pub occurrences: Vec<Occurrence>,
    /// Who was helped by whom, in which month.
    pub helped: Vec<(Month, PersonId, PersonId)>,
    /// What people are told, by number.
    pub notifications: BTreeMap<u64, (Notification, bool)>,
    /// What changed, by number, and for whom.
    pub news: BTreeMap<u64, (JobId, Reach)>,
    /// Whom the centre asked.
    pub enquiries: BTreeMap<(JobId, PersonId), Enquiry>,
    /// Events that wait.
    pub outbox: BTreeMap<CommandId, OutboxItem>,
    /// Commands carried out.
    pub commands: BTreeMap<CommandId, Remembered>,
}

impl Rows {
    fn concerns_of(&self, job: JobId) -> Vec<Concern> {
        let mut concerns: Vec<_> = self.concerns.values().filter(|concern| concern.job == job).cloned().collect();
        concerns.sort_by_key(|concern| (concern.at, concern.id));
        concerns
    }

    fn memos_of(&self, job: JobId) -> Vec<Memo> {
        let mut memos: Vec<_> = self.memos.values().filter(|memo| memo.job == job).cloned().collect();
        memos.sort_by_key(|memo| (memo.at, memo.id));
        memos
    }

    fn entered_for(&self, job: JobId) -> Vec<Entered> {
        let mut entered: Vec<_> = self.entered.values().filter(|entered| entered.job == job).copied().collect();
        entered.sort_by_key(|entered| (entered.at, entered.id));
        entered
    }

    fn photos_of(&self, job: JobId) -> Vec<Photo> {
        let of_job = self.photos.values().map(|(photo, _)| photo).filter(|photo| photo.job == job);
        let mut photos: Vec<_> = of_job.cloned().collect();
        photos.sort_by_key(|photo| (photo.at, photo.id));
        photos
    }

    fn chat_so_far(&self, job: JobId) -> ChatSoFar {
        let messages = self.chat.values().filter(|message| message.job == job);
        let last = messages.clone().map(|message| message.number).max().unwrap_or_default();
        let (of_helpers, of_requester): (Vec<_>, Vec<_>) = messages.partition(|message| message.by == message.helper);
        let count = |of: &[_]| u32::try_from(of.len()).unwrap_or(u32::MAX);
        ChatSoFar {
            last,
            of_requester: count(&of_requester),
            of_helpers: count(&of_helpers),
            by_helper: of_helpers.iter().map(|message| message.at).max(),
        }
    }

    fn feedback_of(&self, job: JobId) -> Vec<Feedback> {
        self.feedback.values().filter(|feedback| feedback.job == job).cloned().collect()
    }

    fn holder(&self, job: JobId, now: Timestamp) -> Option<Claim> {
        self.claims.get(&job).filter(|claim| claim.holds(now)).copied()
    }

    fn are_apart(&self, one: PersonId, other: PersonId) -> bool {
        self.apart.contains_key(&(one, other)) || self.apart.contains_key(&(other, one))
    }
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
            found.lapsed = rows.claims.values().filter(|claim| !claim.holds(now)).map(|claim| claim.job).collect();
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
        let named = |whom| match whom {
            Whom::Person(person) => Some(person),
            Whom::Offer(id) => rows.offers.get(&id).map(|offer| offer.helper),
            Whom::Registered(id) => rows.registered.keys().copied().find(|person| helper_id(*person) == id),
        };
        found.helper = reads.helper.and_then(|(_, whom)| named(whom));
        if let (Some((job, _)), Some(helper)) = (reads.helper, found.helper) {
            let requester = rows.jobs.get(&job).map(|job| job.requester);
            found.registered = rows.registered.get(&helper).cloned();
            found.apart = requester.is_some_and(|requester| rows.are_apart(requester, helper));
            found.enquiry = rows.enquiries.get(&(job, helper)).copied();
            let told = rows.concerns.values().filter(|told| told.by == helper && told.finding.is_none());
            found.told = u32::try_from(told.count()).unwrap_or(u32::MAX);
            let asked = rows.enquiries.keys().filter(|(asked, _)| *asked == job);
            found.enquiries = u32::try_from(asked.count()).unwrap_or(u32::MAX);
        }
        found.concerns = reads.concerns.map(|job| rows.concerns_of(job)).unwrap_or_default();
        found.claim = reads.case.and_then(|job| rows.claims.get(&job).copied());
        let memos = reads.case.map(|job| rows.memos_of(job).len()).unwrap_or_default();
        found.entered = reads.entered.map(|job| rows.entered_for(job)).unwrap_or_default();
        found.memos = u32::try_from(memos).unwrap_or(u32::MAX);
        found.feedback = reads.feedback.map(|job| rows.feedback_of(job)).unwrap_or_default();
        found.satisfaction = if reads.feedback.is_some() { rows.satisfaction } else { Satisfaction::default() };
        found.asked = reads.asked.is_some_and(|person| rows.jobs.values().any(|job| job.requester == person));
        found.chat = reads.chat.map(|job| rows.chat_so_far(job)).unwrap_or_default();
        if let Some((job, person)) = reads.photos {
            let of_person = rows.photos.values().filter(|(photo, _)| photo.by == person).count();
            found.photos = rows.photos_of(job);
            found.photos_of_person = u32::try_from(of_person).unwrap_or(u32::MAX);
        }
        Ok(found)
    }

    fn commit(&self, changes: &Changes) -> Result<(), Fault> {
        let Changes {
            jobs,
            offers,
            registered,
            apart,
            enquiries,
            concerns,
            claims,
            memos,
            entered,
            chat,
            photos,
            feedback,
            satisfaction,
            occurrences,
            notifications,
            outbox,
            done,
            remember,
        } = changes;
        let mut rows = self.0.borrow_mut();
        rows.jobs.extend(jobs.iter().map(|job| (job.id, job.clone())));
        rows.offers.extend(offers.iter().map(|offer| (offer.id, offer.clone())));
        for (person, registered) in registered {
            match registered {
                Some(registered) => rows.registered.insert(*person, registered.clone()),
                None => rows.registered.remove(person),
            };
        }
        for (Apart { who, from, at }, apart) in apart {
            if *apart {
                rows.apart.entry((*who, *from)).or_insert(*at);
            } else {
                rows.apart.remove(&(*who, *from));
            }
        }
        rows.concerns.extend(concerns.iter().map(|concern| (concern.id, concern.clone())));
        rows.enquiries.extend(enquiries.iter().map(|enquiry| ((enquiry.job, enquiry.helper), *enquiry)));
        for (job, claim) in claims {
            match claim {
                Some(claim) => rows.claims.insert(*job, *claim),
                None => rows.claims.remove(job),
            };
        }
        rows.memos.extend(memos.iter().map(|memo| (memo.id, memo.clone())));
        rows.entered.extend(entered.iter().map(|entered| (entered.id, *entered)));
        for message in chat {
            let since = ChatMessage::kept_since(message.at);
            rows.chat.retain(|_, of| of.at > since);
            rows.chat.insert((message.job, message.number), message.clone());
        }
        for change in photos {
            match change {
                PhotoChange::Added(photo, picture) => {
                    rows.photos.retain(|_, (kept, _)| kept.until > photo.at);
                    rows.photos.insert(photo.id, (photo.clone(), picture.bytes().to_vec()));
                }
                PhotoChange::Removed(photo) => drop(rows.photos.remove(&photo.id)),
            }
        }
        for feedback in feedback {
            let since = Feedback::kept_since(feedback.at);
            rows.feedback.retain(|_, of| of.at > since || of.waits());
            rows.feedback.insert((feedback.job, feedback.side), feedback.clone());
        }
        rows.satisfaction = satisfaction.unwrap_or(rows.satisfaction);
        for occurrence in occurrences {
            let month = occurrence.at.month();
            rows.occurrences.push(*occurrence);
            if let Occurred::Helped { requester, helper, .. } = occurrence.what {
                rows.helped.push((month, requester, helper));
            }
            rows.helped.retain(|(of, ..)| *of >= Occurrence::people_since(month));
        }
        for notification in notifications {
            let next = rows.notifications.keys().next_back().map_or(1, |last| last + 1);
            let since = Notification::kept_since(notification.at);
            rows.notifications.retain(|_, (of, seen)| of.at > since && (*seen || !notification.replaces(of)));
            rows.notifications.insert(next, (*notification, false));
        }
        for change in changes.news() {
            let next = rows.news.keys().next_back().map_or(1, |last| last + 1);
            rows.news.insert(next, change);
            rows.news.retain(|number, _| number + NEWS_KEPT > next);
        }
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
                && !rows.are_apart(job.requester, person)
                && job.requester != person
                && own(job, &[OfferState::Standing, OfferState::Chosen]).is_none()
        });
        let open = shown(others.map(|job| (job.posted_at, job)));
        let holds = |list: &[Job], id: JobId| list.iter().any(|job| job.id == id);
        let offers = rows.offers.values().filter(|offer| {
            (offer.state == OfferState::Standing && holds(&mine, offer.job))
                || (offer.helper == person && holds(&helping, offer.job))
        });
        let waiting = rows.enquiries.values().filter(|asked| asked.helper == person && asked.answer.is_none());
        let asked = waiting.filter_map(|asked| Some((asked.at, rows.jobs.get(&asked.job)?)));
        let asked = asked.filter(|(_, job)| job.is_open(now) && now < job.request.window.starts());
        let asked =
            shown(asked.filter(|(_, job)| !rows.are_apart(job.requester, person)).map(|(at, job)| (at, job.clone())));
        let pairs = rows.apart.keys().flat_map(|(who, from)| [(*who, *from), (*from, *who)]);
        let apart: BTreeSet<_> = pairs.filter(|(one, _)| *one == person).map(|(_, other)| other).collect();
        let (offers, apart) = (offers.cloned().collect(), apart.into_iter().collect());
        let unseen = rows.notifications.values().filter(|(of, seen)| of.person == person && !seen).count();
        let unseen = u32::try_from(unseen).unwrap_or(u32::MAX);
        Ok(BoardRows { offers, mine, helping, open, asked, apart, unseen })
    }

    fn desk(&self, show: Show, operator: PersonId, now: Timestamp) -> Result<DeskRows, Fault> {
        let rows = self.0.borrow();
        let seen = |job: &Job| show.has(rows.holder(job.id, now).map(|claim| claim.by), operator);
        let shows = |concern: &Concern| show.has(concern.keeper(now), operator);
        let first = |mut jobs: Vec<(Timestamp, &Job)>| {
            jobs.sort_by_key(|(at, job)| (*at, job.id));
            jobs.into_iter().take(limit::JOBS_SHOWN_MAX as usize).map(|(_, job)| job.clone()).collect::<Vec<_>>()
        };
        let waiting: Vec<_> =
            rows.jobs.values().filter(|job| seen(job)).filter_map(|job| Some((job.due_at_centre()?, job))).collect();
        let waiting_count = u32::try_from(waiting.len()).unwrap_or(u32::MAX);
        let ends = |job: &Job| job.request.window.ends();
        let agreed = rows.jobs.values().filter(|job| {
            let waits = job.waits_for_centre().is_some();
            matches!(job.state, State::Agreed(_)) && !waits && now < job.silent_from() && seen(job)
        });
        let coming = first(agreed.map(|job| (ends(job), job)).collect());
        let open = rows.jobs.values().filter(|job| job.is_open(now) && seen(job));
        let open = shown(open.map(|job| (job.posted_at, job.clone())));
        let mut concerns: Vec<_> =
            rows.concerns.values().filter(|told| told.finding.is_none() && shows(told)).cloned().collect();
        concerns.sort_by_key(|concern| (concern.due_at(), concern.id));
        let concerns_count = u32::try_from(concerns.len()).unwrap_or(u32::MAX);
        concerns.truncate(limit::JOBS_SHOWN_MAX as usize);
        let waiting = first(waiting);
        let mut call_backs: Vec<_> = rows
            .jobs
            .values()
            .filter(|job| seen(job))
            .filter_map(|job| {
                let why = CallBack::of(
                    job,
                    rows.offers.values(),
                    &rows.entered_for(job.id),
                    rows.chat_so_far(job.id).by_helper,
                    now,
                )?;
                Some((job.clone(), why))
            })
            .collect();
        call_backs.sort_by_key(|(job, _)| (ends(job), job.id));
        call_backs.truncate(limit::JOBS_SHOWN_MAX as usize);
        let called = call_backs.iter().map(|(job, _)| job);
        let mut listed: Vec<_> =
            [&waiting, &coming, &open].into_iter().flatten().chain(called).map(|job| job.id).collect();
        listed.sort_unstable();
        listed.dedup();
        let mut claims: Vec<_> = listed.into_iter().filter_map(|job| rows.holder(job, now)).collect();
        claims.sort_unstable_by_key(|claim| claim.job);
        let mut feedback: Vec<_> =
            rows.feedback.values().filter(|of| of.waits() && show.has(None, operator)).cloned().collect();
        feedback.sort_by_key(|feedback| (feedback.at, feedback.job, feedback.side));
        let feedback_count = u32::try_from(feedback.len()).unwrap_or(u32::MAX);
        feedback.truncate(limit::JOBS_SHOWN_MAX as usize);
        Ok(DeskRows {
            waiting,
            waiting_count,
            coming,
            open,
            concerns,
            concerns_count,
            call_backs,
            feedback,
            feedback_count,
            claims,
        })
    }

    fn registered(&self, person: PersonId) -> Result<Option<Registered>, Fault> {
        Ok(self.0.borrow().registered.get(&person).cloned())
    }

    fn everybody_registered(&self) -> Result<Vec<Registered>, Fault> {
        Ok(self.0.borrow().registered.values().cloned().collect())
    }

    fn registered_as(&self, helper: HelperId) -> Result<Option<Registered>, Fault> {
        Ok(self.0.borrow().registered.values().find(|known| known.id() == helper).cloned())
    }

    fn helpers(&self, of: Option<&[PersonId]>, requesters: &[PersonId], now: Timestamp) -> Result<HelperRows, Fault> {
        let rows = self.0.borrow();
        let concerned = |who: PersonId| of.is_none_or(|these| these.contains(&who));
        let registered: Vec<Registered> =
            rows.registered.iter().filter(|(person, _)| concerned(**person)).map(|(_, r)| r.clone()).collect();
        let counts = |keep: &dyn Fn(&Job) -> bool, helper: PersonId| {
            let had = rows.jobs.values().filter(|job| job.helper() == Some(helper) && keep(job));
            u32::try_from(had.count()).unwrap_or(u32::MAX)
        };
        let mut found = HelperRows { registered, ..HelperRows::default() };
        let (recent, weeks) = (now.plus_seconds(-LATELY_SECONDS), now.plus_seconds(-SAID_SECONDS));
        for registered in &found.registered {
            let helper = registered.profile.person;
            let paid = |job: &Job| matches!(job.state, State::Paid(_));
            let lately = counts(&|job| paid(job) && job.request.window.ends() > recent, helper);
            found.lately.extend((lately > 0).then_some((helper, lately)));
            let mut of_each: Vec<_> = requesters.to_vec();
            of_each.sort_unstable();
            of_each.dedup();
            for requester in of_each {
                let times = counts(&|job| paid(job) && job.requester == requester, helper);
                found.together.extend((times > 0).then_some((requester, helper, times)));
            }
            let mut said = Said::default();
            for enquiry in rows.enquiries.values().filter(|enquiry| enquiry.helper == helper && enquiry.at > weeks) {
                match enquiry.answer {
                    Some((Answer::Yes, _)) => said.yes += 1,
                    Some((Answer::No, _)) => said.not += 1,
                    None if enquiry.at < now.plus_seconds(-Enquiry::SILENT_SECONDS) => said.not += 1,
                    None => {}
                }
            }
            found.said.extend((said != Said::default()).then_some((helper, said)));
        }
        let since = now.plus_seconds(-i64::from(KNOWN_DAYS) * 86_400);
        let helps = |job: &&Job| {
            let gone = matches!(job.state, State::Cancelling { .. } | State::Cancelled { .. });
            let known = found.registered.iter().any(|one| Some(one.profile.person) == job.helper());
            known && !gone && job.request.window.ends() > since
        };
        found.engaged = rows.jobs.values().filter(helps).cloned().collect();
        found.apart = rows.apart.keys().copied().filter(|(who, from)| concerned(*who) || concerned(*from)).collect();
        found.together.sort_unstable();
        Ok(found)
    }

    fn enquiries(&self, jobs: &[JobId]) -> Result<Vec<Enquiry>, Fault> {
        Ok(self.0.borrow().enquiries.values().filter(|enquiry| jobs.contains(&enquiry.job)).copied().collect())
    }

    fn apart(&self, person: PersonId) -> Result<Vec<Apart>, Fault> {
        let rows = self.0.borrow();
        let own = rows.apart.iter().filter(|((who, _), _)| *who == person);
        let mut own: Vec<_> = own.map(|((who, from), at)| Apart { who: *who, from: *from, at: *at }).collect();
        own.sort_by_key(|apart| (apart.at, apart.from));
        Ok(own)
    }

    fn offers_to(&self, helper: PersonId, requester: PersonId) -> Result<Vec<Offer>, Fault> {
        let rows = self.0.borrow();
        let open = |job: &Job| job.requester == requester && matches!(job.state, State::Open { .. });
        let standing = rows.offers.values().filter(|offer| {
            offer.helper == helper && offer.state == OfferState::Standing && rows.jobs.get(&offer.job).is_some_and(open)
        });
        Ok(standing.cloned().collect())
    }

    fn are_apart(&self, one: PersonId, other: PersonId) -> Result<bool, Fault> {
        Ok(self.0.borrow().are_apart(one, other))
    }

    fn told(&self, job: JobId, person: PersonId) -> Result<Vec<Concern>, Fault> {
        let mut told = self.0.borrow().concerns_of(job);
        told.retain(|concern| concern.by == person);
        Ok(told)
    }

    fn concerns(&self, job: JobId) -> Result<Vec<Concern>, Fault> {
        Ok(self.0.borrow().concerns_of(job))
    }

    fn claim(&self, job: JobId) -> Result<Option<Claim>, Fault> {
        Ok(self.0.borrow().claims.get(&job).copied())
    }

    fn memos(&self, job: JobId) -> Result<Vec<Memo>, Fault> {
        Ok(self.0.borrow().memos_of(job))
    }

    fn entered(&self, job: JobId) -> Result<Vec<Entered>, Fault> {
        Ok(self.0.borrow().entered_for(job))
    }

    fn chat(&self, job: JobId, helper: Option<PersonId>) -> Result<Vec<ChatMessage>, Fault> {
        let rows = self.0.borrow();
        let of_job = rows.chat.values().filter(|message| message.job == job);
        Ok(of_job.filter(|message| helper.is_none_or(|helper| message.helper == helper)).cloned().collect())
    }

    fn photos(&self, job: JobId) -> Result<Vec<Photo>, Fault> {
        Ok(self.0.borrow().photos_of(job))
    }

    fn picture(&self, id: PhotoId) -> Result<Option<Vec<u8>>, Fault> {
        Ok(self.0.borrow().photos.get(&id).map(|(_, bytes)| bytes.clone()))
    }

    fn feedback(&self, job: JobId) -> Result<Vec<Feedback>, Fault> {
        Ok(self.0.borrow().feedback_of(job))
    }

    fn occurred(&self) -> Result<u64, Fault> {
        Ok(self.0.borrow().occurrences.len() as u64)
    }

    fn tally(&self) -> Result<Tally, Fault> {
        let rows = self.0.borrow();
        let mut tally = Tally::default();
        for occurrence in &rows.occurrences {
            let (counted, category, one) = occurrence.parts();
            let sum = tally.sums.entry((occurrence.at.month(), counted, category)).or_default();
            *sum = sum.plus(one);
        }
        let months: BTreeSet<_> = rows.helped.iter().map(|(month, ..)| *month).collect();
        for month in months {
            let of = || rows.helped.iter().filter(|(of, ..)| *of == month);
            let helped: BTreeSet<_> = of().map(|(_, requester, _)| requester).collect();
            let helping: BTreeSet<_> = of().map(|(.., helper)| helper).collect();
            let people = People { helped: helped.len() as u64, helping: helping.len() as u64 };
            tally.people.insert(month, people);
        }
        Ok(tally)
    }

    fn see_chat(&self, person: PersonId, job: JobId) -> Result<(), Fault> {
        let wrote = |of: &Notification| (of.person, of.job, of.kind) == (person, job, NotificationKind::Wrote);
        let mut rows = self.0.borrow_mut();
        rows.notifications.values_mut().filter(|(of, _)| wrote(of)).for_each(|(_, seen)| *seen = true);
        Ok(())
    }

    fn news(&self, after: u64) -> Result<News, Fault> {
        let rows = self.0.borrow();
        let last = rows.news.keys().next_back().copied().unwrap_or_default();
        let first = rows.news.keys().next().copied().unwrap_or(1);
        let whole = after <= last && first <= after.saturating_add(1);
        let change =
            |(number, (job, reach)): (&u64, &(JobId, Reach))| Change { number: *number, job: *job, reach: *reach };
        let since = whole.then(|| rows.news.range(after.saturating_add(1)..).map(change).collect());
        Ok(News { last, since })
    }

    fn notifications(&self, person: PersonId) -> Result<Vec<Listed>, Fault> {
        let rows = self.0.borrow();
        let own = rows.notifications.iter().rev().filter(|(_, (of, _))| of.person == person);
        let posted = own.filter_map(|(number, (notification, seen))| {
            let title = rows.jobs.get(&notification.job)?.request.title.clone();
            Some(Listed { number: *number, notification: *notification, title, seen: *seen })
        });
        Ok(posted.take(Notification::SHOWN_MAX as usize).collect())
    }

    fn see(&self, person: PersonId, number: u64) -> Result<(), Fault> {
        let mut rows = self.0.borrow_mut();
        let own = rows.notifications.range_mut(..=number).filter(|(_, (of, _))| of.person == person);
        own.for_each(|(_, (_, seen))| *seen = true);
        Ok(())
    }

    fn open_on(&self, day: Day, now: Timestamp) -> Result<Vec<(Job, Vec<Offer>)>, Fault> {
        let rows = self.0.borrow();
        let mut open: Vec<Job> =
            rows.jobs.values().filter(|job| job.is_open(now) && job.request.window.day() == day).cloned().collect();
        open.sort_by_key(|job| (job.request.window.ends(), job.id));
        open.truncate(limit::DAY_REQUESTS_MAX as usize);
        let of = |job: &Job| rows.offers.values().filter(|offer| offer.job == job.id).cloned().collect();
        Ok(open.into_iter().map(|job| (job.clone(), of(&job))).collect())
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
        let claims = rows.claims.values().map(Claim::until);
        Ok(jobs.chain(rows.outbox.values().map(|item| item.due)).chain(claims).min())
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
