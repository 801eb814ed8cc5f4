//! Points from one book of the ledger to another: they leave the payer's, wait in its outbox, and arrive in the payee's or, if
//! that refuses them for good, come back.
//!
//! Both steps are named by the departure, so each happens once however often it is asked for. Nothing else is needed for a
//! crash anywhere: what has left and is not known to have arrived is sent again, at most [`AGAIN_SECONDS_MAX`] later.

#[cfg(test)]
mod tests;

use super::retry::doubling_seconds;
use crate::kernel::CommandId;
use crate::ledger::{Command, Departure, Parcel, Receipt, Refusal, Request};

/// The longest that anything waits until it is sent again, in seconds.
pub const AGAIN_SECONDS_MAX: i64 = 60;

/// What the payee's book is told.
pub fn arrival(parcel: Parcel) -> Request {
    Request { id: arrival_id(parcel.departure), command: Command::Arrive(parcel) }
}

/// Names the arrival of what left there.
pub fn arrival_id(departure: Departure) -> CommandId {
    named("ledger.arrive", departure)
}

/// What comes of the payee's book's answer, for the payer's book.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Next {
    /// It has arrived: nothing waits any more.
    Arrived,
    /// It was refused, and always will be: it comes back.
    Return(Request),
    /// It was refused for now: it is sent again.
    Later,
}

/// What to do after the payee's book has answered.
pub fn next(departure: Departure, answer: &Result<Receipt, Refusal>) -> Next {
    match answer {
        Ok(_) => Next::Arrived,
        // An account of another kind stays one, so what was refused for this never arrives afterwards.
        Err(Refusal::WrongAccountKind) => Next::Return(Request {
            id: named("ledger.return", departure),
            command: Command::Return { of: departure.seq },
        }),
        Err(_) => Next::Later,
    }
}

/// How long to wait before it is sent again, in seconds: twice as long each time.
pub const fn again_seconds(attempts: u32) -> i64 {
    doubling_seconds(attempts, AGAIN_SECONDS_MAX)
}

fn named(label: &str, departure: Departure) -> CommandId {
    let Departure { shard, seq } = departure;
    CommandId::derive(label, &[[shard.number()].as_slice(), &seq.to_be_bytes()].concat())
}
