//! A day's requests, and whom to ask for each of them (1日の割り当て).

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::known::{Helpers, need_of_desk};
use super::{Enquiry, HelperRows, proven};
use crate::cohelp::matching::{Helper, Need, Pin, PinBroken, Proposal, assign, rank};
use crate::cohelp::types::{Claim, Job, Offer, OfferState, Rules};
use crate::kernel::{JobId, PersonId, Timestamp, limit};

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

/// Everything a day's plan is made of.
#[derive(Debug, Clone, Copy)]
pub struct Day<'a> {
    /// Its open requests with their offers.
    pub jobs: &'a [(Job, Vec<Offer>)],
    /// What is kept of who helps.
    pub rows: &'a HelperRows,
    /// Whom the centre asked for these requests.
    pub enquiries: &'a [Enquiry],
    /// Who looks after which of them.
    pub claims: &'a [Claim],
    /// Who makes the plan.
    pub operator: PersonId,
}

impl Day<'_> {
    /// The plan, with what the operator wants kept. For what a colleague looks after nobody is proposed. Who is being asked for one of the requests, or makes the plan, is not
    /// proposed for another one.
    pub fn plan(&self, pins: &[Pin], rules: &Rules, now: Timestamp) -> DayPlan {
        let waiting: Vec<&Enquiry> = self.enquiries.iter().filter(|enquiry| self.waits(enquiry, rules, now)).collect();
        let asked: BTreeSet<PersonId> = waiting.iter().map(|enquiry| enquiry.helper).collect();
        let asked_for: BTreeSet<JobId> = waiting.iter().map(|enquiry| enquiry.job).collect();
        let needy = self.jobs.iter().filter(|(job, offers)| {
            let standing = offers.iter().any(|offer| offer.state == OfferState::Standing);
            !standing && !asked_for.contains(&job.id) && self.askable(job, now)
        });
        let needs: Vec<Need> =
            needy.filter_map(|(job, offers)| need_of_desk(job, offers, self.enquiries, rules, now)).collect();
        let known = Helpers::new(self.rows, rules);
        let free =
            |helper: &Helper<'_>| !asked.contains(&helper.profile.person) && helper.profile.person != self.operator;
        let helpers: Vec<Helper<'_>> = known.iter().filter(free).collect();
        let Some(hours) = rules.hours() else {
            return DayPlan { proposal: Ok(Proposal::default()), ranked: Vec::new() };
        };
        let of = |need: &Need| {
            let ranked = rank(need, &helpers, hours).into_iter().take(CHOICES_MAX);
            (need.job, ranked.map(|candidate| candidate.helper).collect())
        };
        DayPlan { proposal: assign(&needs, &helpers, pins, hours), ranked: needs.iter().map(of).collect() }
    }

    /// Whether a yes may still come: silence of more than a day is a no, and who keeps away, or may not help with it any more, has no
    /// way to say it.
    fn waits(&self, enquiry: &Enquiry, rules: &Rules, now: Timestamp) -> bool {
        let Some((job, _)) = self.jobs.iter().find(|(job, _)| job.id == enquiry.job) else { return enquiry.waits(now) };
        let pair = [(job.requester, enquiry.helper), (enquiry.helper, job.requester)];
        let apart = self.rows.apart.iter().any(|known| pair.contains(known));
        let registered = self.rows.registered.iter().find(|known| known.profile.person == enquiry.helper);
        enquiry.waits(now) && !apart && proven(&job.request, rules, registered).is_ok()
    }

    fn askable(&self, job: &Job, now: Timestamp) -> bool {
        let asked = self.enquiries.iter().filter(|enquiry| enquiry.job == job.id).count();
        job.requester != self.operator
            && now < job.request.window.starts()
            && !self.claims.iter().any(|claim| claim.job == job.id && claim.by != self.operator && claim.holds(now))
            && u32::try_from(asked).is_ok_and(|asked| asked < limit::ENQUIRIES_MAX)
    }
}
