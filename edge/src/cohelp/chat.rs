//! What the two of a job write to each other, in SQL.

use shared::cohelp::{ChatMessage, ChatSoFar, NotificationKind};
use shared::kernel::{Fault, JobId, PersonId, Timestamp};
use shared::wire;

use crate::sql::{Row, Sql, Value};

use super::store::{bodies, id, rows_of};

/// What was written long ago.
pub(super) const FORGET: &str = "DELETE FROM chat WHERE at <= ? + 0";
pub(super) const OF_JOB: &str = "SELECT body FROM chat WHERE job = CAST(? AS BLOB) ORDER BY number";
/// The other one's message, of which the person was told and which they have not seen.
pub(super) const SEE: &str = "UPDATE notification SET seen = 1 \
    WHERE person = CAST(? AS BLOB) AND job = CAST(? AS BLOB) AND kind = ? AND seen = 0";
const SO_FAR: &str = "SELECT max(number), max(CASE WHEN by = helper THEN at END), job, \
    sum(by = helper), count(*) FROM chat";

/// Writes one, and forgets what was written long ago.
pub(super) fn write<S: Sql>(sql: &S, message: &ChatMessage) -> Result<(), Fault> {
    let ChatMessage { job, number, helper, by, at, line: _ } = message;
    sql.exec(FORGET, &[ChatMessage::kept_since(*at).0.into()])?;
    let [job, helper, by] = [job.as_bytes(), helper.as_bytes(), by.as_bytes()].map(id);
    sql.exec(
        "INSERT INTO chat (job, number, helper, by, at, body) VALUES (?, ?, ?, ?, ?, ?)",
        &[job, i64::from(*number).into(), helper, by, at.0.into(), Value::Blob(wire::encode(message)?)],
    )?;
    Ok(())
}

pub(super) fn of<S: Sql>(sql: &S, job: JobId, helper: Option<PersonId>) -> Result<Vec<ChatMessage>, Fault> {
    let mut messages: Vec<ChatMessage> = bodies(&sql.exec(OF_JOB, &[id(job.as_bytes())])?)?;
    messages.retain(|message| helper.is_none_or(|helper| message.helper == helper));
    Ok(messages)
}

pub(super) fn see<S: Sql>(sql: &S, person: PersonId, job: JobId) -> Result<(), Fault> {
    let wrote = NotificationKind::Wrote.word();
    sql.exec(SEE, &[id(person.as_bytes()), id(job.as_bytes()), wrote.into()])?;
    Ok(())
}

/// What was written so far for those of the jobs for which something was.
pub(super) fn so_far<S: Sql>(sql: &S, jobs: &[JobId]) -> Result<Vec<(JobId, ChatSoFar)>, Fault> {
    rows_of(sql, SO_FAR, jobs, " GROUP BY job")?.iter().map(read).collect()
}

fn read(row: &Row) -> Result<(JobId, ChatSoFar), Fault> {
    let last = u32::try_from(row.integer(0)?).map_err(|error| Fault::new("cohelp.chat", error))?;
    let by_helper = if row.is_null(1) { None } else { Some(Timestamp(row.integer(1)?)) };
    let count = |index| u32::try_from(row.integer(index)?).map_err(|error| Fault::new("cohelp.chat", error));
    let (of_helpers, all) = (count(3)?, count(4)?);
    let of_requester = all.saturating_sub(of_helpers);
    Ok((JobId::from_bytes(row.bytes(2)?), ChatSoFar { last, of_requester, of_helpers, by_helper }))
}
