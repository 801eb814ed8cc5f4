//! What a month comes to.

use std::collections::BTreeSet;

use super::super::super::figures::median;

/// What became of a month.
#[derive(Debug, Default)]
pub struct Month {
    pub(super) requests: usize,
    /// Minutes from asking to a helper, of each request that has one.
    pub(super) matched: Vec<f64>,
    pub(super) operator: i64,
    pub(super) asked: u32,
    pub(super) nobody: u32,
    pub(super) helpers: BTreeSet<usize>,
}

impl Month {
    /// Requests that found a helper, of a hundred.
    pub fn fill_percent(&self) -> f64 {
        100.0 * self.matched.len() as f64 / self.requests as f64
    }

    /// The median of the minutes that took.
    pub fn minutes(&self) -> f64 {
        median(&self.matched)
    }

    /// An operator's minutes for each request that found a helper.
    pub fn operator_minutes(&self) -> f64 {
        self.operator as f64 / self.matched.len() as f64
    }

    /// Messages and calls for each of them.
    pub fn asked(&self) -> f64 {
        f64::from(self.asked) / self.matched.len() as f64
    }

    /// Different people who help.
    pub fn helpers(&self) -> f64 {
        self.helpers.len() as f64
    }

    /// Requests for which nobody might be asked when they were made, of a hundred.
    pub fn nobody_percent(&self) -> f64 {
        100.0 * f64::from(self.nobody) / self.requests as f64
    }
}
