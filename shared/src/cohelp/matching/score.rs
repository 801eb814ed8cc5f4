//! What speaks for a helper, in points: the score is what the reasons come to, so that the page can explain every point.

use serde::{Deserialize, Serialize};

use super::eligible::Fit;
use super::need::{Helper, Need, Said};
use super::profile::Evidence;
use crate::kernel::Language;

/// Points of somebody who lives next door; one less for each [`NEAR_STEP_METRES`].
pub(super) const NEAR_POINTS: u32 = 300;
/// So many metres cost a point.
pub(super) const NEAR_STEP_METRES: u32 = 10;
/// Points for each time the two have worked together: who knows each other begins sooner.
pub(super) const TOGETHER_POINTS: u32 = 60;
/// After so many times it counts no more, or nobody new would come.
pub(super) const TOGETHER_TIMES_MAX: u32 = 3;
/// Points of somebody who has shown evidence of every skill that is needed.
pub(super) const EVIDENCE_POINTS: u32 = 80;
/// Points of somebody who speaks a language other than Japanese that the requester named.
pub(super) const LANGUAGE_POINTS: u32 = 60;
/// Points of somebody who had no job in four weeks: work, and thanks, go round.
pub(super) const FAIRNESS_POINTS: u32 = 100;
/// Each job in four weeks costs so many of them.
pub(super) const FAIRNESS_STEP_POINTS: u32 = 20;
/// Points of somebody for whom any time of the window would do.
pub(super) const WHOLE_WINDOW_POINTS: u32 = 50;

/// Points of somebody who always says yes. They are shared out by Laplace's rule of succession, so that who was never
/// asked has half of them. It weighs most, or those who hardly ever answer would come first for having had few jobs.
pub(super) const YES_POINTS: u32 = 600;

/// The most points there can be.
pub const POINTS_MAX: u32 = NEAR_POINTS
    + TOGETHER_POINTS * TOGETHER_TIMES_MAX
    + EVIDENCE_POINTS
    + LANGUAGE_POINTS
    + FAIRNESS_POINTS
    + WHOLE_WINDOW_POINTS
    + YES_POINTS;

/// Something that speaks for a helper.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Reason {
    /// Lives near.
    Near {
        /// How far, in metres as the crow flies.
        metres: u32,
    },
    /// Has helped this requester before.
    WorkedTogether {
        /// How often.
        times: u32,
    },
    /// Has shown evidence of every skill that is needed.
    EvidenceShown,
    /// Speaks a language the requester named, other than Japanese.
    Speaks {
        /// Which.
        language: Language,
    },
    /// Had few jobs in the last four weeks.
    FewJobsLately {
        /// How many.
        jobs: u32,
    },
    /// Any time of the window would do.
    WholeWindow,
    /// Says yes when asked: nobody waits in vain. For the operator and the order, not for other people's eyes.
    SaysYes(Said),
}

impl Reason {
    /// Whether the requester and the helper themself may read it. How often somebody was asked and helped is between them
    /// and the centre.
    pub const fn is_open(self) -> bool {
        !matches!(self, Self::FewJobsLately { .. } | Self::SaysYes(_))
    }

    /// What it is worth.
    pub const fn points(self) -> u32 {
        match self {
            Self::Near { metres } => NEAR_POINTS.saturating_sub(metres / NEAR_STEP_METRES),
            Self::WorkedTogether { times: times @ 0..TOGETHER_TIMES_MAX } => TOGETHER_POINTS * times,
            Self::WorkedTogether { .. } => TOGETHER_POINTS * TOGETHER_TIMES_MAX,
            Self::EvidenceShown => EVIDENCE_POINTS,
            Self::Speaks { .. } => LANGUAGE_POINTS,
            Self::FewJobsLately { jobs } => FAIRNESS_POINTS.saturating_sub(jobs.saturating_mul(FAIRNESS_STEP_POINTS)),
            Self::WholeWindow => WHOLE_WINDOW_POINTS,
            Self::SaysYes(Said { yes, not }) => {
                let (yes, asked) = (yes as u64 + 1, yes as u64 + not as u64 + 2);
                (YES_POINTS as u64 * yes / asked) as u32
            }
        }
    }
}

/// What speaks for a helper who may be asked, each kind of reason at most once; what is worth nothing is no reason.
pub fn reasons(need: &Need, helper: Helper<'_>, fit: &Fit) -> impl Iterator<Item = Reason> {
    let Helper { profile, facts } = helper;
    let mut shown =
        need.skills.iter().map(|(skill, _)| matches!(profile.skills.get(skill), Some(Evidence::Shown { .. })));
    let foreign = |language: &&Language| **language != Language::Japanese && profile.languages.contains(language);
    let found = [
        Some(Reason::Near { metres: fit.metres }),
        facts.together.get(&need.requester).map(|times| Reason::WorkedTogether { times: *times }),
        (!need.skills.is_empty() && shown.all(|shown| shown)).then_some(Reason::EvidenceShown),
        need.languages.iter().find(foreign).map(|language| Reason::Speaks { language: *language }),
        Some(Reason::FewJobsLately { jobs: facts.lately }),
        fit.whole_window.then_some(Reason::WholeWindow),
        Some(Reason::SaysYes(facts.said)),
    ];
    found.into_iter().flatten().filter(|reason| reason.points() > 0)
}

/// What the reasons come to.
pub(super) fn points(reasons: impl IntoIterator<Item = Reason>) -> u32 {
    reasons.into_iter().map(Reason::points).sum()
}
