//! On what conditions a municipality lets neighbours help each other for points.

use serde::{Deserialize, Serialize};

use super::{Outcome, Side};
use crate::kernel::{Points, Timestamp};

/// The conditions of a job (条件): those of the municipality on the day it was asked for, whatever changes afterwards.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Conditions {
    /// Share of what is paid that is kept as fee, in percent.
    pub fee_percent: u8,
    /// From so many hours before the window on, calling an agreement off is late.
    pub late_hours: u16,
    /// What the requester gives the helper for calling it off late, in percent of the reward.
    pub late_percent: u8,
    /// What the requester gives the helper for not being there, in percent of the reward.
    pub no_show_percent: u8,
    /// Whether two people who have not worked together yet are introduced by the centre (三者面談).
    pub introduction: bool,
}

impl Conditions {
    /// What the requester gives of a reward for so many minutes, fee included: for a part of the time that part of it,
    /// at least one point; for time kept free in vain what is written here.
    pub fn costs(&self, reward: Points, minutes_asked: u16, outcome: Outcome) -> Points {
        match outcome {
            Outcome::Done { minutes } if minutes >= minutes_asked => reward,
            Outcome::Done { minutes } => {
                reward.share(minutes.into(), minutes_asked.into()).max(Points::new(1).unwrap_or(reward))
            }
            Outcome::NoShow { of: Side::Requester } => reward.share(self.no_show_percent.into(), 100),
            Outcome::NoShow { of: Side::Helper } | Outcome::NotDone => Points::ZERO,
        }
    }

    /// From when on calling off is late, for a window that begins then.
    pub const fn late_from(&self, starts: Timestamp) -> Timestamp {
        starts.plus_seconds(-(self.late_hours as i64) * 3600)
    }
}
