//! Who looks after what at the centre, what operators write down, and what changed for the desk, in SQL.

use shared::cohelp::{Change, Changes, Claim, Entered, EnteredAct, Memo, NEWS_KEPT, News, Reach, Show, Snapshot};
use shared::kernel::{Fault, JobId, PersonId, Timestamp};
use shared::wire;

use crate::sql::{Row, Sql, Value};

use super::store::{bodies, count, id, rows_of};

pub(super) fn read<S: Sql>(sql: &S, job: JobId, snapshot: &mut Snapshot) -> Result<(), Fault> {
    snapshot.claim = claim(sql, job)?;
    snapshot.memos = count(sql, "SELECT count(*) FROM memo WHERE job = ?", &[id(job.as_bytes())])?;
    Ok(())
}

pub(super) fn write<S: Sql>(sql: &S, changes: &Changes) -> Result<(), Fault> {
    for (job, claim) in &changes.claims {
        match claim {
            Some(claim) => sql.exec(
                "INSERT INTO claim (job, operator, at) VALUES (?1, ?2, ?3) \
                 ON CONFLICT (job) DO UPDATE SET operator = ?2, at = ?3",
                &[id(job.as_bytes()), id(claim.by.as_bytes()), claim.at.0.into()],
            )?,
            None => sql.exec("DELETE FROM claim WHERE job = ?", &[id(job.as_bytes())])?,
        };
    }
    for memo in &changes.memos {
        sql.exec(
            "INSERT INTO memo (id, job, at, body) VALUES (?, ?, ?, ?)",
            &[id(memo.id.as_bytes()), id(memo.job.as_bytes()), memo.at.0.into(), Value::Blob(wire::encode(memo)?)],
        )?;
    }
    for entered in &changes.entered {
        let Entered { id: name, job, at, act, .. } = entered;
        let asked = changes.jobs.iter().find(|made| made.id == *job && *act == EnteredAct::Ask);
        let until = asked.map(|asked| asked.request.window.ends().0);
        sql.exec(
            "INSERT INTO entered (id, job, at, until, body) VALUES (?, ?, ?, ?, ?)",
            &[id(name.as_bytes()), id(job.as_bytes()), at.0.into(), until.into(), Value::Blob(wire::encode(entered)?)],
        )?;
    }
    let changed = changes.news();
    for (job, reach) in &changed {
        let reach = i64::from(reach.number());
        sql.exec("INSERT INTO news (job, reach) VALUES (?, ?)", &[id(job.as_bytes()), reach.into()])?;
    }
    if !changed.is_empty() {
        let kept = i64::try_from(NEWS_KEPT).unwrap_or(i64::MAX);
        sql.exec("DELETE FROM news WHERE number <= (SELECT max(number) FROM news) - (? + 0)", &[kept.into()])?;
    }
    Ok(())
}

pub(super) fn claim<S: Sql>(sql: &S, job: JobId) -> Result<Option<Claim>, Fault> {
    let rows = sql.exec("SELECT job, operator, at FROM claim WHERE job = ?", &[id(job.as_bytes())])?;
    rows.first().map(claimed).transpose()
}

/// Those that hold, by request.
pub(super) fn holding<S: Sql>(sql: &S, jobs: &[JobId], now: Timestamp) -> Result<Vec<Claim>, Fault> {
    let rows = rows_of(sql, "SELECT job, operator, at FROM claim", jobs, "")?;
    let mut found = rows.iter().map(claimed).collect::<Result<Vec<_>, _>>()?;
    found.retain(|claim| claim.holds(now));
    found.sort_unstable_by_key(|claim| claim.job);
    Ok(found)
}

fn claimed(row: &Row) -> Result<Claim, Fault> {
    let (job, by) = (JobId::from_bytes(row.bytes(0)?), PersonId::from_bytes(row.bytes(1)?));
    Ok(Claim { job, by, at: Timestamp(row.integer(2)?) })
}

