//! A day's requests, and whom to ask for each of them (1日の割り当て).

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::known::{Helpers, need};
use super::{Enquiry, HelperRows};
use crate::cohelp::matching::{Helper, Need, Pin, PinBroken, Proposal, assign, rank};
use crate::cohelp::types::{Job, Rules};
use crate::kernel::{JobId, PersonId, Timestamp};

/// How many people an operator chooses from.
pub const CHOICES_MAX: usize = 8;

/// What an operator sees of a day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DayPlan {
    /// Whom to ask for those requests that nobody has offered to help with or is being asked for.
    pub proposal: Result<Proposal, PinBroken>,
    /// For each of these, the first [`CHOICES_MAX`] who may be asked, best first.
    pub ranked: Vec<(JobId, Vec<PersonId>)>,
}

/// The plan for a day's open requests, each with how many offers stand. Who is being asked for one of them, or asks, is not
/// proposed for another one.
pub fn plan(
    jobs: &[(Job, u32)],
    rows: &HelperRows,
    enquiries: &[Enquiry],
    pins: &[Pin],
    operator: PersonId,
    (rules, now): (&Rules, Timestamp),
) -> DayPlan {
    let waiting: Vec<&Enquiry> = enquiries.iter().filter(|enquiry| enquiry.answer.is_none()).collect();
    let asked_for: BTreeSet<JobId> = waiting.iter().map(|enquiry| enquiry.job).collect();
    let asked: BTreeSet<PersonId> = waiting.iter().map(|enquiry| enquiry.helper).collect();
    let waits = |job: &Job, offers: u32| {
        offers == 0 && !asked_for.contains(&job.id) && job.requester != operator && job.request.window.starts() > now
    };
    let waiting = jobs.iter().filter(|(job, offers)| waits(job, *offers));
    let needs: Vec<Need> = waiting.filter_map(|(job, _)| need(job, enquiries, rules, now)).collect();
    let known = Helpers::new(rows, rules);
    let free = |helper: &Helper<'_>| !asked.contains(&helper.profile.person) && helper.profile.person != operator;
    let helpers: Vec<Helper<'_>> = known.iter().filter(free).collect();
    let Some(hours) = rules.hours() else { return DayPlan { proposal: Ok(Proposal::default()), ranked: Vec::new() } };
    let of = |need: &Need| {
        let ranked = rank(need, &helpers, hours);
        (need.job, ranked.into_iter().take(CHOICES_MAX).map(|candidate| candidate.helper).collect())
    };
    DayPlan { proposal: assign(&needs, &helpers, pins, hours), ranked: needs.iter().map(of).collect() }
}
