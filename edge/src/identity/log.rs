//! The log of each account: sealed, chained, appended in the transaction of the act it tells of.

use serde::{Deserialize, Serialize};
use shared::identity::{
    Device, LogAct, LogKind, LogLine, LogPage, LogsChecked, Note, OfficeAct, Refusal, Staff, log_hash, staff_may,
};
use shared::kernel::{CommandId, Day, Digest, Fault, Level, PersonId, Role, SessionId};

use crate::sql::{Row, SAFE_MAX, Sql, Value};
use crate::world::World;

use super::object::Registry;
use super::seal::Purpose;
use super::store;

/// Lines of a page.
const LINES_SHOWN: usize = 30;
/// Pages that are gone through for lines of one kind; who looks further back is asked to go on.
const PAGES_READ_MAX: usize = 20;
/// People whose logs one check goes through.
const CHECKED_MAX: u64 = 200;
/// Lines after which a check stops with the log it is at.
const CHECKED_LINES_MAX: u64 = 5_000;
/// Logs that lose their oldest lines in one go.
const PRUNED_MAX: u64 = 200;
/// What the first line ever follows.
const START: (u64, Digest) = (0, [0; 32]);

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

/// Lines their owner has not said to have seen.
fn unseen(sql: &impl Sql, person: PersonId) -> Result<Vec<u64>, Fault> {
    let rows = sql.exec(
        "SELECT seq FROM notice WHERE person = CAST(? AS BLOB) ORDER BY seq",
        &[person.as_bytes().as_slice().into()],
    )?;
    let read = |row: &Row| u64::try_from(row.integer(0)?).map_err(|error| Fault::new("identity.log", error));
    rows.iter().map(read).collect()
}

/// No line has this number: a bound above all, and the largest the runtime binds.
const ABOVE_ALL: u64 = SAFE_MAX.unsigned_abs();

impl<S: Sql, W: World> Registry<S, W> {
    /// Adds a line, and tells its owner of it if it is for telling. The caller's transaction keeps it with the act, or neither.
    pub(super) fn note(&self, person: PersonId, device: Device, act: LogAct) -> Result<(), Fault> {
        let is_told = act.is_told();
        let seq = self.note_quietly(person, device, act)?;
        if is_told {
            let parameters = [Value::from(person.as_bytes().as_slice()), seq.into()];
            self.sql.exec("INSERT INTO notice (person, seq) VALUES (?, ?)", &parameters)?;
            self.forget_visitors(person);
        }
        Ok(())
    }

    /// Adds a line of which its owner is not told: what belongs to joining is no news. Says its number.
    pub(super) fn note_quietly(&self, person: PersonId, device: Device, act: LogAct) -> Result<u64, Fault> {
        let now = self.world.now();
        let line = Salted { salt: self.world.random(), line: LogLine { at: now, device, act } };
        let plain = postcard::to_allocvec(&line).map_err(|error| Fault::new("identity.note", error))?;
        let sealed = self.secrets.seal_keys.seal_bytes(self.world.random(), person, Purpose::Log, &plain)?;
        let last = lines(&self.sql, person, ABOVE_ALL, 1)?.pop();
        let (last_seq, before) = match last {
            Some(last) => (last.seq, last.hash),
            None => self.start(person)?,
        };
        let seq = last_seq + 1;
        let hash = log_hash(person, seq, &before, &plain);
        let person_value = || Value::from(person.as_bytes().as_slice());
        let parameters =
            [person_value(), seq.into(), hash.as_slice().into(), Value::Blob(sealed), i64::from(now.day().0).into()];
        self.sql.exec("INSERT INTO log (person, seq, hash, sealed, day) VALUES (?, ?, ?, ?, ?)", &parameters)?;
        Ok(seq)
    }

    /// What the first line that is still there follows: the last one that has gone, with its number. Only we say that any has.
    fn start(&self, person: PersonId) -> Result<(u64, Digest), Fault> {
        let person_value = person.as_bytes().as_slice().into();
        let rows = self.sql.exec("SELECT seq, hash, mac FROM log_start WHERE person = ?", &[person_value])?;
        let Some(row) = rows.first() else { return Ok(START) };
        let seq = u64::try_from(row.integer(0)?).map_err(|error| Fault::new("identity.log", error))?;
        let (hash, mac): (Digest, Digest) = (row.bytes(1)?, row.bytes(2)?);
        if mac == self.secrets.log_start_key(person, seq, &hash)? {
            Ok((seq, hash))
        } else {
            Err(Fault::new("identity.log", "the beginning of a log was not set by us"))
        }
    }

