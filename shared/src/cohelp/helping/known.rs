//! What matching is to know, gathered from what is kept.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{Answer, Enquiry, Registered};
use crate::cohelp::matching::{
    Candidate, Circumstances, Engagement, Few, Helper, Need, Profile, Reason, Said, Skills, rank,
};
use crate::cohelp::types::{Job, Rules, State};
use crate::kernel::{JobId, Language, PersonId, Timestamp};

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

/// What a request needs; none if its area is no longer one of the town's. `enquiries` may be about other requests too.
pub fn need(job: &Job, enquiries: &[Enquiry], rules: &Rules, now: Timestamp) -> Option<Need> {
    let request = &job.request;
    let said_no = |enquiry: &&Enquiry| enquiry.job == job.id && matches!(enquiry.answer, Some((Answer::No, _)));
    Some(Need {
        job: job.id,
        requester: job.requester,
        kind: request.category,
        place: *rules.areas.get(&request.area)?,
        window: request.window,
        minutes: request.minutes,
        skills: Skills::NONE,
        languages: Few::new([Language::Japanese]).ok()?,
        course: false,
        urgent: request.window.starts() < now.plus_seconds(URGENT_SECONDS),
        declined: enquiries.iter().filter(said_no).map(|enquiry| enquiry.helper).collect(),
    })
}

/// Everybody who may be asked for that request, best first.
pub fn candidates(
    job: &Job,
    helpers: &Helpers,
    enquiries: &[Enquiry],
    rules: &Rules,
    now: Timestamp,
) -> Vec<Candidate> {
    let (Some(need), Some(hours)) = (need(job, enquiries, rules, now), rules.hours()) else { return Vec::new() };
    rank(&need, &helpers.iter().collect::<Vec<_>>(), hours)
}

/// A request that suits somebody, and why.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Suited {
    /// Which request.
    pub job: JobId,
    /// What speaks for it, as the helper may read it.
    pub reasons: Vec<Reason>,
}

/// Which of the requests suit the one helper, best first. A no said before is theirs to change, so it bars nothing here.
pub fn suited(jobs: &[Job], helpers: &Helpers, person: PersonId, rules: &Rules, now: Timestamp) -> Vec<Suited> {
    let mut found: Vec<(u32, &Job, Vec<Reason>)> = Vec::new();
    for job in jobs {
        let candidates = candidates(job, helpers, &[], rules, now);
        let own = candidates.into_iter().find(|candidate| candidate.helper == person);
        if let Some(candidate) = own {
            let points = candidate.points();
            found.push((points, job, candidate.reasons.into_iter().filter(|reason| reason.is_open()).collect()));
        }
    }
    found.sort_by_key(|(points, job, _)| (core::cmp::Reverse(*points), job.request.window.starts(), job.id));
    found.into_iter().map(|(_, job, reasons)| Suited { job: job.id, reasons }).collect()
}
