//! What people are told, in SQL.

use shared::cohelp::{Job, Listed, Notification};
use shared::kernel::{Fault, PersonId};
use shared::wire;

use crate::sql::{Sql, Value};

use super::store::{id, parse};

/// With the job of each, for its title.
pub(super) const OWN: &str = "SELECT notification.number, notification.seen, notification.body, job.body \
    FROM notification JOIN job ON job.id = notification.job \
    WHERE notification.person = CAST(? AS BLOB) ORDER BY notification.number DESC LIMIT ? + 0";
pub(super) const SEE: &str =
    "UPDATE notification SET seen = 1 WHERE person = CAST(? AS BLOB) AND seen = 0 AND +number <= ?";
/// What the person has not seen, and is now told anew.
pub(super) const REPLACE: &str =
    "DELETE FROM notification WHERE person = CAST(? AS BLOB) AND job = CAST(? AS BLOB) AND kind = ? AND seen = 0";
/// What anybody was told long ago.
pub(super) const FORGET: &str = "DELETE FROM notification WHERE at <= ? + 0";

/// Writes one in the place of what it says anew, and forgets what was said long ago.
pub(super) fn write<S: Sql>(sql: &S, notification: &Notification) -> Result<(), Fault> {
    let Notification { person, job, kind, at } = notification;
    let [person, job] = [person.as_bytes(), job.as_bytes()].map(id);
    sql.exec(FORGET, &[Notification::kept_since(*at).0.into()])?;
    sql.exec(REPLACE, &[person.clone(), job.clone(), kind.word().into()])?;
    sql.exec(
        "INSERT INTO notification (person, job, kind, at, seen, body) VALUES (?, ?, ?, ?, 0, ?)",
        &[person, job, kind.word().into(), at.0.into(), Value::Blob(wire::encode(notification)?)],
    )?;
    Ok(())
}

pub(super) fn of<S: Sql>(sql: &S, person: PersonId) -> Result<Vec<Listed>, Fault> {
    let rows = sql.exec(OWN, &[id(person.as_bytes()), i64::from(Notification::SHOWN_MAX).into()])?;
    let listed = rows.iter().map(|row| {
        let number = u64::try_from(row.integer(0)?).map_err(|error| Fault::new("cohelp.notification", error))?;
        let job: Job = parse(row, 3)?;
        Ok(Listed { number, notification: parse(row, 2)?, title: job.request.title, seen: row.integer(1)? != 0 })
    });
    listed.collect()
}

pub(super) fn see<S: Sql>(sql: &S, person: PersonId, number: u64) -> Result<(), Fault> {
    sql.exec(SEE, &[id(person.as_bytes()), number.into()])?;
    Ok(())
}