/// What was looked after until then.
pub(super) fn lapsed<S: Sql>(sql: &S, now: Timestamp) -> Result<Vec<JobId>, Fault> {
    let since = now.plus_seconds(-Claim::HELD_SECONDS).0.into();
    let rows = sql.exec(LAPSED, &[since])?;
    let mut jobs = rows.iter().map(|row| Ok(JobId::from_bytes(row.bytes(0)?))).collect::<Result<Vec<_>, Fault>>()?;
    jobs.sort_unstable();
    Ok(jobs)
}

pub(super) const LAPSED: &str = "SELECT job FROM claim WHERE at <= ? + 0";

/// When the first of those who look after something no longer do.
pub(super) fn next_end<S: Sql>(sql: &S) -> Result<Option<Timestamp>, Fault> {
    let rows = sql.exec("SELECT min(at) FROM claim", &[])?;
    let first = rows.first().filter(|row| !row.is_null(0));
    first.map(|row| Ok(Timestamp(row.integer(0)?).plus_seconds(Claim::HELD_SECONDS))).transpose()
}

/// About one request.
pub(super) const MEMOS: &str = "SELECT body FROM memo WHERE job = CAST(? AS BLOB) ORDER BY at, id";

pub(super) fn memos<S: Sql>(sql: &S, job: JobId) -> Result<Vec<Memo>, Fault> {
    bodies(&sql.exec(MEMOS, &[id(job.as_bytes())])?)
}

/// About one request.
pub(super) const ENTERED: &str = "SELECT body FROM entered WHERE job = CAST(? AS BLOB) ORDER BY at, id";

pub(super) fn entered<S: Sql>(sql: &S, job: JobId) -> Result<Vec<Entered>, Fault> {
    bodies(&sql.exec(ENTERED, &[id(job.as_bytes())])?)
}

/// What was entered for those requests.
pub(super) fn entered_for<S: Sql>(sql: &S, jobs: &[JobId]) -> Result<Vec<Entered>, Fault> {
    bodies(&rows_of(sql, "SELECT body FROM entered", jobs, "")?)
}

/// What keeps a query over `job` to what the operator looks at, and its parameters.
pub(super) fn seen(show: Show, operator: PersonId, now: Timestamp) -> (&'static str, Vec<Value>) {
    let since = now.plus_seconds(-Claim::HELD_SECONDS).0.into();
    match show {
        Show::All => ("", Vec::new()),
        Show::Free => {
            (" AND NOT EXISTS (SELECT 1 FROM claim WHERE claim.job = job.id AND claim.at > ? + 0)", vec![since])
        }
        Show::Mine => (
            " AND EXISTS (SELECT 1 FROM claim WHERE claim.job = job.id AND claim.at > ? + 0 AND operator = CAST(? AS BLOB))",
            vec![since, id(operator.as_bytes())],
        ),
    }
}

pub(super) fn news<S: Sql>(sql: &S, after: u64) -> Result<News, Fault> {
    let ends = sql.exec("SELECT coalesce(min(number), 1), coalesce(max(number), 0) FROM news", &[])?;
    let (first, last) = match ends.first() {
        Some(row) => (number(row, 0)?, number(row, 1)?),
        None => (1, 0),
    };
    if after > last || first > after.saturating_add(1) {
        return Ok(News { last, since: None });
    }
    let after = i64::try_from(after).map_err(|error| Fault::new("cohelp.news", error))?;
    let rows = sql.exec("SELECT number, job, reach FROM news WHERE number > ? + 0 ORDER BY number", &[after.into()])?;
    let change = |row: &Row| -> Result<Change, Fault> {
        let (number, job) = (number(row, 0)?, JobId::from_bytes(row.bytes(1)?));
        let reach =
            Reach::from_number(row.integer(2)?).ok_or_else(|| Fault::new("cohelp.news", "a reach of no kind"))?;
        Ok(Change { number, job, reach })
    };
    Ok(News { last, since: Some(rows.iter().map(change).collect::<Result<_, _>>()?) })
}

fn number(row: &Row, index: usize) -> Result<u64, Fault> {
    u64::try_from(row.integer(index)?).map_err(|error| Fault::new("cohelp.news", error))
}
