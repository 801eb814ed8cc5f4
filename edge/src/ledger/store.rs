//! A batch in a handful of statements, whatever its size: ids and rows travel as JSON in one parameter each.

use serde::{Serialize, de::DeserializeOwned};
use shared::kernel::{AccountId, CommandId, Day, Fault, HoldId, Points, Timestamp};
use shared::ledger::{
    Account, AccountKind, Changes, Entry, Head, Hold, HoldState, Movement, Original, Place, Reads, Receipt, Remembered,
    Reversed, Snapshot, Store,
};

use super::json::{Cell, Rows, ids, numbers};
use crate::sql::{Row, Sql, Value};

const HEAD: &str = "SELECT seq, at, hash FROM entry ORDER BY seq DESC LIMIT 1";
const COMMANDS: &str = "SELECT id, body, first_seq, last_seq, at FROM command
    WHERE id IN (SELECT unhex(value) FROM json_each(?1))";
const HOLDS: &str = "SELECT id, account, amount, until, state, lots FROM hold
    WHERE id IN (SELECT unhex(value) FROM json_each(?1))";
const ORIGINALS: &str = "SELECT entry.body, entry.hash, coalesce(reversed.amount, 0)
    FROM entry LEFT JOIN reversed ON reversed.entry = entry.seq WHERE entry.seq IN (SELECT value FROM json_each(?1))";
pub(super) const ACCOUNTS: &str = "SELECT id, kind, posted, held, lots FROM account
    WHERE id IN (SELECT unhex(value) FROM json_each(?1))";

const ADD_ENTRIES: &str = "INSERT INTO entry (seq, at, body, hash)
    SELECT value ->> 0, value ->> 1, unhex(value ->> 2), unhex(value ->> 3) FROM json_each(?1)";
const ADD_POSTINGS: &str = "INSERT INTO posting (account, seq, amount)
    SELECT unhex(value ->> 0), value ->> 1, value ->> 2 FROM json_each(?1)";
const ADD_COMMANDS: &str = "INSERT INTO command (id, body, first_seq, last_seq, at)
    SELECT unhex(value ->> 0), unhex(value ->> 1), value ->> 2, value ->> 3, value ->> 4 FROM json_each(?1)";
// `WHERE true` keeps the parser from reading `ON` as a join's.
const PUT_ACCOUNTS: &str = "INSERT INTO account (id, kind, posted, held, lots)
    SELECT unhex(value ->> 0), value ->> 1, value ->> 2, value ->> 3, unhex(value ->> 4) FROM json_each(?1) WHERE true
    ON CONFLICT (id) DO UPDATE SET posted = excluded.posted, held = excluded.held, lots = excluded.lots";
// Apart, because a column that an index is over is written into it anew whether or not it changed.
const PUT_ENDS: &str = "UPDATE account SET ends = value ->> 1 FROM json_each(?1)
    WHERE account.id = unhex(value ->> 0)";
const PUT_HOLDS: &str = "INSERT INTO hold (id, account, amount, until, state, lots)
    SELECT unhex(value ->> 0), unhex(value ->> 1), value ->> 2, value ->> 3, value ->> 4, unhex(value ->> 5)
    FROM json_each(?1) WHERE true
    ON CONFLICT (id) DO UPDATE SET state = excluded.state";
const PUT_REVERSED: &str = "INSERT INTO reversed (entry, amount)
    SELECT value ->> 0, value ->> 1 FROM json_each(?1) WHERE true
    ON CONFLICT (entry) DO UPDATE SET amount = excluded.amount";

const ADD_PARCELS: &str = "INSERT INTO parcel (seq, attempts, due)
    SELECT entry.seq, 0, entry.at FROM entry WHERE seq IN (SELECT value FROM json_each(?1))";
pub(super) const FORGET_PARCELS: &str = "DELETE FROM parcel WHERE seq IN (SELECT value FROM json_each(?1))";

/// Keeps which book the database is, and in how many, from its first opening on. A fault if it was begun as another: accounts would
/// be looked for where they are not.
pub(super) fn stay(sql: &impl Sql, place: Place) -> Result<(), Fault> {
    let (shards, shard) = (u64::from(u8::from(place.shards())), u64::from(place.here().number()));
    sql.exec(
        "INSERT INTO place (one, shards, shard) VALUES (1, ?, ?) ON CONFLICT DO NOTHING",
        &[shards.into(), shard.into()],
    )?;
    let rows = sql.exec("SELECT shards, shard FROM place", &[])?;
    let row = rows.first().ok_or_else(|| Fault::new("ledger.place", "no row"))?;
    let begun = (count(row, 0)?, count(row, 1)?);
    if begun == (shards, shard) {
        return Ok(());
    }
    Err(Fault::new("ledger.place", format_args!("begun as book {} of {}, not {shard} of {shards}", begun.1, begun.0)))
}

