//! The municipality's file as the rules of co-help.

use crate::cohelp::{AreaCode, Rules};
use crate::town::Municipality;

/// The rules. Codes that are not codes are left out; [`Municipality::check`] finds them before.
pub fn cohelp_rules(municipality: &Municipality) -> Rules {
    let (from_hour, to_hour) = municipality.hours;
    Rules {
        categories: municipality.categories.clone(),
        areas: municipality.areas.iter().filter_map(|area| AreaCode::parse(&area.code).ok()).collect(),
        fee_percent: municipality.fee_percent,
        reward_max: municipality.reward_max,
        from_minute: u16::from(from_hour) * 60,
        to_minute: u16::from(to_hour) * 60,
    }
}
