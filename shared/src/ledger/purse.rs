//! Purses (財布の中の区分): what of somebody's value is shown and spent together, and how much of each pays a shop.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::lot::{Holding, Lot, Origin, Usage};
use crate::kernel::{Points, Timestamp};

/// A purse. Ordered as purses are used up where nobody chooses: what serves for least first. Stored nowhere but in
/// fingerprints of commands: what is kept are lots.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Purse {
    /// Bound to that use (クーポン); never [`Usage::ANY`].
    Coupon(Usage),
    /// Given for nothing, for anything (ポイント).
    Granted,
    /// Paid for, for anything (チャージ).
    Paid,
}

impl Purse {
    /// The one the lot lies in.
    pub fn of(lot: &Lot) -> Self {
        match (lot.usage, lot.origin) {
            (Usage::ANY, Origin::Granted) => Self::Granted,
            (Usage::ANY, Origin::Paid) => Self::Paid,
            (usage, _) => Self::Coupon(usage),
        }
    }

    /// The coupon's use where a shop that takes those does not take it.
    pub fn is_refused(self, takes: &[Usage]) -> Option<Usage> {
        match self {
            Self::Coupon(usage) => (!takes.contains(&usage)).then_some(usage),
            Self::Granted | Self::Paid => None,
        }
    }
}

/// How much comes out of which purse.
pub type Parts = BTreeMap<Purse, Points>;

/// What somebody pays with (支払い方法). Variants are only appended.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Tender {
    /// Exactly so much out of each of these purses.
    Chosen(Parts),
    /// So much out of whatever the shop takes, as [`apportion`] does it.
    Whatever(Points),
}

/// What can be spent of the holdings at that moment, by purse. Purses with nothing in them are not there.
pub fn purses(lots: &[Holding], at: Timestamp) -> Parts {
    let mut purses = Parts::new();
    for holding in lots.iter().filter(|holding| holding.lot.lives_at(at) && !holding.free().is_zero()) {
        let purse = purses.entry(Purse::of(&holding.lot)).or_default();
        // Not more than somebody has, which is an amount.
        *purse = purse.plus(holding.free()).unwrap_or(Points::MAX);
    }
    purses
}

/// The amount out of the purses that a shop takes, in their order. Or how much is missing.
pub fn apportion(purses: &Parts, takes: &[Usage], amount: Points) -> Result<Parts, Points> {
    let mut parts = Parts::new();
    let mut missing = amount;
    for (purse, there) in purses.iter().filter(|(purse, _)| purse.is_refused(takes).is_none()) {
        let part = missing.min(*there);
        if !part.is_zero() {
            parts.insert(*purse, part);
        }
        missing = missing.minus(part).unwrap_or(Points::ZERO);
    }
    if missing.is_zero() { Ok(parts) } else { Err(missing) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parts(parts: &[(Purse, u64)]) -> Parts {
        parts.iter().map(|(purse, amount)| (*purse, Points::new(*amount).unwrap())).collect()
    }

    #[test]
    fn what_serves_for_least_goes_first() {
        let coupon = |usage| Purse::Coupon(Usage(usage));
        let have = parts(&[(Purse::Paid, 30), (coupon(2), 5), (Purse::Granted, 20), (coupon(1), 10)]);
        let apportion = |takes: &[u8], amount| {
            let takes: Vec<_> = takes.iter().copied().map(Usage).collect();
            apportion(&have, &takes, Points::new(amount).unwrap()).map_err(Points::get)
        };
        assert_eq!(apportion(&[], 20), Ok(parts(&[(Purse::Granted, 20)])));
        assert_eq!(apportion(&[1], 20), Ok(parts(&[(coupon(1), 10), (Purse::Granted, 10)])));
        assert_eq!(apportion(&[2, 1], 66), Err(1));
        assert_eq!(apportion(&[2, 1], 65), Ok(have.clone()));
        assert_eq!(apportion(&[0], 51), Err(1));
        assert_eq!(apportion(&[2], 0), Ok(Parts::new()));
    }

    /// However much there is and is asked for, the parts come to the amount or the missing to what is not there.
    #[test]
    fn nothing_is_made_or_lost() {
        for (granted, paid, coupon) in (0..4).flat_map(|a| (0..4).flat_map(move |b| (0..4).map(move |c| (a, b, c)))) {
            for (amount, takes) in (0..12).flat_map(|amount| [vec![], vec![Usage(1)]].map(|takes| (amount, takes))) {
                let have = parts(&[(Purse::Granted, granted), (Purse::Paid, paid), (Purse::Coupon(Usage(1)), coupon)]);
                let there = granted + paid + if takes.is_empty() { 0 } else { coupon };
                match apportion(&have, &takes, Points::new(amount).unwrap()) {
                    Ok(parts) => assert_eq!(parts.values().map(|part| part.get()).sum::<u64>(), amount),
                    Err(missing) => assert_eq!(missing.get(), amount - there),
                }
            }
        }
    }
}
