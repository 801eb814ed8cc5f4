//! Looking at the ledger.

use std::collections::BTreeMap;

use shared::kernel::limit::{self, JOURNAL_PAGE_MAX};
use shared::kernel::{AccountId, Day, Fault, HoldId, Timestamp};
use shared::ledger::{
    Account, AccountKind, Balance, Direction, Entry, Hold, OpenHold, Selection, StatementLine, Totals, Views,
};

use super::json::ids;
use super::store::{ACCOUNTS, SqlLedger, account, count, entry, hold, number, points};
use crate::sql::{Row, Sql};

const OPEN: &str = "SELECT account, id, amount, until FROM hold
    WHERE state = 0 AND account IN (SELECT unhex(value) FROM json_each(?1)) ORDER BY until, id";
const STATEMENT: &str = "SELECT entry.body, entry.hash FROM posting JOIN entry ON entry.seq = posting.seq
    WHERE posting.account = CAST(?1 AS BLOB) AND posting.seq < ?2 AND posting.amount * ?3 >= 0
    ORDER BY posting.seq DESC LIMIT ?4 + 0";
const JOURNAL: &str = "SELECT body, hash FROM entry WHERE seq > ?1 ORDER BY seq LIMIT ?2 + 0";
const LAPSING: &str = "SELECT id FROM account WHERE ends < ?1 ORDER BY ends, id LIMIT ?2 + 0";
const ALL_ACCOUNTS: &str = "SELECT id, kind, posted, held, lots, ends FROM account
    WHERE id > ?1 ORDER BY id LIMIT 1000";
const ENDING: &str = "SELECT id, account, amount, until, state, lots FROM hold
    WHERE state = 0 ORDER BY until, id LIMIT ?1 + 0";
const TOTALS: &str = "SELECT
    (SELECT count(*) FROM entry),
    (SELECT coalesce(max(seq), 0) FROM entry),
    (SELECT count(*) FROM account),
    (SELECT coalesce(sum(posted), 0) FROM account),
    (SELECT count(*) FROM account WHERE
        posted <> (SELECT coalesce(sum(amount), 0) FROM posting WHERE posting.account = account.id)
        OR held <> (SELECT coalesce(sum(amount), 0) FROM hold WHERE hold.account = account.id AND state = 0))
    + (SELECT count(DISTINCT account) FROM posting
        WHERE account NOT IN (SELECT id FROM account) OR seq NOT IN (SELECT seq FROM entry))";

/// Above every entry, and still a number the runtime can tell exactly.
const SEQ_MAX: u64 = limit::NUMBER_MAX;

impl<S: Sql> Views for SqlLedger<'_, S> {
    fn balances(&self, accounts: &[AccountId], now: Timestamp) -> Result<Vec<Balance>, Fault> {
        let arrays = ids(accounts.iter().map(AccountId::as_bytes));
        let known: BTreeMap<_, _> =
            self.each(ACCOUNTS, arrays.clone(), account)?.into_iter().map(|account| (account.id, account)).collect();
        let mut holds: BTreeMap<AccountId, Vec<OpenHold>> = BTreeMap::new();
        for (account, hold) in self.each(OPEN, arrays, open)? {
            let behind = holds.entry(account).or_default();
            // An account asked for twice may sit in two arrays.
            if !behind.contains(&hold) {
                behind.push(hold);
            }
        }
        let balance = |id: &AccountId| {
            let account = known.get(id).cloned().unwrap_or_else(|| Account::empty(*id, AccountKind::Person));
            Balance::of(account, holds.get(id).cloned().unwrap_or_default(), now)
        };
        Ok(accounts.iter().map(balance).collect())
    }

    fn statement(&self, account: AccountId, which: Selection, limit: u32) -> Result<Vec<StatementLine>, Fault> {
        let Selection { before_seq, direction } = which;
        let parameters = [
            account.as_bytes().as_slice().into(),
            number(before_seq.unwrap_or(SEQ_MAX).min(SEQ_MAX)),
            direction.map_or(0, Direction::sign).into(),
            page(limit),
        ];
        let rows = self.sql.exec(STATEMENT, &parameters)?;
        let line = |row| {
            let line = StatementLine::of(account, entry(row)?);
            line.ok_or_else(|| Fault::new("ledger.statement", "a posting without its transfer"))
        };
        rows.iter().map(line).collect()
    }

    fn journal(&self, after_seq: u64, limit: u32) -> Result<Vec<Entry>, Fault> {
        let rows = self.sql.exec(JOURNAL, &[number(after_seq.min(SEQ_MAX)), page(limit)])?;
        rows.iter().map(entry).collect()
    }

    fn ending(&self, limit: u32) -> Result<Vec<Hold>, Fault> {
        self.sql.exec(ENDING, &[page(limit)])?.iter().map(hold).collect()
    }

    fn lapsing(&self, today: Day, limit: u32) -> Result<Vec<AccountId>, Fault> {
        self.sql.exec(LAPSING, &[i64::from(today.0).into(), page(limit)])?.iter().map(id).collect()
    }

    fn totals(&self) -> Result<Totals, Fault> {
        let rows = self.sql.exec(TOTALS, &[])?;
        let row = rows.first().ok_or_else(|| Fault::new("ledger.totals", "no row"))?;
        Ok(Totals {
            entries: count(row, 0)?,
            last_seq: count(row, 1)?,
            accounts: count(row, 2)?,
            posted: row.integer(3)?,
            unequal: count(row, 4)?.saturating_add(self.unsound()?),
        })
    }
}

impl<S: Sql> SqlLedger<'_, S> {
    /// How many accounts contradict themselves: they cannot be read, their lots do not come to what they have, or the column
    /// for alarms says another day than the lots.
    fn unsound(&self) -> Result<u64, Fault> {
        let (mut found, mut after) = (0u64, AccountId::from_bytes([0; 16]));
        loop {
            let rows = self.sql.exec(ALL_ACCOUNTS, &[after.as_bytes().as_slice().into()])?;
            let Some(last) = rows.last() else { return Ok(found) };
            after = id(last)?;
            for row in &rows {
                let ends = (!row.is_null(5)).then(|| row.integer(5)).transpose()?;
                let fits = |account: Account| account.is_sound() && account.ends().map(|day| i64::from(day.0)) == ends;
                found = found.saturating_add(u64::from(!account(row).is_ok_and(fits)));
            }
        }
    }
}

fn page(limit: u32) -> crate::sql::Value {
    number(limit.min(JOURNAL_PAGE_MAX).into())
}

fn id(row: &Row) -> Result<AccountId, Fault> {
    row.bytes(0).map(AccountId::from_bytes)
}

fn open(row: &Row) -> Result<(AccountId, OpenHold), Fault> {
    let hold = HoldId::from_bytes(row.bytes(1)?);
    Ok((id(row)?, OpenHold { hold, amount: points(row, 2)?, until: Timestamp(row.integer(3)?) }))
}