/// The ledger, or one book of it, in a database of its own.
pub struct SqlLedger<'a, S: Sql> {
    pub(super) sql: &'a S,
    place: Place,
}

impl<'a, S: Sql> SqlLedger<'a, S> {
    /// Over a database that has run [`MIGRATIONS`](super::MIGRATIONS).
    pub const fn new(sql: &'a S) -> Self {
        Self::in_place(sql, Place::WHOLE)
    }

    /// One book of several.
    pub const fn in_place(sql: &'a S, place: Place) -> Self {
        Self { sql, place }
    }

    /// Runs the statement once for each array and gathers the rows.
    pub(super) fn each<T>(
        &self,
        text: &str,
        arrays: Vec<String>,
        parse: fn(&Row) -> Result<T, Fault>,
    ) -> Result<Vec<T>, Fault> {
        let mut found = Vec::new();
        for array in arrays {
            for row in self.sql.exec(text, &[array.into()])? {
                found.push(parse(&row)?);
            }
        }
        Ok(found)
    }

    /// Runs the statement over the numbers, if there are any.
    pub(super) fn each_number(&self, text: &str, of: &[u64]) -> Result<(), Fault> {
        numbers(of.iter().copied()).into_iter().try_for_each(|array| self.sql.exec(text, &[array.into()]).map(drop))
    }

    fn write(&self, text: &str, rows: Rows) -> Result<(), Fault> {
        rows.finish().into_iter().try_for_each(|array| self.sql.exec(text, &[array.into()]).map(drop))
    }
}

impl<S: Sql> Store for SqlLedger<'_, S> {
    fn place(&self) -> Place {
        self.place
    }

    fn read(&self, reads: &Reads) -> Result<Snapshot, Fault> {
        let Reads { commands, accounts, holds, originals } = reads;
        let head = self.sql.exec(HEAD, &[])?;
        let commands = self.each(COMMANDS, ids(commands.iter().map(CommandId::as_bytes)), remembered)?;
        let holds = self.each(HOLDS, ids(holds.iter().map(HoldId::as_bytes)), hold)?;
        let originals: Vec<_> =
            self.each(ORIGINALS, numbers(originals.iter().copied()), original)?.into_iter().flatten().collect();
        let both_sides = originals.iter().flat_map(|original: &Original| [&original.debit, &original.credit]);
        let named = accounts.iter().chain(holds.iter().map(|hold: &Hold| &hold.account)).chain(both_sides);
        let accounts = self.each(ACCOUNTS, ids(named.map(AccountId::as_bytes)), account)?;
        let head = head.first().map_or(Ok(Head::GENESIS), parse_head)?;
        Ok(Snapshot { head, accounts, holds, commands, originals })
    }

    fn commit(&self, changes: &Changes) -> Result<(), Fault> {
        let Changes { entries, accounts, ends, holds, commands, reversed, departed, returned } = changes;
        let (entries, postings) = journal_rows(entries)?;
        let (accounts, holds) = (account_rows(accounts)?, hold_rows(holds)?);
        self.sql.transaction(|| {
            self.write(ADD_ENTRIES, entries)?;
            self.write(ADD_POSTINGS, postings)?;
            self.write(PUT_ACCOUNTS, accounts)?;
            self.write(PUT_ENDS, end_rows(ends))?;
            self.write(PUT_HOLDS, holds)?;
            self.write(PUT_REVERSED, reversed_rows(reversed))?;
            self.each_number(ADD_PARCELS, departed)?;
            self.each_number(FORGET_PARCELS, returned)?;
            self.write(ADD_COMMANDS, command_rows(commands))
        })
    }
}

fn journal_rows(entries: &[Entry]) -> Result<(Rows, Rows), Fault> {
    let (mut lines, mut postings) = (Rows::default(), Rows::default());
    for entry in entries {
        let body = entry.body()?;
        lines.push(&[Cell::Count(entry.seq), Cell::Number(entry.at.0), Cell::Bytes(&body), Cell::Bytes(&entry.hash)]);
        if let Some(Movement { debit: (debit, _), credit: (credit, _), amount, .. }) = entry.act.movement() {
            // At most 10^11, so the conversion is exact.
            let signed = amount.get() as i64;
            for (account, amount) in [(debit, -signed), (credit, signed)] {
                postings.push(&[Cell::Bytes(account.as_bytes()), Cell::Count(entry.seq), Cell::Number(amount)]);
            }
        }
    }
    Ok((lines, postings))
}

fn account_rows(accounts: &[Account]) -> Result<Rows, Fault> {
    let mut rows = Rows::default();
    for Account { id, kind, posted, held, lots } in accounts {
        rows.push(&[
            Cell::Bytes(id.as_bytes()),
            Cell::Count(kind.number().into()),
            Cell::Number(*posted),
            Cell::Count(held.get()),
            Cell::Bytes(&lots_bytes(lots)?),
        ]);
    }
    Ok(rows)
}

