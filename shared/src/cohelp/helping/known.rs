//! What matching is to know, gathered from what is kept.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::{Enquiry, Registered};
use crate::cohelp::matching::{Candidate, Circumstances, Engagement, Helper, Need, Profile, Reason, Said, rank};
use crate::cohelp::types::{Ending, Job, Offer, OfferState, Rules, State};
use crate::kernel::{JobId, PersonId, Timestamp};

/// From so many days back jobs are known: the week a job is in begins at most six days before it.
pub const KNOWN_DAYS: i32 = 8;
/// Paid jobs count as lately for four weeks after their window.
pub const LATELY_SECONDS: i64 = 28 * 86_400;
/// What somebody was asked counts for twelve weeks.
pub const SAID_SECONDS: i64 = 84 * 86_400;
/// Before its window begins by less than this a request goes before others.
const URGENT_SECONDS: i64 = 86_400;

/// What is kept of people who help. Every list is about those in `registered`, but `apart`.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct HelperRows {
    /// What they registered, by person.
    pub registered: Vec<Registered>,
    /// Jobs they were chosen for and that were not called off, their windows not longer past than [`KNOWN_DAYS`].
    pub engaged: Vec<Job>,
    /// How often who asked was helped by whom, and paid for it.
    pub together: Vec<(PersonId, PersonId, u32)>,
    /// How many paid jobs of the last four weeks each had.
    pub lately: Vec<(PersonId, u32)>,
    /// What each said to enquiries of the last twelve weeks; silence of more than a day is a no.
    pub said: Vec<(PersonId, Said)>,
    /// Who keeps away from whom.
    pub apart: Vec<(PersonId, PersonId)>,
}

/// People who could be asked, as matching wants them.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Helpers(Vec<(Profile, Circumstances)>);

impl Helpers {
    /// Those whose area is one of the town's.
    pub fn new(rows: &HelperRows, rules: &Rules) -> Self {
        let mut facts: BTreeMap<PersonId, Circumstances> = BTreeMap::new();
        for job in rows.engaged.iter().filter(|job| keeps(job)) {
            if let (Some(helper), Some(place)) = (job.helper(), rules.areas.get(&job.request.area)) {
                let engagement = Engagement { window: job.request.window, place: *place };
                facts.entry(helper).or_default().agreed.push(engagement);
            }
        }
        for (requester, helper, times) in &rows.together {
            facts.entry(*helper).or_default().together.insert(*requester, *times);
        }
        for (helper, jobs) in &rows.lately {
            facts.entry(*helper).or_default().lately = *jobs;
        }
        for (helper, said) in &rows.said {
            facts.entry(*helper).or_default().said = *said;
        }
        for (who, from) in &rows.apart {
            facts.entry(*who).or_default().apart.insert(*from);
            facts.entry(*from).or_default().apart.insert(*who);
        }
        let known = |registered: &Registered| {
            let profile = registered.profile(rules)?;
            let facts = facts.get(&profile.person).cloned().unwrap_or_default();
            Some((profile, facts))
        };
        Self(rows.registered.iter().filter_map(known).collect())
    }

    /// Them, for [`rank`] and [`assign`](crate::cohelp::matching::assign).
    pub fn iter(&self) -> impl Iterator<Item = Helper<'_>> {
        self.0.iter().map(|(profile, facts)| Helper { profile, facts })
    }
}

/// Whether the helper still has to be there, or was.
const fn keeps(job: &Job) -> bool {
    matches!(
        job.state,
        State::Agreeing(_) | State::Agreed(_) | State::Disputed(..) | State::Paying(..) | State::Paid(_)
    )
}

/// What a request needs; none if its area is no longer one of the town's.
fn need(job: &Job, rules: &Rules, now: Timestamp) -> Option<Need> {
    let request = &job.request;
    Some(Need {
        job: job.id,
        requester: job.requester,
        kind: request.category,
        place: *rules.areas.get(&request.area)?,
        window: request.window,
        minutes: request.minutes,
        skills: rules.skills(request),
        languages: request.languages.clone(),
        course: rules.course(request),
        urgent: request.window.starts() < now.plus_seconds(URGENT_SECONDS),
        declined: BTreeSet::new(),
    })
}

/// What a request needs of whom the centre could still ask: not of who was asked, offers, took an offer back, or was found not to
/// suit. All of these may still come by themselves. `enquiries` may be about other requests too.
pub fn need_of_desk(job: &Job, offers: &[Offer], enquiries: &[Enquiry], rules: &Rules, now: Timestamp) -> Option<Need> {
    let unsuited = matches!(job.state, State::Open { left: Some(Ending::Unsuited { .. }), .. });
    let out = |offer: &&Offer| match offer.state {
        OfferState::Standing | OfferState::Withdrawn | OfferState::Chosen => true,
        OfferState::Declined => unsuited,
    };
    let offered = offers.iter().filter(out).map(|offer| offer.helper);
    let asked = enquiries.iter().filter(|enquiry| enquiry.job == job.id).map(|enquiry| enquiry.helper);
    Some(Need { declined: asked.chain(offered).collect(), ..need(job, rules, now)? })
}

/// Everybody who fits the request, best first, whether or not they were asked.
pub fn candidates(job: &Job, helpers: &Helpers, rules: &Rules, now: Timestamp) -> Vec<Candidate> {
    need(job, rules, now).map_or_else(Vec::new, |need| ranked(&need, helpers, rules))
}

/// Everybody who may be asked for it, best first.
pub fn ranked(need: &Need, helpers: &Helpers, rules: &Rules) -> Vec<Candidate> {
    rules.hours().map_or_else(Vec::new, |hours| rank(need, &helpers.iter().collect::<Vec<_>>(), hours))
}

/// A request that suits somebody, and why.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Suited {
    /// Which request.
    pub job: JobId,
    /// What speaks for it, as the helper may read it.
    pub reasons: Vec<Reason>,
}

/// Which of the requests suit the one helper, best first.
pub fn suited(jobs: &[Job], helpers: &Helpers, person: PersonId, rules: &Rules, now: Timestamp) -> Vec<Suited> {
    let mut found: Vec<(u32, &Job, Vec<Reason>)> = Vec::new();
    for job in jobs.iter().filter(|job| now < job.request.window.starts()) {
        let own = candidates(job, helpers, rules, now).into_iter().find(|candidate| candidate.helper == person);
        if let Some(candidate) = own {
            let points = candidate.points();
            found.push((points, job, candidate.reasons.into_iter().filter(|reason| reason.is_open()).collect()));
        }
    }
    found.sort_by_key(|(points, job, _)| (core::cmp::Reverse(*points), job.request.window.starts(), job.id));
    found.into_iter().map(|(_, job, reasons)| Suited { job: job.id, reasons }).collect()
}