    /// How many lines somebody has not said to have seen.
    pub(super) fn news(&self, person: PersonId) -> Result<u32, Fault> {
        Ok(u32::try_from(unseen(&self.sql, person)?.len()).unwrap_or(u32::MAX))
    }

    /// The person has seen the lines up to that one.
    pub(super) fn log_seen(&self, session: SessionId, up_to: u64) -> Result<Result<(), Refusal>, Fault> {
        let Some(visitor) = self.visitor(session)? else { return Ok(Err(Refusal::SignedOut)) };
        let person = visitor.actor.person;
        let parameters = [Value::from(person.as_bytes().as_slice()), up_to.min(ABOVE_ALL).into()];
        self.sql.exec("DELETE FROM notice WHERE person = CAST(? AS BLOB) AND seq <= ? + 0", &parameters)?;
        self.forget_visitors(person);
        Ok(Ok(()))
    }

    /// Adds what another object says of accounts. What was heard before is not written again.
    pub(super) fn hear(&self, notes: Vec<Note>) -> Result<(), Fault> {
        for Note { id, person, by, act } in notes {
            if let Err(fault) = self.hear_one(id, person, by, act) {
                // It would be said again for ever, and nothing behind it would be heard.
                self.world.log(&fault);
            }
        }
        Ok(())
    }

    fn hear_one(&self, id: CommandId, person: PersonId, by: PersonId, act: OfficeAct) -> Result<(), Fault> {
        let by = Staff { name: self.staff_name_of(by)?, role: act.role() };
        self.sql.transaction(|| {
            if store::person(&self.sql, person)?.is_none() || !store::hear_once(&self.sql, id, self.world.now())? {
                return Ok(());
            }
            self.note(person, Device::UNKNOWN, LogAct::Office { by, act })
        })
    }

    /// The page 利用の記録. A chain that does not hold is a fault, not a page.
    pub(super) fn log_page(
        &self,
        session: SessionId,
        before: Option<u64>,
        kind: Option<LogKind>,
    ) -> Result<Option<LogPage>, Fault> {
        let Some(visitor) = self.visitor(session)? else { return Ok(None) };
        let person = visitor.actor.person;
        let mut before = before.unwrap_or(ABOVE_ALL).min(ABOVE_ALL);
        let (mut found, mut more) = (Vec::new(), true);
        for _ in 0..PAGES_READ_MAX {
            let read = self.read_lines(person, before)?;
            let wanted = |line: &LogLine| kind.is_none_or(|kind| line.act.kind() == kind);
            for (seq, line) in read.iter().take(LINES_SHOWN) {
                if found.len() == LINES_SHOWN {
                    break;
                }
                before = *seq;
                if wanted(line) {
                    found.push((*seq, line.clone()));
                }
            }
            more = read.last().is_some_and(|(oldest, _)| *oldest < before);
            if found.len() == LINES_SHOWN || !more {
                break;
            }
        }
        let more = more.then_some(before);
        let unseen = unseen(&self.sql, person)?;
        Ok(Some(LogPage { visitor, kind, lines: found, more, unseen }))
    }

    /// Lines before that one, newest first, checked: a page of them and one more, if there is one.
    fn read_lines(&self, person: PersonId, before: u64) -> Result<Vec<(u64, LogLine)>, Fault> {
        // The last one of a page is checked against the one behind it, and so is the one more.
        let kept = lines(&self.sql, person, before, LINES_SHOWN + 2)?;
        let plain: Vec<_> = kept.iter().map(|one| self.opened_line(person, one)).collect::<Result<_, _>>()?;
        let start = self.start(person)?;
        check(person, &kept, &plain, start, LINES_SHOWN + 2)?;
        let open = |(one, plain): (&Kept, &Vec<u8>)| {
            let salted: Salted = postcard::from_bytes(plain).map_err(|error| Fault::new("identity.log", error))?;
            Ok((one.seq, salted.line))
        };
        kept.iter().zip(&plain).take(LINES_SHOWN + 1).map(open).collect()
    }

    /// A line that was changed where it lies does not open: that breaks the chain too.
    fn opened_line(&self, person: PersonId, kept: &Kept) -> Result<Vec<u8>, Fault> {
        let opened = self.secrets.seal_keys.open_bytes(person, Purpose::Log, &kept.sealed);
        opened
            .map_err(|fault| Fault::new("identity.log", format_args!("the chain breaks at line {}: {fault}", kept.seq)))
    }

