//! People who help (手伝う人): what they registered, whom the centre asks, who keeps away from whom, and what matching is
//! to know of all that.

mod act;
mod apart;
mod enquiry;
mod form;
mod known;
mod plan;
mod proven;
mod registered;
#[cfg(test)]
mod tests;

pub use act::{SelfAct, met, tell_self};
pub use apart::Apart;
pub use enquiry::{Answer, Enquiry};
pub use form::{PER_WEEK_OFFERED, ProfileForm, REACHES_METRES, TimeOfDay, time_word};
pub use known::{
    HelperRows, Helpers, KNOWN_DAYS, LATELY_SECONDS, SAID_SECONDS, Suited, candidates, need_of_desk, ranked, suited,
};
pub use plan::{CHOICES_MAX, Day, DayPlan};
pub use proven::{Seen, SeenForm, only_proven, proven, see_helper, unseen};
pub use registered::{Registered, helper_id};
