//! What the two told the centre of its service, in SQL.

use shared::cohelp::{Feedback, Satisfaction, Show, Side};
use shared::kernel::{Fault, JobId, PersonId, limit};
use shared::wire;

use crate::sql::{Sql, Value};

use super::store::{bodies, count, id};

pub(super) const OF_JOB: &str = "SELECT body FROM feedback WHERE job = CAST(? AS BLOB) ORDER BY side";
/// What no operator has read, longest first.
pub(super) const WAITING: &str =
    "SELECT body FROM feedback WHERE waits IS NOT NULL ORDER BY waits, job, side LIMIT ? + 0";
const WAITING_COUNT: &str = "SELECT count(*) FROM feedback WHERE waits IS NOT NULL";
/// What was given long ago and does not wait.
pub(super) const FORGET: &str = "DELETE FROM feedback WHERE waits IS NULL AND at <= ? + 0";

/// Writes one, and forgets what was given long ago.
pub(super) fn write<S: Sql>(sql: &S, feedback: &Feedback) -> Result<(), Fault> {
    sql.exec(FORGET, &[Feedback::kept_since(feedback.at).0.into()])?;
    let parameters = [
        id(feedback.job.as_bytes()),
        i64::from(feedback.side == Side::Helper).into(),
        feedback.at.0.into(),
        feedback.waits().then_some(feedback.at.0).into(),
        Value::Blob(wire::encode(feedback)?),
    ];
    sql.exec(
        "INSERT INTO feedback (job, side, at, waits, body) VALUES (?1, ?2, ?3, ?4, ?5) \
         ON CONFLICT (job, side) DO UPDATE SET at = ?3, waits = ?4, body = ?5",
        &parameters,
    )?;
    Ok(())
}

pub(super) fn of_job<S: Sql>(sql: &S, job: JobId) -> Result<Vec<Feedback>, Fault> {
    bodies(&sql.exec(OF_JOB, &[id(job.as_bytes())])?)
}

/// The first of those that an operator looks at, and how many there are. Nobody looks after one: it is read, or not.
pub(super) fn waiting<S: Sql>(sql: &S, show: Show, operator: PersonId) -> Result<(Vec<Feedback>, u32), Fault> {
    if !show.has(None, operator) {
        return Ok((Vec::new(), 0));
    }
    let first = bodies(&sql.exec(WAITING, &[i64::from(limit::JOBS_SHOWN_MAX).into()])?)?;
    Ok((first, count(sql, WAITING_COUNT, &[])?))
}

/// Satisfaction that waits to be counted.
pub(super) fn satisfaction<S: Sql>(sql: &S) -> Result<Satisfaction, Fault> {
    let rows = sql.exec("SELECT answers, stars FROM satisfaction WHERE id = 0", &[])?;
    let row = rows.first().ok_or_else(|| Fault::new("cohelp.satisfaction", "no row"))?;
    let whole = |index| u64::try_from(row.integer(index)?).map_err(|error| Fault::new("cohelp.satisfaction", error));
    Ok(Satisfaction { answers: whole(0)?, stars: whole(1)? })
}

pub(super) fn write_satisfaction<S: Sql>(sql: &S, satisfaction: Satisfaction) -> Result<(), Fault> {
    let Satisfaction { answers, stars } = satisfaction;
    sql.exec("UPDATE satisfaction SET answers = ?, stars = ? WHERE id = 0", &[answers.into(), stars.into()])?;
    Ok(())
}