    /// Goes through the logs of some people and says which do not hold. For auditors.
    pub(super) fn check_logs(
        &self,
        session: SessionId,
        after: Option<PersonId>,
    ) -> Result<Result<LogsChecked, Refusal>, Fault> {
        let Some(visitor) = self.visitor(session)? else { return Ok(Err(Refusal::SignedOut)) };
        if let Err(refusal) = staff_may(&visitor.actor, Role::Auditor, Level::Passkey, self.world.now()) {
            return Ok(Err(refusal));
        }
        let people = store::people_after(&self.sql, after, CHECKED_MAX)?;
        let next = people.last().map(|person| person.id).filter(|_| people.len() as u64 == CHECKED_MAX);
        let mut checked = LogsChecked { people: 0, lines: 0, broken: Vec::new(), next };
        for person in people {
            let (lines, broken) = self.check_log(person.id)?;
            checked.people += 1;
            checked.lines += lines;
            checked.broken.extend(broken.map(|seq| (person.member, seq)));
            // Nobody waits long behind this: everybody's sessions are looked at here too.
            if checked.lines > CHECKED_LINES_MAX {
                checked.next = Some(person.id);
                break;
            }
        }
        Ok(Ok(checked))
    }

    /// How many lines a log has, and the first place from its end where it does not hold.
    fn check_log(&self, person: PersonId) -> Result<(u64, Option<u64>), Fault> {
        let (mut before, mut count) = (ABOVE_ALL, 0);
        let Ok(start) = self.start(person) else { return Ok((0, Some(1))) };
        loop {
            let kept = lines(&self.sql, person, before, LINES_SHOWN + 1)?;
            let mut plain = Vec::new();
            for one in &kept {
                match self.opened_line(person, one) {
                    Ok(line) => plain.push(line),
                    Err(_) => return Ok((count, Some(one.seq))),
                }
            }
            if check(person, &kept, &plain, start, LINES_SHOWN + 1).is_err() {
                return Ok((count, kept.first().map(|one| one.seq)));
            }
            count += kept.len().min(LINES_SHOWN) as u64;
            match kept.get(LINES_SHOWN) {
                // The one more is the first of the next page.
                Some(last) => before = last.seq + 1,
                None => return Ok((count, None)),
            }
        }
    }

    /// Deletes lines from before that day. The chain begins behind them from then on. Says whether there may be more.
    pub(super) fn prune_logs(&self, first_kept: Day) -> Result<bool, Fault> {
        let text = "SELECT person, max(seq) FROM log WHERE day < ?1 + 0 GROUP BY person LIMIT ?2 + 0";
        let old = self.sql.exec(text, &[i64::from(first_kept.0).into(), PRUNED_MAX.into()])?;
        for row in &old {
            let person = PersonId::from_bytes(row.bytes(0)?);
            self.sql.transaction(|| self.prune_log(person, row.integer(1)?))?;
        }
        Ok(old.len() as u64 == PRUNED_MAX)
    }

    /// Deletes somebody's lines up to that one.
    fn prune_log(&self, person: PersonId, last: i64) -> Result<(), Fault> {
        let at = || [Value::from(person.as_bytes().as_slice()), last.into()];
        let text = "SELECT seq, hash, sealed FROM log WHERE person = CAST(? AS BLOB) AND seq = ? + 0";
        let Some(kept) = self.sql.exec(text, &at())?.first().map(read).transpose()? else { return Ok(()) };
        let mac = self.secrets.log_start_key(person, kept.seq, &kept.hash)?;
        let [person, seq] = at();
        self.sql.exec(
            "INSERT INTO log_start (person, seq, hash, mac) VALUES (?, ?, ?, ?) ON CONFLICT (person) \
             DO UPDATE SET seq = excluded.seq, hash = excluded.hash, mac = excluded.mac",
            &[person, seq, kept.hash.as_slice().into(), mac.as_slice().into()],
        )?;
        self.sql.exec("DELETE FROM log WHERE person = CAST(? AS BLOB) AND seq <= ? + 0", &at())?;
        self.sql.exec("DELETE FROM notice WHERE person = CAST(? AS BLOB) AND seq <= ? + 0", &at()).map(drop)
    }
}

/// Whether neighbouring lines, newest first, are linked and none is missing between them. `full`: as many as were asked for,
/// so that what is before the last one is looked at elsewhere.
fn check(person: PersonId, kept: &[Kept], plain: &[Vec<u8>], start: (u64, Digest), full: usize) -> Result<(), Fault> {
    let broken = |seq: u64| Fault::new("identity.log", format_args!("the chain breaks at line {seq}"));
    for ((at, one), plain) in kept.iter().enumerate().zip(plain) {
        let before = match kept.get(at + 1) {
            Some(older) if older.seq + 1 == one.seq => older.hash,
            None if start.0 + 1 == one.seq => start.1,
            None if kept.len() == full => continue,
            _ => return Err(broken(one.seq)),
        };
        if log_hash(person, one.seq, &before, plain) != one.hash {
            return Err(broken(one.seq));
        }
    }
    Ok(())
}
