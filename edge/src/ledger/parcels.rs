//! What waits to leave for other books of the ledger: sent, and what comes of it.

use std::cell::Cell;

use futures_util::future::try_join_all;
use shared::kernel::{Fault, Shard, Timestamp};
use shared::ledger::{self, Parcels, Receipt, Refusal, Request, Store as _, Waiting};
use shared::process::transit::{AGAIN_SECONDS_MAX, Next, again_seconds, arrival, next};

use crate::sql::{Row, Sql};
use crate::world::World;

use super::SqlLedger;
use super::object::Ledger;
use super::store::{FORGET_PARCELS, count, entry};

/// Parcels of one errand.
const ERRAND_MAX: u32 = 200;
/// Errands before others get a turn.
const ROUNDS_MAX: u32 = 10;

// Nothing is put off for more than a minute: what is due later was put off by a clock that has been set back since.
const DUE: &str = "SELECT entry.body, entry.hash, parcel.attempts FROM parcel JOIN entry ON entry.seq = parcel.seq
    WHERE parcel.due <= ?1 OR parcel.due > ?2 ORDER BY parcel.due, parcel.seq LIMIT ?3 + 0";

impl<S: Sql> Parcels for SqlLedger<'_, S> {
    fn parcels_due(&self, now: Timestamp, limit: u32) -> Result<Vec<Waiting>, Fault> {
        let here = self.place().here();
        let waiting = |row: &Row| {
            let attempts = u32::try_from(count(row, 2)?).unwrap_or(u32::MAX);
            Waiting::of(here, entry(row)?, attempts)
                .ok_or_else(|| Fault::new("ledger.parcels", "a parcel that never departed"))
        };
        let latest = now.plus_seconds(AGAIN_SECONDS_MAX);
        self.sql.exec(DUE, &[now.0.into(), latest.0.into(), i64::from(limit).into()])?.iter().map(waiting).collect()
    }

    fn next_parcel(&self) -> Result<Option<Timestamp>, Fault> {
        let rows = self.sql.exec("SELECT due FROM parcel ORDER BY due LIMIT 1", &[])?;
        rows.first().map(|row| row.integer(0).map(Timestamp)).transpose()
    }

    fn postpone_parcel(&self, seq: u64, attempts: u32, due: Timestamp) -> Result<(), Fault> {
        let parameters = [i64::from(attempts).into(), due.0.into(), seq.into()];
        self.sql.exec("UPDATE parcel SET attempts = ?, due = ? WHERE seq = ?", &parameters).map(drop)
    }

    fn forget_parcels(&self, seqs: &[u64]) -> Result<(), Fault> {
        self.each_number(FORGET_PARCELS, seqs)
    }
}

impl<S: Sql, W: World> Ledger<S, W> {
    /// Sends what waits to leave for other books, an errand for each of them a round. What is not heard of is sent again when
    /// the alarm rings. Answers when that is, if anything still waits.
    pub(super) async fn send_parcels(&self) -> Result<Option<Timestamp>, Fault> {
        // A book that is sent something may have something to send back. Whoever sends looks again when done; should that never
        // be, the alarm does.
        if self.sends.replace(true) {
            return Ok(self.store().next_parcel()?.map(|_| self.world.now().plus_seconds(AGAIN_SECONDS_MAX)));
        }
        let _done = Sending(&self.sends);
        for _ in 0..ROUNDS_MAX {
            let due = self.store().parcels_due(self.world.now(), ERRAND_MAX)?;
            if due.is_empty() {
                break;
            }
            // One that is away holds up no other.
            try_join_all(self.place.others().map(|shard| self.send(shard, &due))).await?;
        }
        // Nothing is due later than that, whatever the clock did meanwhile.
        let latest = self.world.now().plus_seconds(AGAIN_SECONDS_MAX);
        Ok(self.store().next_parcel()?.map(|due| due.min(latest)))
    }

    /// Those of the parcels that are for that book.
    async fn send(&self, to: Shard, parcels: &[Waiting]) -> Result<(), Fault> {
        let parcels: Vec<_> = parcels.iter().filter(|waiting| waiting.to == to).collect();
        if parcels.is_empty() {
            return Ok(());
        }
        let arrivals = parcels.iter().map(|waiting| arrival(waiting.parcel.clone())).collect();
        match self.post_in(to, arrivals, Vec::new()).await {
            Ok(answers) if answers.len() == parcels.len() => self.follow(&parcels, &answers),
            Ok(_) => Err(Fault::new("ledger.send", "an answer is missing")),
            Err(fault) => {
                self.world.log(&fault);
                parcels.iter().try_for_each(|waiting| self.send_again(waiting))
            }
        }
    }

    fn follow(&self, parcels: &[&Waiting], answers: &[Result<Receipt, Refusal>]) -> Result<(), Fault> {
        let mut arrived = Vec::new();
        for (waiting, answer) in parcels.iter().zip(answers) {
            let departure = waiting.parcel.departure;
            match next(departure, answer) {
                Next::Arrived => arrived.push(departure.seq),
                Next::Later => self.send_again(waiting)?,
                Next::Return(request) => self.take_back(waiting, &request)?,
            }
        }
        self.store().forget_parcels(&arrived)
    }

    fn take_back(&self, waiting: &Waiting, request: &Request) -> Result<(), Fault> {
        let returned = ledger::post(&self.store(), self.world.now(), std::slice::from_ref(request))?;
        // Should never be: for whoever keeps the books to look at.
        let refusal = returned.into_iter().next().and_then(Result::err).map(|refusal| refusal.number());
        let seq = waiting.parcel.departure.seq;
        let said = format_args!("what left with entry {seq} was refused there, and here {refusal:?}");
        self.world.log(&Fault::new("ledger.parcels", said));
        if refusal.is_some() { self.send_again(waiting) } else { Ok(()) }
    }

    fn send_again(&self, waiting: &Waiting) -> Result<(), Fault> {
        let attempts = waiting.attempts.saturating_add(1);
        let due = self.world.now().plus_seconds(again_seconds(attempts));
        self.store().postpone_parcel(waiting.parcel.departure.seq, attempts, due)
    }
}

/// Ends the sending, however it ends.
struct Sending<'a>(&'a Cell<bool>);

impl Drop for Sending<'_> {
    fn drop(&mut self) {
        self.0.set(false);
    }
}
