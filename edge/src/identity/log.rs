//! The log of each account: sealed, chained, appended in the transaction of the act it tells of.

use serde::{Deserialize, Serialize};
use shared::identity::{Device, LogAct, LogLine, LogPage, log_hash};
use shared::kernel::{Digest, Fault, PersonId, SessionId};

use crate::sql::{Row, SAFE_MAX, Sql, Value};
use crate::world::World;

use super::object::Registry;
use super::seal::Purpose;

/// Lines of a page.
const LINES_SHOWN: usize = 30;
/// What the first line follows.
const START: Digest = [0; 32];

/// What is chained and sealed. Without the salt, who knows what happened could tell from the chain whether it did.
#[derive(Serialize, Deserialize)]
struct Salted {
    salt: [u8; 16],
    line: LogLine,
}

/// A line as it is kept.
struct Kept {
    seq: u64,
    hash: Digest,
    sealed: Vec<u8>,
}

fn read(row: &Row) -> Result<Kept, Fault> {
    let seq = u64::try_from(row.integer(0)?).map_err(|error| Fault::new("identity.log", error))?;
    Ok(Kept { seq, hash: row.bytes(1)?, sealed: row.blob(2)?.to_vec() })
}

/// A person's lines before that number, newest first.
fn lines(sql: &impl Sql, person: PersonId, before: u64, count: usize) -> Result<Vec<Kept>, Fault> {
    let parameters = [Value::from(person.as_bytes().as_slice()), before.into(), (count as u64).into()];
    let text = "SELECT seq, hash, sealed FROM log WHERE person = CAST(?1 AS BLOB) AND seq < ?2 \
                ORDER BY seq DESC LIMIT ?3 + 0";
    sql.exec(text, &parameters)?.iter().map(read).collect()
}

/// No line has this number: a bound above all, and the largest the runtime binds.
const ABOVE_ALL: u64 = SAFE_MAX.unsigned_abs();

impl<S: Sql, W: World> Registry<S, W> {
    /// Adds a line. The caller's transaction keeps it with the act, or neither.
    pub(super) fn note(&self, person: PersonId, device: Device, act: LogAct) -> Result<(), Fault> {
        let line = Salted { salt: self.world.random(), line: LogLine { at: self.world.now(), device, act } };
        let plain = postcard::to_allocvec(&line).map_err(|error| Fault::new("identity.note", error))?;
        let sealed = self.secrets.seal_keys.seal_bytes(self.world.random(), person, Purpose::Log, &plain)?;
        let last = lines(&self.sql, person, ABOVE_ALL, 1)?.pop();
        let (seq, before) = last.map_or((1, START), |last| (last.seq + 1, last.hash));
        let hash = log_hash(person, seq, &before, &plain);
        let parameters =
            [Value::from(person.as_bytes().as_slice()), seq.into(), hash.as_slice().into(), Value::Blob(sealed)];
        self.sql.exec("INSERT INTO log (person, seq, hash, sealed) VALUES (?, ?, ?, ?)", &parameters).map(drop)
    }

    /// The page 利用の記録. A chain that does not hold is a fault, not a page.
    pub(super) fn log_page(&self, session: SessionId, before: Option<u64>) -> Result<Option<LogPage>, Fault> {
        let Some(visitor) = self.visitor(session)? else { return Ok(None) };
        let person = visitor.actor.person;
        let before = before.unwrap_or(ABOVE_ALL).min(ABOVE_ALL);
        // One more than is shown: the last one shown is checked against it.
        let kept = lines(&self.sql, person, before, LINES_SHOWN + 1)?;
        let plain: Vec<_> = kept.iter().map(|one| self.opened_line(person, one)).collect::<Result<_, _>>()?;
        check(person, &kept, &plain)?;
        let open = |(one, plain): (&Kept, &Vec<u8>)| {
            let salted: Salted = postcard::from_bytes(plain).map_err(|error| Fault::new("identity.log", error))?;
            Ok((one.seq, salted.line))
        };
        let lines = kept.iter().zip(&plain).take(LINES_SHOWN).map(open).collect::<Result<_, Fault>>()?;
        Ok(Some(LogPage { visitor, lines, more: kept.len() > LINES_SHOWN }))
    }

    /// A line that was changed where it lies does not open: that breaks the chain too.
    fn opened_line(&self, person: PersonId, kept: &Kept) -> Result<Vec<u8>, Fault> {
        let opened = self.secrets.seal_keys.open_bytes(person, Purpose::Log, &kept.sealed);
        opened
            .map_err(|fault| Fault::new("identity.log", format_args!("the chain breaks at line {}: {fault}", kept.seq)))
    }
}

/// Whether neighbouring lines, newest first, are linked and none is missing between them.
fn check(person: PersonId, kept: &[Kept], plain: &[Vec<u8>]) -> Result<(), Fault> {
    let broken = |seq: u64| Fault::new("identity.log", format_args!("the chain breaks at line {seq}"));
    for ((at, one), plain) in kept.iter().enumerate().zip(plain) {
        let before = match (kept.get(at + 1), one.seq) {
            (Some(older), seq) if older.seq + 1 == seq => older.hash,
            (None, 1) => START,
            // What is before the last line of a full page is looked at on the next page.
            (None, _) if kept.len() > LINES_SHOWN => continue,
            _ => return Err(broken(one.seq)),
        };
        if log_hash(person, one.seq, &before, plain) != one.hash {
            return Err(broken(one.seq));
        }
    }
    Ok(())
}
