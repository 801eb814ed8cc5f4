//! People who help (手伝う人): what they registered, whom the centre asks, who keeps away from whom, and what matching is
//! to know of all that.

mod act;
mod apart;
mod enquiry;
mod form;
mod known;
mod plan;
mod registered;
#[cfg(test)]
mod tests;

pub use act::{SelfAct, tell_self};
pub use apart::Apart;
pub use enquiry::{Answer, Enquiry};
pub use form::{ProfileForm, REACHES_METRES, TimeOfDay, time_word};
pub use known::{HelperRows, Helpers, KNOWN_DAYS, LATELY_SECONDS, SAID_SECONDS, Suited, candidates, need, suited};
pub use plan::{DayPlan, plan};
pub use registered::Registered;
