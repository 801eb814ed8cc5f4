//! A new sealing key: what is sealed under an older one is sealed anew, a batch at a time, by the alarm. Each batch and how
//! far it came are one commit, so it goes on after any crash where it was.

use shared::kernel::{Fault, PersonId};

use crate::sql::{Row, Sql, Value};
use crate::world::World;

use super::object::Registry;
use super::seal::{Purpose, SealKeys, key_of};

/// Rows looked at in one commit.
const BATCH_MAX: u64 = 200;

/// What is sealed, in the order it is gone through.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Step {
    People,
    Lines,
    Telephones,
    Done,
}

impl Step {
    const ALL: [Self; 4] = [Self::People, Self::Lines, Self::Telephones, Self::Done];

    const fn next(self) -> Self {
        match self {
            Self::People => Self::Lines,
            Self::Lines => Self::Telephones,
            Self::Telephones | Self::Done => Self::Done,
        }
    }

    /// Rows behind a place: person, number within the person, what is sealed.
    const fn rows(self) -> &'static str {
        match self {
            Self::People => {
                "SELECT id, 0, sealed FROM person WHERE id > CAST(?1 AS BLOB) AND ?2 >= 0 ORDER BY id LIMIT ?3 + 0"
            }
            Self::Telephones | Self::Done => {
                "SELECT person, 0, sealed FROM telephone WHERE person > CAST(?1 AS BLOB) AND ?2 >= 0 \
                 ORDER BY person LIMIT ?3 + 0"
            }
            Self::Lines => {
                "SELECT person, seq, sealed FROM log WHERE (person, seq) > (CAST(?1 AS BLOB), ?2 + 0) \
                 ORDER BY person, seq LIMIT ?3 + 0"
            }
        }
    }

    const fn put(self) -> &'static str {
        match self {
            Self::People => "UPDATE person SET sealed = ?3 WHERE id = CAST(?1 AS BLOB) AND ?2 >= 0",
            Self::Telephones | Self::Done => {
                "UPDATE telephone SET sealed = ?3 WHERE person = CAST(?1 AS BLOB) AND ?2 >= 0"
            }
            Self::Lines => "UPDATE log SET sealed = ?3 WHERE person = CAST(?1 AS BLOB) AND seq = ?2 + 0",
        }
    }

    const fn purpose(self) -> Purpose {
        match self {
            Self::People => Purpose::Attributes,
            Self::Lines => Purpose::Log,
            Self::Telephones | Self::Done => Purpose::Telephone,
        }
    }
}

/// Where a rotation is: everything up to that row is sealed under the newest key.
struct Place {
    step: Step,
    person: Vec<u8>,
    seq: i64,
}

const START: Place = Place { step: Step::People, person: Vec::new(), seq: 0 };

/// Looks at the keys there are when the Registry opens. A key that something may still be sealed under must be among them;
/// one that was not the newest before begins a rotation.
pub(super) fn begin(sql: &impl Sql, keys: &SealKeys) -> Result<(), Fault> {
    for row in sql.exec("SELECT number FROM seal_key", &[])? {
        let number = row.integer(0)?;
        if !u8::try_from(number).is_ok_and(|number| keys.has(number)) {
            let cause = format_args!("something is still sealed under key {number}, which is missing");
            return Err(Fault::new("rotation.begin", cause));
        }
    }
    let aim = sql.exec("SELECT target FROM rotation", &[])?.first().map(|row| row.integer(0)).transpose()?;
    if aim == Some(keys.newest().into()) {
        return Ok(());
    }
    sql.transaction(|| {
        // They live for minutes, links for a day: nobody waits for them to be sealed anew.
        for table in ["draft", "counter_proof", "invitation"] {
            sql.exec(&format!("DELETE FROM {table}"), &[])?;
        }
        sql.exec(
            "INSERT INTO seal_key (number) VALUES (?) ON CONFLICT DO NOTHING",
            &[u64::from(keys.newest()).into()],
        )?;
        let nothing = sql.exec("SELECT 1 FROM person LIMIT 1", &[])?.is_empty();
        keep(sql, keys, &if nothing { Place { step: Step::Done, ..START } } else { START })
    })
}

fn keep(sql: &impl Sql, keys: &SealKeys, place: &Place) -> Result<(), Fault> {
    let text = "INSERT INTO rotation (one, target, step, person, seq) VALUES (1, ?, ?, ?, ?) ON CONFLICT (one) DO UPDATE \
                SET target = excluded.target, step = excluded.step, person = excluded.person, seq = excluded.seq";
    let target = u64::from(keys.newest()).into();
    let parameters = [target, (place.step as u64).into(), Value::Blob(place.person.clone()), place.seq.into()];
    sql.exec(text, &parameters).map(drop)
}

fn place(sql: &impl Sql) -> Result<Option<Place>, Fault> {
    let read = |row: &Row| {
        let step = usize::try_from(row.integer(0)?).ok().and_then(|step| Step::ALL.get(step).copied());
        let step = step.ok_or_else(|| Fault::new("rotation.place", "an unknown step"))?;
        Ok(Place { step, person: row.blob(1)?.to_vec(), seq: row.integer(2)? })
    };
    sql.exec("SELECT step, person, seq FROM rotation", &[])?.first().map(read).transpose()
}

/// Whether anything is left to seal anew.
pub(super) fn is_under_way(sql: &impl Sql) -> Result<bool, Fault> {
    Ok(place(sql)?.is_some_and(|place| place.step != Step::Done))
}

impl<S: Sql, W: World> Registry<S, W> {
    /// Seals the next rows anew.
    pub(super) fn rotate(&self) -> Result<(), Fault> {
        let Some(place) = place(&self.sql)?.filter(|place| place.step != Step::Done) else { return Ok(()) };
        self.sql.transaction(|| {
            let from = [Value::Blob(place.person.clone()), place.seq.into(), BATCH_MAX.into()];
            let rows = self.sql.exec(place.step.rows(), &from)?;
            for row in &rows {
                self.seal_anew(place.step, row)?;
            }
            let next = match rows.last() {
                Some(last) if rows.len() as u64 == BATCH_MAX => {
                    Place { step: place.step, person: last.blob(0)?.to_vec(), seq: last.integer(1)? }
                }
                _ => Place { step: place.step.next(), ..START },
            };
            if next.step == Step::Done {
                let newest = u64::from(self.secrets.seal_keys.newest()).into();
                self.sql.exec("DELETE FROM seal_key WHERE number <> ?", &[newest])?;
            }
            keep(&self.sql, &self.secrets.seal_keys, &next)
        })
    }

    fn seal_anew(&self, step: Step, row: &Row) -> Result<(), Fault> {
        let (keys, sealed) = (&self.secrets.seal_keys, row.blob(2)?);
        if key_of(sealed) == Some(keys.newest()) {
            return Ok(());
        }
        let person = PersonId::from_bytes(row.bytes(0)?);
        let plain = keys.open_bytes(person, step.purpose(), sealed)?;
        let anew = keys.seal_bytes(self.world.random(), person, step.purpose(), &plain)?;
        let parameters = [Value::from(person.as_bytes().as_slice()), row.integer(1)?.into(), Value::Blob(anew)];
        self.sql.exec(step.put(), &parameters).map(drop)
    }
}