fn end_rows(ends: &[(AccountId, Option<Day>)]) -> Rows {
    let mut rows = Rows::default();
    for (account, last_day) in ends {
        let last_day = last_day.map_or(Cell::None, |last_day| Cell::Number(last_day.0.into()));
        rows.push(&[Cell::Bytes(account.as_bytes()), last_day]);
    }
    rows
}

fn reversed_rows(reversed: &[Reversed]) -> Rows {
    let mut rows = Rows::default();
    for Reversed { of, amount } in reversed {
        rows.push(&[Cell::Count(*of), Cell::Count(amount.get())]);
    }
    rows
}

fn lots_bytes<T: Serialize>(lots: &[T]) -> Result<Vec<u8>, Fault> {
    postcard::to_allocvec(lots).map_err(|error| Fault::new("ledger.lots", error))
}

fn lots<T: DeserializeOwned>(row: &Row, index: usize) -> Result<Vec<T>, Fault> {
    match postcard::take_from_bytes(row.blob(index)?) {
        Ok((lots, [])) => Ok(lots),
        Ok(_) => Err(Fault::new("ledger.lots", "bytes left over")),
        Err(error) => Err(Fault::new("ledger.lots", error)),
    }
}

fn hold_rows(holds: &[Hold]) -> Result<Rows, Fault> {
    let mut rows = Rows::default();
    for Hold { id, account, amount, until, state, lots } in holds {
        rows.push(&[
            Cell::Bytes(id.as_bytes()),
            Cell::Bytes(account.as_bytes()),
            Cell::Count(amount.get()),
            Cell::Number(until.0),
            Cell::Count(state.number().into()),
            Cell::Bytes(&lots_bytes(lots)?),
        ]);
    }
    Ok(rows)
}

fn command_rows(commands: &[Remembered]) -> Rows {
    let mut rows = Rows::default();
    for Remembered { id, body, receipt: Receipt { first_seq, last_seq, at } } in commands {
        rows.push(&[
            Cell::Bytes(id.as_bytes()),
            Cell::Bytes(body),
            Cell::Count(*first_seq),
            Cell::Count(*last_seq),
            Cell::Number(at.0),
        ]);
    }
    rows
}

fn parse_head(row: &Row) -> Result<Head, Fault> {
    Ok(Head { seq: count(row, 0)?, at: Timestamp(row.integer(1)?), hash: row.bytes(2)? })
}

fn remembered(row: &Row) -> Result<Remembered, Fault> {
    let receipt = Receipt { first_seq: count(row, 2)?, last_seq: count(row, 3)?, at: Timestamp(row.integer(4)?) };
    Ok(Remembered { id: CommandId::from_bytes(row.bytes(0)?), body: row.bytes(1)?, receipt })
}

pub(super) fn account(row: &Row) -> Result<Account, Fault> {
    Ok(Account {
        id: AccountId::from_bytes(row.bytes(0)?),
        kind: AccountKind::from_number(row.integer(1)?).ok_or_else(|| strange("an account's kind"))?,
        posted: row.integer(2)?,
        held: points(row, 3)?,
        lots: lots(row, 4)?,
    })
}

fn original(row: &Row) -> Result<Option<Original>, Fault> {
    Ok(Original::of(&entry(row)?, points(row, 2)?))
}

/// From the body and the hash in front.
pub(super) fn entry(row: &Row) -> Result<Entry, Fault> {
    Entry::from_body(row.blob(0)?, row.bytes(1)?)
}

pub(super) fn hold(row: &Row) -> Result<Hold, Fault> {
    Ok(Hold {
        id: HoldId::from_bytes(row.bytes(0)?),
        account: AccountId::from_bytes(row.bytes(1)?),
        amount: points(row, 2)?,
        until: Timestamp(row.integer(3)?),
        state: HoldState::from_number(row.integer(4)?).ok_or_else(|| strange("a hold's state"))?,
        lots: lots(row, 5)?,
    })
}

/// A whole number that is not below zero.
pub(super) fn count(row: &Row, index: usize) -> Result<u64, Fault> {
    u64::try_from(row.integer(index)?).map_err(|_| strange("a number"))
}

pub(super) fn points(row: &Row, index: usize) -> Result<Points, Fault> {
    Points::new(count(row, index)?).ok_or_else(|| strange("an amount"))
}

fn strange(what: &str) -> Fault {
    Fault::new("ledger.row", format_args!("{what} is out of bounds"))
}

/// A parameter for a number of ours.
pub(super) fn number(value: u64) -> Value {
    Value::from(value)
}

#[cfg(test)]
mod tests;
