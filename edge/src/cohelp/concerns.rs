//! What people told the centre of others, in SQL.

use shared::cohelp::{Concern, Show};
use shared::kernel::{Fault, JobId, PersonId, Timestamp, limit};
use shared::wire;

use crate::sql::{Sql, Value};

use super::store::{bodies, id};

pub(super) fn write<S: Sql>(sql: &S, concern: &Concern) -> Result<(), Fault> {
    let parameters = [
        id(concern.id.as_bytes()),
        id(concern.job.as_bytes()),
        id(concern.by.as_bytes()),
        concern.at.0.into(),
        concern.finding.is_none().then(|| concern.due_at().0).into(),
        Value::Blob(wire::encode(concern)?),
    ];
    sql.exec(
        "INSERT INTO concern (id, job, by, at, due, body) VALUES (?1, ?2, ?3, ?4, ?5, ?6) \
         ON CONFLICT (id) DO UPDATE SET due = ?5, body = ?6 WHERE job = ?2 AND by = ?3",
        &parameters,
    )?;
    Ok(())
}

/// About people met in one job.
pub(super) const OF_JOB: &str = "SELECT body FROM concern WHERE job = CAST(? AS BLOB) ORDER BY at, id";
/// Of these, what one person told.
pub(super) const TOLD: &str =
    "SELECT body FROM concern WHERE by = CAST(? AS BLOB) AND job = CAST(? AS BLOB) ORDER BY at, id";
/// How many open ones one person told of.
pub(super) const OPEN_TOLD: &str = "SELECT count(*) FROM concern WHERE by = ? AND due IS NOT NULL";
/// What nobody has closed, first what is due first.
pub(super) const OPEN: &str = "SELECT body FROM concern WHERE due IS NOT NULL ORDER BY due, id";

pub(super) fn of_job<S: Sql>(sql: &S, job: JobId) -> Result<Vec<Concern>, Fault> {
    bodies(&sql.exec(OF_JOB, &[id(job.as_bytes())])?)
}

pub(super) fn told<S: Sql>(sql: &S, job: JobId, person: PersonId) -> Result<Vec<Concern>, Fault> {
    bodies(&sql.exec(TOLD, &[id(person.as_bytes()), id(job.as_bytes())])?)
}

/// The first of those that an operator looks at, and how many there are: few are ever open, so all are read.
pub(super) fn open<S: Sql>(
    sql: &S,
    show: Show,
    operator: PersonId,
    now: Timestamp,
) -> Result<(Vec<Concern>, u32), Fault> {
    let mut concerns: Vec<Concern> = bodies(&sql.exec(OPEN, &[])?)?;
    concerns.retain(|concern| show.has(concern.keeper(now), operator));
    let count = u32::try_from(concerns.len()).unwrap_or(u32::MAX);
    concerns.truncate(limit::JOBS_SHOWN_MAX as usize);
    Ok((concerns, count))
}
