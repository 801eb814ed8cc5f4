//! One request, everybody who may be asked, best first.

use core::cmp::Reverse;

use serde::{Deserialize, Serialize};

use super::eligible::{Fit, eligible};
use super::need::{Helper, Need};
use super::score::{Reason, points, reasons};
use super::stretch::Stretch;
use crate::kernel::PersonId;

/// Somebody who may be asked, and what speaks for them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Candidate {
    /// Who.
    pub helper: PersonId,
    /// How they fit.
    pub fit: Fit,
    /// What speaks for them.
    pub reasons: Vec<Reason>,
}

impl Candidate {
    pub(super) fn new(need: &Need, helper: Helper<'_>, fit: Fit) -> Self {
        Self { helper: helper.profile.person, fit, reasons: reasons(need, helper, &fit).collect() }
    }

    /// What the reasons come to.
    pub fn points(&self) -> u32 {
        points(self.reasons.iter().copied())
    }
}

/// Everybody who may be asked, most points first; of equals the one with the lower id.
pub fn rank(need: &Need, helpers: &[Helper<'_>], daytime: Stretch) -> Vec<Candidate> {
    let candidate = |helper: &Helper<'_>| {
        let fit = eligible(need, *helper, daytime).ok()?;
        Some(Candidate::new(need, *helper, fit))
    };
    let mut ranked: Vec<Candidate> = helpers.iter().filter_map(candidate).collect();
    ranked.sort_by_cached_key(|candidate| (Reverse(candidate.points()), candidate.helper));
    ranked
}
