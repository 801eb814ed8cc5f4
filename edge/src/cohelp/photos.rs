//! Photos in SQL.

use shared::cohelp::{Photo, PhotoChange};
use shared::kernel::{Fault, JobId, PersonId, PhotoId, Timestamp};
use shared::wire;

use crate::sql::{Sql, Value};

use super::store::{bodies, count, id};

/// Bytes of one part.
const PART_BYTES: usize = 1024 * 1024;

pub(super) const OF_JOB: &str = "SELECT body FROM photo WHERE job = CAST(? AS BLOB)";
pub(super) const OF_PERSON: &str = "SELECT count(*) FROM photo WHERE by = CAST(? AS BLOB)";
pub(super) const PARTS: &str = "SELECT bytes FROM photo_part WHERE photo = CAST(? AS BLOB) ORDER BY part";
/// Pictures of what was to be kept until then, and after them the rest.
pub(super) const FORGET: [&str; 2] = [
    "DELETE FROM photo_part WHERE photo IN (SELECT id FROM photo WHERE until <= ? + 0)",
    "DELETE FROM photo WHERE until <= ? + 0",
];

/// Writes what becomes of one. With each new one go those that were kept long enough.
pub(super) fn write<S: Sql>(sql: &S, change: &PhotoChange) -> Result<(), Fault> {
    match change {
        PhotoChange::Added(photo, picture) => {
            forget(sql, photo.at)?;
            let parameters = [
                id(photo.id.as_bytes()),
                id(photo.job.as_bytes()),
                id(photo.by.as_bytes()),
                photo.until.0.into(),
                Value::Blob(wire::encode(photo)?),
            ];
            sql.exec("INSERT INTO photo (id, job, by, until, body) VALUES (?, ?, ?, ?, ?)", &parameters)?;
            for (part, bytes) in (0i64..).zip(picture.bytes().chunks(PART_BYTES)) {
                let parameters = [id(photo.id.as_bytes()), part.into(), bytes.into()];
                sql.exec("INSERT INTO photo_part (photo, part, bytes) VALUES (?, ?, ?)", &parameters)?;
            }
        }
        PhotoChange::Removed(photo) => {
            for text in ["DELETE FROM photo_part WHERE photo = ?", "DELETE FROM photo WHERE id = ?"] {
                sql.exec(text, &[id(photo.id.as_bytes())])?;
            }
        }
    }
    Ok(())
}

/// Those that were kept long enough go.
pub(super) fn forget<S: Sql>(sql: &S, now: Timestamp) -> Result<(), Fault> {
    FORGET.iter().try_for_each(|text| sql.exec(text, &[now.0.into()]).map(drop))
}

/// Those of a job, by when and their id.
pub(super) fn of<S: Sql>(sql: &S, job: JobId) -> Result<Vec<Photo>, Fault> {
    let mut photos: Vec<Photo> = bodies(&sql.exec(OF_JOB, &[id(job.as_bytes())])?)?;
    photos.sort_by_key(|photo| (photo.at, photo.id));
    Ok(photos)
}

/// How many of that person are kept.
pub(super) fn of_person<S: Sql>(sql: &S, person: PersonId) -> Result<u32, Fault> {
    count(sql, OF_PERSON, &[id(person.as_bytes())])
}

/// The bytes of its picture.
pub(super) fn picture<S: Sql>(sql: &S, name: PhotoId) -> Result<Option<Vec<u8>>, Fault> {
    let mut bytes = Vec::new();
    for row in sql.exec(PARTS, &[id(name.as_bytes())])? {
        bytes.extend_from_slice(row.blob(0)?);
    }
    Ok(if bytes.is_empty() { None } else { Some(bytes) })
}
