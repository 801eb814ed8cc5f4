//! A batch in a handful of statements, whatever its size: ids and rows travel as JSON in one parameter each.

use shared::kernel::{AccountId, CommandId, Fault, HoldId, Points, Timestamp};
use shared::ledger::{
    Account, AccountKind, Act, Changes, Entry, Head, Hold, HoldState, Reads, Receipt, Remembered, Snapshot, Store,
};

use super::json::{Cell, Rows, ids};
use crate::sql::{Row, Sql, Value};

const HEAD: &str = "SELECT seq, at, hash FROM entry ORDER BY seq DESC LIMIT 1";
const COMMANDS: &str = "SELECT id, body, first_seq, last_seq, at FROM command
    WHERE id IN (SELECT unhex(value) FROM json_each(?1))";
const HOLDS: &str = "SELECT id, account, amount, until, state FROM hold
    WHERE id IN (SELECT unhex(value) FROM json_each(?1))";
const ACCOUNTS: &str = "SELECT id, kind, posted, held FROM account
    WHERE id IN (SELECT unhex(value) FROM json_each(?1))";

const ADD_ENTRIES: &str = "INSERT INTO entry (seq, at, body, hash)
    SELECT value ->> 0, value ->> 1, unhex(value ->> 2), unhex(value ->> 3) FROM json_each(?1)";
const ADD_POSTINGS: &str = "INSERT INTO posting (account, seq, amount)
    SELECT unhex(value ->> 0), value ->> 1, value ->> 2 FROM json_each(?1)";
const ADD_COMMANDS: &str = "INSERT INTO command (id, body, first_seq, last_seq, at)
    SELECT unhex(value ->> 0), unhex(value ->> 1), value ->> 2, value ->> 3, value ->> 4 FROM json_each(?1)";
// `WHERE true` keeps the parser from reading `ON` as a join's.
const PUT_ACCOUNTS: &str = "INSERT INTO account (id, kind, posted, held)
    SELECT unhex(value ->> 0), value ->> 1, value ->> 2, value ->> 3 FROM json_each(?1) WHERE true
    ON CONFLICT (id) DO UPDATE SET posted = excluded.posted, held = excluded.held";
const PUT_HOLDS: &str = "INSERT INTO hold (id, account, amount, until, state)
    SELECT unhex(value ->> 0), unhex(value ->> 1), value ->> 2, value ->> 3, value ->> 4 FROM json_each(?1) WHERE true
    ON CONFLICT (id) DO UPDATE SET state = excluded.state";

/// The ledger in a database of its own.
pub struct SqlLedger<'a, S: Sql> {
    pub(super) sql: &'a S,
}

impl<'a, S: Sql> SqlLedger<'a, S> {
    /// Over a database that has run [`MIGRATIONS`](super::MIGRATIONS).
    pub const fn new(sql: &'a S) -> Self {
        Self { sql }
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

    fn write(&self, text: &str, rows: Rows) -> Result<(), Fault> {
        rows.finish().into_iter().try_for_each(|array| self.sql.exec(text, &[array.into()]).map(drop))
    }
}

impl<S: Sql> Store for SqlLedger<'_, S> {
    fn read(&self, reads: &Reads) -> Result<Snapshot, Fault> {
        let Reads { commands, accounts, holds } = reads;
        let head = self.sql.exec(HEAD, &[])?;
        let commands = self.each(COMMANDS, ids(commands.iter().map(CommandId::as_bytes)), remembered)?;
        let holds = self.each(HOLDS, ids(holds.iter().map(HoldId::as_bytes)), hold)?;
        let named = accounts.iter().chain(holds.iter().map(|hold: &Hold| &hold.account));
        let accounts = self.each(ACCOUNTS, ids(named.map(AccountId::as_bytes)), account)?;
        Ok(Snapshot { head: head.first().map_or(Ok(Head::GENESIS), parse_head)?, accounts, holds, commands })
    }

    fn commit(&self, changes: &Changes) -> Result<(), Fault> {
        let Changes { entries, accounts, holds, commands } = changes;
        let (entries, postings) = journal_rows(entries)?;
        self.sql.transaction(|| {
            self.write(ADD_ENTRIES, entries)?;
            self.write(ADD_POSTINGS, postings)?;
            self.write(PUT_ACCOUNTS, account_rows(accounts))?;
            self.write(PUT_HOLDS, hold_rows(holds))?;
            self.write(ADD_COMMANDS, command_rows(commands))
        })
    }
}

fn journal_rows(entries: &[Entry]) -> Result<(Rows, Rows), Fault> {
    let (mut lines, mut postings) = (Rows::default(), Rows::default());
    for entry in entries {
        let body = entry.body()?;
        lines.push(&[Cell::Count(entry.seq), Cell::Number(entry.at.0), Cell::Bytes(&body), Cell::Bytes(&entry.hash)]);
        if let Act::Transfer { debit, credit, amount, purpose: _, hold: _ } = &entry.act {
            // At most 10^11, so the conversion is exact.
            let signed = amount.get() as i64;
            for (account, amount) in [(debit, -signed), (credit, signed)] {
                postings.push(&[Cell::Bytes(account.as_bytes()), Cell::Count(entry.seq), Cell::Number(amount)]);
            }
        }
    }
    Ok((lines, postings))
}

fn account_rows(accounts: &[Account]) -> Rows {
    let mut rows = Rows::default();
    for Account { id, kind, posted, held } in accounts {
        let kind = Cell::Count(kind.number().into());
        rows.push(&[Cell::Bytes(id.as_bytes()), kind, Cell::Number(*posted), Cell::Count(held.get())]);
    }
    rows
}

fn hold_rows(holds: &[Hold]) -> Rows {
    let mut rows = Rows::default();
    for Hold { id, account, amount, until, state } in holds {
        rows.push(&[
            Cell::Bytes(id.as_bytes()),
            Cell::Bytes(account.as_bytes()),
            Cell::Count(amount.get()),
            Cell::Number(until.0),
            Cell::Count(state.number().into()),
        ]);
    }
    rows
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

fn account(row: &Row) -> Result<Account, Fault> {
    let kind = AccountKind::from_number(row.integer(1)?).ok_or_else(|| strange("an account's kind"))?;
    Ok(Account { id: AccountId::from_bytes(row.bytes(0)?), kind, posted: row.integer(2)?, held: points(row, 3)? })
}

pub(super) fn hold(row: &Row) -> Result<Hold, Fault> {
    Ok(Hold {
        id: HoldId::from_bytes(row.bytes(0)?),
        account: AccountId::from_bytes(row.bytes(1)?),
        amount: points(row, 2)?,
        until: Timestamp(row.integer(3)?),
        state: HoldState::from_number(row.integer(4)?).ok_or_else(|| strange("a hold's state"))?,
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
