//! Flows across slices as `(State, Event) → Commands`: the only place that may use several of them.

mod rules;
mod settle;

pub use rules::{cohelp_rules, takes, terms};
pub use settle::{Follow, Outcome, command, follow, outcome, retry_seconds};
