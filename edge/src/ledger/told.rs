//! What officers did, for the log of whom it concerns (利用の記録): written in one commit with the act, and said to the
//! Registry until it is heard.

use shared::identity::{Answer, Call, Note};
use shared::kernel::{Fault, Timestamp};
use shared::wire;

use crate::sql::{Row, Sql, Value};
use crate::world::{Object, World};

/// When to try again, in seconds.
const AGAIN_SECONDS: i64 = 60;
/// Notes of one errand.
const ERRAND_MAX: u64 = 100;

/// Keeps a note until it is heard. One that was kept before is the same one.
pub(super) fn keep(sql: &impl Sql, note: &Note) -> Result<(), Fault> {
    let parameters = [Value::from(note.id.as_bytes().as_slice()), Value::Blob(wire::encode(note)?)];
    sql.exec("INSERT INTO told (id, body) VALUES (?, ?) ON CONFLICT DO NOTHING", &parameters).map(drop)
}

/// When the alarm has to ring for what is about to be kept.
pub(super) const fn due(now: Timestamp) -> Timestamp {
    now.plus_seconds(AGAIN_SECONDS)
}

/// Whether anything waits to be said.
pub(super) fn waits(sql: &impl Sql) -> Result<bool, Fault> {
    Ok(!sql.exec("SELECT 1 FROM told LIMIT 1", &[])?.is_empty())
}

/// Says what is kept, an errand's worth. Answers when to go on: at once with the rest, later with a Registry that does not
/// answer.
pub(super) async fn carry_out(sql: &impl Sql, world: &impl World) -> Result<Option<Timestamp>, Fault> {
    let rows = sql.exec("SELECT id, body FROM told ORDER BY id LIMIT ? + 0", &[ERRAND_MAX.into()])?;
    if rows.is_empty() {
        return Ok(None);
    }
    if let Err(fault) = say(world, &rows).await {
        world.log(&fault);
        return Ok(Some(due(world.now())));
    }
    for row in &rows {
        sql.exec("DELETE FROM told WHERE id = ?", &[Value::Blob(row.blob(0)?.to_vec())])?;
    }
    Ok((rows.len() as u64 == ERRAND_MAX).then(|| world.now()))
}

async fn say(world: &impl World, rows: &[Row]) -> Result<(), Fault> {
    let read = |row: &Row| wire::decode_trusted(row.blob(1)?).map_err(|error| Fault::new("ledger.told", error));
    let notes: Vec<Note> = rows.iter().map(read).collect::<Result<_, _>>()?;
    let answer = world.call(Object::Registry, wire::encode(&Call::Note(notes))?).await?;
    match wire::decode_trusted(&answer).map_err(|error| Fault::new("ledger.told", error))? {
        Answer::Done => Ok(()),
        _ => Err(Fault::new("ledger.told", "another answer")),
    }
}
