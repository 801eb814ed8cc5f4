//! A job's points: set aside at agreement, paid for help that was given, given back when it ends otherwise.
//!
//! Each [`Event`](crate::cohelp::Event) of the outbox is one ledger command under an id derived from it; what the
//! ledger answers is one [`Step`]. Doing any part again, after a crash or twice at once, names the same things.

#[cfg(test)]
mod tests;

use super::retry::doubling_seconds;
use crate::cohelp::{Event, Step};
use crate::kernel::{CommandId, Points};
use crate::ledger::{self, AccountKind, Leg};

/// The ledger command of the event, and its id.
pub fn command(event: &Event) -> (CommandId, ledger::Command) {
    let command = match event {
        Event::Chosen { job: _, hold, requester, reward, until } => {
            ledger::Command::Hold { hold: *hold, from: ledger::account_of(*requester), amount: *reward, until: *until }
        }
        Event::Helped { job: _, hold, helper, amount, fee_percent } => {
            let (to_helper, fee) = ledger::split(*amount, *fee_percent);
            let legs = [
                Leg { to: ledger::account_of(*helper), kind: AccountKind::Person, amount: to_helper },
                Leg { to: ledger::fee(), kind: AccountKind::Fee, amount: fee },
            ];
            // A small reward has no fee, and a leg of nothing is refused.
            let legs = legs.into_iter().filter(|leg| !leg.amount.is_zero()).collect();
            ledger::Command::Settle { hold: *hold, legs }
        }
        Event::KeptFree { job: _, hold, helper, amount } => {
            let leg = Leg { to: ledger::account_of(*helper), kind: AccountKind::Person, amount: *amount };
            ledger::Command::Settle { hold: *hold, legs: vec![leg] }
        }
        Event::CancelledAfterAgreement { job: _, hold } => ledger::Command::Release { hold: *hold },
    };
    (event.id(), command)
}

/// What came of a ledger command, as far as a job is concerned.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// Done, now or when it was told before.
    Done,
    /// The requester has too few points.
    Short {
        /// How many are missing.
        missing: Points,
    },
    /// The hold is past its end, resolved, or never was.
    HoldGone,
    /// Not now.
    Later,
    /// Refused for another reason.
    Refused,
}

/// The ledger's answer as an outcome.
pub fn outcome<T>(answer: &Result<T, ledger::Refusal>) -> Outcome {
    match answer {
        Ok(_) => Outcome::Done,
        Err(ledger::Refusal::Insufficient { missing } | ledger::Refusal::EndsBefore { missing }) => {
            Outcome::Short { missing: *missing }
        }
        Err(ledger::Refusal::HoldUnknown | ledger::Refusal::HoldResolved | ledger::Refusal::HoldExpired) => {
            Outcome::HoldGone
        }
        Err(refusal) if refusal.transient() => Outcome::Later,
        Err(_) => Outcome::Refused,
    }
}

/// What to do after the ledger has answered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Follow {
    /// Report this to the town; the outbox item is done with it.
    Step(Step),
    /// Try again later.
    Retry,
    /// Cannot happen unless something of ours is wrong: tell operators, and try again later.
    Stuck,
}

/// The step that follows from the outcome of the event's command.
pub fn follow(event: &Event, outcome: Outcome) -> Follow {
    let refused = |missing| match event {
        Event::Chosen { job, hold, .. } => Follow::Step(Step::HoldRefused { job: *job, hold: *hold, missing }),
        Event::Helped { .. } | Event::KeptFree { .. } | Event::CancelledAfterAgreement { .. } => Follow::Stuck,
    };
    match (event, outcome) {
        (_, Outcome::Later) => Follow::Retry,
        (Event::Chosen { job, hold, .. }, Outcome::Done) => Follow::Step(Step::Held { job: *job, hold: *hold }),
        (Event::Helped { job, hold, .. } | Event::KeptFree { job, hold, .. }, Outcome::Done) => {
            Follow::Step(Step::Settled { job: *job, hold: *hold })
        }
        (Event::Helped { job, hold, .. } | Event::KeptFree { job, hold, .. }, Outcome::HoldGone) => {
            Follow::Step(Step::HoldLost { job: *job, hold: *hold })
        }
        (Event::CancelledAfterAgreement { job, hold }, Outcome::Done | Outcome::HoldGone) => {
            Follow::Step(Step::Released { job: *job, hold: *hold })
        }
        (_, Outcome::Short { missing }) => refused(missing),
        (_, Outcome::HoldGone | Outcome::Refused) => refused(Points::ZERO),
    }
}

/// How long to wait before the next try, in seconds: twice as long each time, at most five minutes.
pub const fn retry_seconds(attempts: u32) -> i64 {
    doubling_seconds(attempts, 300)
}
