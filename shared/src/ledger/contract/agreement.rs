//! The store against the model in memory, on random commands.

use super::super::view::Views as _;
use super::super::{Direction, Memory, Selection};
use super::world::{DEFAULT_SEED, World};
use super::*;

pub(super) fn random(store: &dyn LedgerStore) -> Result<(), String> {
    agree(store, DEFAULT_SEED, 2_000).map_err(|why| format!("seed {DEFAULT_SEED}: {why}"))
}

/// Posts that many random commands to both, to the store in batches of random size and to the model one by
/// one: the same answers and the same ledger.
pub fn agree(store: &dyn LedgerStore, seed: u64, commands: usize) -> Result<(), String> {
    let mut world = World::new(seed);
    let model = Memory::new();
    let mut done = 0;
    let mut last = NOW;
    while done < commands {
        let (now, batch) = world.batch(40);
        last = now;
        let answers = post(store, now, &batch).map_err(broken)?;
        for (request, answer) in batch.iter().zip(&answers) {
            let wanted = post(&model, now, core::slice::from_ref(request)).map_err(broken)?;
            check(wanted.first() == Some(answer), format_args!("{request:?}: got {answer:?}, wanted {wanted:?}"))?;
        }
        same("answers", &answers.len(), &batch.len())?;
        done += batch.len();
        if done.is_multiple_of(8) {
            same("totals", &store.totals().map_err(broken)?, &model.totals().map_err(broken)?)?;
        }
    }
    in_order(store)?;
    for account in world.accounts() {
        for direction in [None, Some(Direction::In), Some(Direction::Out)] {
            let which = Selection { before_seq: None, direction };
            let lines = |views: &dyn LedgerStore| views.statement(account, which, 1000).map_err(broken);
            same("statement", &lines(store)?, &lines(&model)?)?;
        }
        same("balance", &balance_at(store, account, last)?, &balance_at(&model, account, last)?)?;
    }
    let lapsing = |views: &dyn LedgerStore| views.lapsing(last.day(), 1000).map_err(broken);
    same("lapsing", &lapsing(store)?, &lapsing(&model)?)?;
    let ending = |views: &dyn LedgerStore| views.ending(1000).map_err(broken);
    same("ending", &ending(store)?, &ending(&model)?)
}
