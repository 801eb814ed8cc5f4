//! Flows across slices as `(State, Event) → Commands`: the only place that may use several of them.

// Money: nothing overflows, wraps, rounds or loses a digit without saying so.
#![cfg_attr(
    not(any(test, feature = "testing")),
    deny(clippy::arithmetic_side_effects, clippy::integer_division, clippy::float_arithmetic)
)]
#![cfg_attr(
    not(any(test, feature = "testing")),
    deny(clippy::cast_possible_truncation, clippy::cast_possible_wrap, clippy::cast_sign_loss)
)]

mod retry;
mod rules;
mod settle;
pub mod transit;

pub use rules::{cohelp_rules, conditions, takes, terms};
pub use settle::{Follow, Outcome, command, follow, outcome, retry_seconds};
