//! What the operator is shown, and what they want kept (割り当ての案).

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::eligible::Bar;
use super::rank::Candidate;
use crate::kernel::{JobId, PersonId};

/// A pair the operator wants kept (固定).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Pin {
    /// Which request.
    pub job: JobId,
    /// Who shall help.
    pub helper: PersonId,
}

/// A pin that cannot be kept. Nothing is proposed then: the operator decides what to change.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct PinBroken {
    /// Which.
    pub pin: Pin,
    /// Why.
    pub why: PinFault,
}

/// Why a pin cannot be kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum PinFault {
    /// The request is not among those to be assigned.
    UnknownJob,
    /// The helper is not among those who could help.
    UnknownHelper,
    /// An earlier pin has the same request or the same helper.
    Twice,
    /// It would break a hard rule.
    Barred(Bar),
}

/// What is proposed. Every request is in one of the two lists, each in the order of ids.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Proposal {
    /// Who helps with what.
    pub pairs: Vec<Pair>,
    /// What nobody is proposed for.
    pub unserved: Vec<Unserved>,
}

/// A request and the helper proposed for it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pair {
    /// Which request.
    pub job: JobId,
    /// Who shall help, and why.
    pub candidate: Candidate,
    /// Whether the operator wanted it so.
    pub pinned: bool,
}

/// A request nobody is proposed for, and what is in the way.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Unserved {
    /// Which request.
    pub job: JobId,
    /// How many could help but are proposed for others.
    pub elsewhere: u32,
    /// How many each rule keeps away.
    pub bars: BTreeMap<Bar, u32>,
}

impl Unserved {
    /// The rule that keeps most helpers away; of equals the first.
    pub fn foremost(&self) -> Option<Bar> {
        self.bars.iter().rev().max_by_key(|(_, count)| **count).map(|(bar, _)| *bar)
    }
}
