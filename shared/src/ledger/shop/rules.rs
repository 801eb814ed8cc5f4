//! How sure of somebody the ledger has to be.

use crate::kernel::{Actor, Level, Points, Role, Timestamp};
use crate::ledger::Refusal;

/// From this amount on a payment asks for a fresh passkey.
const FRESH_FROM: u64 = 100_000;
/// Above this one, for the card as well.
const CARD_ABOVE: u64 = 500_000;

/// How sure one has to be of who pays that much out of their own account.
pub const fn level_for(amount: Points) -> Level {
    match amount.get() {
        0..FRESH_FROM => Level::Passkey,
        FRESH_FROM..=CARD_ABOVE => Level::FreshPasskey,
        _ => Level::FreshCard,
    }
}

/// Whether somebody may register shops and say who works there.
pub fn may_keep_shops(actor: &Actor, now: Timestamp) -> Result<(), Refusal> {
    let needs = Level::FreshPasskey;
    match (actor.roles.has(Role::Officer), actor.assurance.meets(needs, now)) {
        (false, _) => Err(Refusal::NotAllowed),
        (true, false) => Err(Refusal::StepUp { needs }),
        (true, true) => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn more_asks_for_more() {
        for (amount, level) in [
            (0, Level::Passkey),
            (99_999, Level::Passkey),
            (100_000, Level::FreshPasskey),
            (500_000, Level::FreshPasskey),
            (500_001, Level::FreshCard),
            (Points::MAX.get(), Level::FreshCard),
        ] {
            assert_eq!(Points::new(amount).map(level_for), Some(level), "{amount}");
        }
    }
}
