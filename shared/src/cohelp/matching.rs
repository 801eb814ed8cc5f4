//! Who could help with what (マッチング): hard rules, points with their reasons, and a proposal for a whole day.
//!
//! [`eligible`] says whether somebody may be asked at all, and why not; [`reasons`] what speaks for them, in points;
//! [`rank`] puts everybody in order for one request, and [`assign`] finds the best for all requests together. The page
//! shows what these say and the operator decides. `docs/MATCHING.md` has the rules and the table of points.

mod assign;
mod bounded;
mod eligible;
#[cfg(feature = "testing")]
pub mod fixture;
mod need;
mod profile;
mod proposal;
mod rank;
mod score;
mod stretch;
#[cfg(test)]
mod tests;

pub use assign::assign;
pub use bounded::{BoundError, ByCode, Code, Few, Within};
pub use eligible::{Bar, Fit, eligible};
pub use need::{Asked, Circumstances, Engagement, Helper, Need, Said};
pub use profile::{Evidence, PerWeek, Profile, REST_DAYS_MAX, Reach, SkillCode, Skills, Travel};
pub use proposal::{Pair, Pin, PinBroken, PinFault, Proposal, Unserved};
pub use rank::{Candidate, rank};
pub use score::{POINTS_MAX, Reason, reasons};
pub use stretch::{Hours, Stretch, StretchError, Week};
