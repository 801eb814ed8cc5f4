//! Carries out what co-help decided about points: outbox → Ledger → the step that follows.
//!
//! Every part may be repeated. The ledger command's id comes from the event, a step that does not fit any more
//! changes nothing, and the outbox row goes in the same commit as the step: a crash anywhere only means doing it again.

use shared::cohelp::{self, Event, OutboxItem, Store};
use shared::kernel::Fault;
use shared::ledger::{Receipt, Refusal, Request, account_of};
use shared::process::{Follow, command, follow, outcome, retry_seconds};
use shared::wire::{self, LedgerAnswer, LedgerCall};

use crate::world::{Object, World};

/// The most events one errand to the Ledger carries.
const ERRAND_MAX: u32 = 100;
/// How many rounds one call works before it leaves the rest to the alarm.
const ROUNDS_MAX: u32 = 10;

/// Carries out what is due.
pub async fn carry_out(store: &impl Store, world: &impl World) -> Result<(), Fault> {
    for _ in 0..ROUNDS_MAX {
        let due = store.outbox_due(world.now(), ERRAND_MAX)?;
        if due.is_empty() {
            return Ok(());
        }
        let answers = match post(store, world, &due).await {
            Ok(answers) => answers,
            Err(fault) => {
                world.log(&fault);
                return due.iter().try_for_each(|item| retry(store, world, item));
            }
        };
        for (item, answer) in due.iter().zip(answers) {
            report(store, world, item, &item.event, &answer)?;
        }
    }
    Ok(())
}

async fn post(
    store: &impl Store,
    world: &impl World,
    items: &[OutboxItem],
) -> Result<Vec<Result<Receipt, Refusal>>, Fault> {
    let request = |item: &OutboxItem| {
        let (id, command) = command(&item.event);
        // Whose points they are says which book of the ledger has them.
        let requester = match &item.event {
            Event::Chosen { requester, .. } => *requester,
            event => {
                let found = store.job(event.job())?;
                found.ok_or_else(|| Fault::new("settle.post", "an event of no job"))?.0.requester
            }
        };
        Ok((account_of(requester), Request { id, command }))
    };
    let call = LedgerCall::Post(items.iter().map(request).collect::<Result<_, Fault>>()?);
    let answer = world.call(Object::LEDGER, wire::encode(&call)?).await?;
    match wire::decode_trusted(&answer).map_err(|error| Fault::new("settle.post", error))? {
        LedgerAnswer::Posted(answers) if answers.len() == items.len() => Ok(answers),
        _ => Err(Fault::new("settle.post", "another answer")),
    }
}

fn report(
    store: &impl Store,
    world: &impl World,
    item: &OutboxItem,
    event: &Event,
    answer: &Result<Receipt, Refusal>,
) -> Result<(), Fault> {
    match follow(event, outcome(answer)) {
        Follow::Step(step) => cohelp::step(store, &step, world.now()).map(drop),
        Follow::Retry => retry(store, world, item),
        Follow::Stuck => {
            let number = answer.as_ref().err().map_or(0, |refusal| refusal.number());
            world.log(&Fault::new("settle.stuck", format_args!("ledger refusal {number} for {}", item.id)));
            retry(store, world, item)
        }
    }
}

fn retry(store: &impl Store, world: &impl World, item: &OutboxItem) -> Result<(), Fault> {
    let attempts = item.attempts.saturating_add(1);
    store.postpone(item.id, attempts, world.now().plus_seconds(retry_seconds(attempts)))
}
