//! What time alone does to the ledger: value lapses (失効), and every night the books are proven (検算).

use shared::kernel::limit::JOURNAL_PAGE_MAX;
use shared::kernel::{CommandId, Digest, Fault, Timestamp};
use shared::ledger::{self, Command, Entry, Head, Reads, Request, Store as _, Totals, TrialBalance, Views as _};

use crate::sql::{Row, Sql, Value};

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

const LAST: &str = "SELECT day, last_seq, hash, at, entries, accounts, posted, unequal, chained FROM trial_balance
    ORDER BY day DESC LIMIT 1";

/// The next time there is something to do by the calendar alone.
pub(super) const fn next_night(now: Timestamp) -> Timestamp {
    now.day().plus(1).at_minute(NIGHT_MINUTE)
}

/// Takes lapsed value out of the accounts it is in, soonest first. Answers whether some is left for another turn. What is
/// done is found in the accounts themselves, so a turn that comes late, twice or out of order does nothing wrong.
pub(super) fn lapse<S: Sql>(store: &SqlLedger<'_, S>, now: Timestamp) -> Result<bool, Fault> {
    for _ in 0..ROUNDS_MAX {
        let accounts = store.lapsing(now.day(), BATCH_MAX)?;
        if accounts.is_empty() {
            return Ok(false);
        }
        // An account can have something lapse more than once a day, when a hold ends; the journal's end tells them apart.
        let head = store.read(&Reads::default())?.head.seq.to_be_bytes();
        let requests: Vec<_> = accounts
            .into_iter()
            .map(|account| Request {
                id: CommandId::derive("ledger.lapse", &[account.as_bytes().as_slice(), &head].concat()),
                command: Command::Lapse { account },
            })
            .collect();
        if let Some(refusal) = ledger::post(store, now, &requests)?.into_iter().find_map(Result::err) {
            return Err(Fault::new("ledger.lapse", refusal.number()));
        }
    }
    Ok(true)
}

/// Proves the books once a day and keeps what was found. None if that was done today.
pub(super) fn prove<S: Sql>(store: &SqlLedger<'_, S>, now: Timestamp) -> Result<Option<TrialBalance>, Fault> {
    let last = store.sql.exec(LAST, &[])?;
    let last = last.first();
    let today = i64::from(now.day().0);
    if last.map(|row| row.integer(0)).transpose()?.is_some_and(|day| day >= today) {
        return Ok(None);
    }
    let totals = store.totals()?;
    let (chained, hash) = chain(store, last)?;
    let trial = TrialBalance { at: now, totals, chained };
    keep(store.sql, today, &trial, hash)?;
    Ok(Some(trial))
}

/// The last trial, if there was one.
pub(super) fn last_trial(sql: &impl Sql) -> Result<Option<TrialBalance>, Fault> {
    let rows = sql.exec(LAST, &[])?;
    let Some(row) = rows.first() else { return Ok(None) };
    let totals = Totals {
        last_seq: count(row, 1)?,
        entries: count(row, 4)?,
        accounts: count(row, 5)?,
        posted: row.integer(6)?,
        unequal: count(row, 7)?,
    };
    Ok(Some(TrialBalance { at: Timestamp(row.integer(3)?), totals, chained: row.integer(8)? != 0 }))
}

/// Whether each entry since the last trial follows the one in front, from the hash kept then; and the last one's hash.
fn chain<S: Sql>(store: &SqlLedger<'_, S>, last: Option<&Row>) -> Result<(bool, Digest), Fault> {
    let mut head = match last {
        Some(row) => Head { seq: count(row, 1)?, hash: row.bytes(2)?, ..Head::GENESIS },
        None => Head::GENESIS,
    };
    let mut chained = match head.seq.checked_sub(1) {
        Some(before) => store.journal(before, 1)?.first().map(|entry| entry.hash) == Some(head.hash),
        None => true,
    };
    loop {
        let page = store.journal(head.seq, JOURNAL_PAGE_MAX)?;
        if page.is_empty() {
            return Ok((chained, head.hash));
        }
        for entry in page {
            let Entry { at, command, act, .. } = entry.clone();
            chained &= Entry::after(&head, at, command, act)? == entry;
            head = Head::from(&entry);
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
