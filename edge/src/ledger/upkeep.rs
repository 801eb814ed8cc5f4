//! What time alone does to the ledger: holds end, value lapses (失効), and every night the books are proven (検算).

use shared::kernel::{AccountId, CommandId, Digest, Fault, Timestamp, digest};
use shared::ledger::{self, Command, Entry, Head, Hold, Reads, Request, Store as _, Totals, TrialBalance, Views as _};

use crate::sql::{Sql, Value};

use super::SqlLedger;
use super::store::count;

/// Accounts of one commit.
const BATCH_MAX: u32 = 200;
/// Commits before others get a turn.
const ROUNDS_MAX: u32 = 20;
/// When the night's work begins: the day that ended is over everywhere in town.
const NIGHT_MINUTE: u16 = 5;
/// Nights that are kept: auditors look back over a fiscal year.
const NIGHTS_KEPT: i64 = 400;

const LAST: &str = "SELECT day, last_seq, at, entries, accounts, posted, unequal, chained FROM trial_balance
    ORDER BY day DESC LIMIT 1";
const LAST_CHAINED: &str = "SELECT last_seq, hash FROM trial_balance WHERE chained = 1 ORDER BY day DESC LIMIT 1";
const BODIES: &str = "SELECT seq, body, hash FROM entry WHERE seq > ? ORDER BY seq LIMIT 1000";

/// The next time there is something to do by the calendar alone.
pub(super) const fn next_night(now: Timestamp) -> Timestamp {
    now.day().plus(1).at_minute(NIGHT_MINUTE)
}

/// Posts what there is to do, a batch a round, as long as there is something. Answers whether some is left for another turn.
fn in_rounds<S: Sql>(
    store: &SqlLedger<'_, S>,
    now: Timestamp,
    place: &'static str,
    due: impl Fn() -> Result<Vec<Request>, Fault>,
) -> Result<bool, Fault> {
    for _ in 0..ROUNDS_MAX {
        let requests = due()?;
        if requests.is_empty() {
            return Ok(false);
        }
        if let Some(refusal) = ledger::post(store, now, &requests)?.into_iter().find_map(Result::err) {
            return Err(Fault::new(place, refusal.number()));
        }
    }
    Ok(true)
}

/// Gives back what is still held past its end, soonest first. Whoever asked for a hold resolves it before then; this is for
/// those that nobody knows of any more. Answers whether some are left for another turn.
pub(super) fn end_holds<S: Sql>(store: &SqlLedger<'_, S>, now: Timestamp) -> Result<bool, Fault> {
    let expire = |hold: Hold| Request {
        id: CommandId::derive("ledger.expire", hold.id.as_bytes()),
        command: Command::Expire { hold: hold.id },
    };
    in_rounds(store, now, "ledger.end_holds", || {
        Ok(store.ending(BATCH_MAX)?.into_iter().filter(|hold| hold.until <= now).map(expire).collect())
    })
}

/// Takes lapsed value out of the accounts it is in, soonest first. Answers whether some is left for another turn. What is
/// done is found in the accounts themselves, so a turn that comes late, twice or out of order does nothing wrong.
pub(super) fn lapse<S: Sql>(store: &SqlLedger<'_, S>, now: Timestamp) -> Result<bool, Fault> {
    in_rounds(store, now, "ledger.lapse", || {
        let accounts = store.lapsing(now.day(), BATCH_MAX)?;
        if accounts.is_empty() {
            return Ok(Vec::new());
        }
        // An account can have something lapse more than once a day, when a hold ends; the journal's end tells them apart.
        let head = store.read(&Reads::default())?.head.seq.to_be_bytes();
        let lapse = |account: AccountId| Request {
            id: CommandId::derive("ledger.lapse", &[account.as_bytes().as_slice(), &head].concat()),
            command: Command::Lapse { account },
        };
        Ok(accounts.into_iter().map(lapse).collect())
    })
}

/// Whether the books were not proven yet today.
pub(super) fn is_due(sql: &impl Sql, now: Timestamp) -> Result<bool, Fault> {
    let last = sql.exec(LAST, &[])?;
    let day = last.first().map(|row| row.integer(0)).transpose()?;
    Ok(day.is_none_or(|day| day < i64::from(now.day().0)))
}

/// Proves the books once a day and keeps what was found. None if that was done today.
pub(super) fn prove<S: Sql>(store: &SqlLedger<'_, S>, now: Timestamp) -> Result<Option<TrialBalance>, Fault> {
    if !is_due(store.sql, now)? {
        return Ok(None);
    }
    let totals = store.totals()?;
    let (chained, hash) = chain(store.sql)?;
    let trial = TrialBalance { at: now, totals, chained };
    keep(store.sql, i64::from(now.day().0), &trial, hash)?;
    Ok(Some(trial))
}

/// The last trial balance, if there was one.
pub(super) fn last_trial(sql: &impl Sql) -> Result<Option<TrialBalance>, Fault> {
    let rows = sql.exec(LAST, &[])?;
    let Some(row) = rows.first() else { return Ok(None) };
    let totals = Totals {
        last_seq: count(row, 1)?,
        entries: count(row, 3)?,
        accounts: count(row, 4)?,
        posted: row.integer(5)?,
        unequal: count(row, 6)?,
    };
    Ok(Some(TrialBalance { at: Timestamp(row.integer(2)?), totals, chained: row.integer(7)? != 0 }))
}

/// Whether each entry follows the one in front, from the last night on that this was so: a break stays one until somebody has
/// mended it. And the last one's hash. Goes by the rows, whatever they say of themselves.
fn chain(sql: &impl Sql) -> Result<(bool, Digest), Fault> {
    let last = sql.exec(LAST_CHAINED, &[])?;
    let (mut seq, mut hash) = match last.first() {
        Some(row) => (count(row, 0)?, row.bytes(1)?),
        None => (Head::GENESIS.seq, Head::GENESIS.hash),
    };
    let known = sql.exec("SELECT hash FROM entry WHERE seq = ?", &[seq.into()])?;
    let mut chained = seq == 0 || known.first().map(|row| row.bytes(0)).transpose()? == Some(hash);
    loop {
        let rows = sql.exec(BODIES, &[seq.into()])?;
        if rows.is_empty() {
            return Ok((chained, hash));
        }
        for row in &rows {
            let (next, body, stored) = (count(row, 0)?, row.blob(1)?, row.bytes(2)?);
            let says = Entry::from_body(body, stored).map(|entry| entry.seq);
            chained &= next == seq.saturating_add(1) && says == Ok(next) && digest(&[&hash, body]) == stored;
            (seq, hash) = (next, stored);
        }
    }
}

fn keep(sql: &impl Sql, day: i64, trial: &TrialBalance, hash: Digest) -> Result<(), Fault> {
    let TrialBalance { at, totals: Totals { entries, last_seq, accounts, posted, unequal }, chained } = *trial;
    let parameters: [Value; 9] = [
        day.into(),
        at.0.into(),
        entries.into(),
        last_seq.into(),
        accounts.into(),
        posted.into(),
        unequal.into(),
        i64::from(chained).into(),
        hash.as_slice().into(),
    ];
    sql.transaction(|| {
        sql.exec(
            "INSERT INTO trial_balance (day, at, entries, last_seq, accounts, posted, unequal, chained, hash)
             VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (day) DO NOTHING",
            &parameters,
        )?;
        sql.exec("DELETE FROM trial_balance WHERE day < ?", &[day.saturating_sub(NIGHTS_KEPT).into()]).map(drop)
    })
}
