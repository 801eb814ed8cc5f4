//! A day's assignment in a town drawn from a seed, for `cargo xtask bench match`. The same calls natively and, without
//! glue, from Node: numbers in, a number out.

use std::cell::RefCell;

use shared::cohelp::fixture::Chance;
use shared::cohelp::matching::Proposal;
use shared::cohelp::matching::fixture::Town;
use shared::kernel::digest;

thread_local! {
    static TRIAL: RefCell<Option<(Town, Proposal)>> = const { RefCell::new(None) };
}

/// Draws the town of that seed; with `open`, one where everybody may help with everything. 1 if that worked.
#[expect(unsafe_code, reason = "Node calls it by its name")]
#[unsafe(no_mangle)]
pub extern "C" fn draw(seed: u32, needs: u32, helpers: u32, open: u32) -> u32 {
    let town = Town::new(&mut Chance(seed.into()), needs.into(), helpers.into());
    let town = if open == 0 { town } else { town.and_then(Town::without_bars) };
    TRIAL.set(town.map(|town| (town, Proposal::default())));
    u32::from(TRIAL.with_borrow(Option::is_some))
}

/// Makes the best proposal. How many requests it serves.
#[expect(unsafe_code, reason = "Node calls it by its name")]
#[unsafe(no_mangle)]
pub extern "C" fn assigned() -> u32 {
    propose(Town::assigned)
}

/// Gives one request after the other the best of those who are still free. How many requests that serves.
#[expect(unsafe_code, reason = "Node calls it by its name")]
#[unsafe(no_mangle)]
pub extern "C" fn greedy() -> u32 {
    propose(|town| Some(town.greedy()))
}

/// The points of the last proposal.
#[expect(unsafe_code, reason = "Node calls it by its name")]
#[unsafe(no_mangle)]
pub extern "C" fn points() -> u32 {
    TRIAL.with_borrow(|trial| trial.as_ref().map_or(0, |(town, proposal)| town.worth(proposal).2))
}

/// What tells the last proposal from any other: the beginning of its digest.
#[expect(unsafe_code, reason = "Node calls it by its name")]
#[unsafe(no_mangle)]
pub extern "C" fn fingerprint() -> u32 {
    TRIAL.with_borrow(|trial| {
        let stored = trial.as_ref().and_then(|(_, proposal)| postcard::to_stdvec(proposal).ok()).unwrap_or_default();
        digest(&[&stored]).iter().take(4).fold(0, |number, byte| number << 8 | u32::from(*byte))
    })
}

fn propose(how: impl FnOnce(&Town) -> Option<Proposal>) -> u32 {
    TRIAL.with_borrow_mut(|trial| {
        let made = trial.as_mut().and_then(|(town, proposal)| {
            *proposal = how(town)?;
            u32::try_from(proposal.pairs.len()).ok()
        });
        made.unwrap_or(0)
    })
}
