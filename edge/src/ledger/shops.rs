//! Shops, their clerks and the codes shown to them, in the ledger's database: what a payment is decided by is read in the same
//! turn as it is posted.

use shared::kernel::{AccountId, CommandId, Digest, Fault, PersonId, ShopNumber, Timestamp, Trade, digest};
use shared::ledger::{PayCode, Receipt, Shop, ShopName, account_of_shop};
use shared::wire::MadeCode;

use super::store::{count, points};
use crate::sql::{Row, Sql, Value};

/// Codes of one person that pay at a time: enough for a family at several tills.
const CODES_MAX: u64 = 5;
/// How long a code is remembered behind its end: somebody may still send a payment again that was lost on the way.
const REMEMBERED_SECONDS: i64 = 86_400;

const SHOP: &str = "SELECT number, name, trade, open FROM shop WHERE number = ?";
const ALL: &str = "SELECT number, name, trade, open, (SELECT count(*) FROM clerk WHERE clerk.shop = shop.number)
    FROM shop ORDER BY number LIMIT 1000";
const OF_CLERK: &str = "SELECT number, name, trade, open FROM shop JOIN clerk ON clerk.shop = shop.number
    WHERE clerk.person = CAST(? AS BLOB) ORDER BY number LIMIT 100";
const LAST: &str = "SELECT coalesce(max(seq), 0) FROM entry";
const TAKEN: &str = "SELECT coalesce(sum(amount), 0) FROM posting WHERE account = CAST(?1 AS BLOB) AND seq > ?2 + 0";
const LIVE: &str = "SELECT count(*), coalesce(min(until), 0) FROM pay_code
    WHERE account = CAST(?1 AS BLOB) AND until > ?2 + 0 AND id NOT IN (SELECT id FROM command)";
const OF_ACCOUNTS: &str = "SELECT account, number, name, trade, open FROM shop
    WHERE account IN (SELECT unhex(value) FROM json_each(?))";

/// The shop of that number.
pub(super) fn find(sql: &impl Sql, number: ShopNumber) -> Result<Option<Shop>, Fault> {
    sql.exec(SHOP, &[number.get().into()])?.first().map(|row| shop(row, 0)).transpose()
}

/// Every shop and how many clerks it has, by number; a thousand at most.
pub(super) fn all(sql: &impl Sql) -> Result<Vec<(Shop, u32)>, Fault> {
    let line = |row: &Row| Ok((shop(row, 0)?, u32::try_from(count(row, 4)?).unwrap_or(u32::MAX)));
    sql.exec(ALL, &[])?.iter().map(line).collect()
}

/// The shops somebody is a clerk of, by number; a hundred at most.
pub(super) fn of_clerk(sql: &impl Sql, person: PersonId) -> Result<Vec<Shop>, Fault> {
    sql.exec(OF_CLERK, &[person.as_bytes().as_slice().into()])?.iter().map(|row| shop(row, 0)).collect()
}

/// The shops among the accounts.
pub(super) fn of_accounts(sql: &impl Sql, accounts: &[AccountId]) -> Result<Vec<(AccountId, Shop)>, Fault> {
    let line = |row: &Row| Ok((AccountId::from_bytes(row.bytes(0)?), shop(row, 1)?));
    let mut found = Vec::new();
    for array in super::json::ids(accounts.iter().map(AccountId::as_bytes)) {
        for row in sql.exec(OF_ACCOUNTS, &[array.into()])? {
            found.push(line(&row)?);
        }
    }
    Ok(found)
}

/// Whether somebody is a clerk of that shop.
pub(super) fn is_clerk(sql: &impl Sql, shop: ShopNumber, person: PersonId) -> Result<bool, Fault> {
    let parameters = [Value::from(shop.get()), person.as_bytes().as_slice().into()];
    Ok(!sql.exec("SELECT 1 FROM clerk WHERE shop = ? AND person = CAST(? AS BLOB)", &parameters)?.is_empty())
}

/// An act on a shop that was done: the fingerprint of its body, and which shop.
pub(super) fn act(sql: &impl Sql, id: CommandId) -> Result<Option<(Digest, ShopNumber)>, Fault> {
    let id = Value::from(id.as_bytes().as_slice());
    let rows = sql.exec("SELECT body, shop FROM shop_act WHERE id = CAST(? AS BLOB)", &[id])?;
    rows.first().map(|row| Ok((row.bytes(0)?, number(row, 1)?))).transpose()
}

/// Keeps that an act was done, so that it is done once.
pub(super) fn keep_act(sql: &impl Sql, id: CommandId, body: Digest, shop: ShopNumber) -> Result<(), Fault> {
    let parameters = [Value::from(id.as_bytes().as_slice()), body.as_slice().into(), shop.get().into()];
    sql.exec("INSERT INTO shop_act (id, body, shop) VALUES (?, ?, ?)", &parameters).map(drop)
}

/// Registers a shop under a number that follows from the act.
pub(super) fn register(sql: &impl Sql, id: CommandId, name: &ShopName, trade: Trade) -> Result<ShopNumber, Fault> {
    for attempt in 0u8..=u8::MAX {
        let hash = digest(&[b"shop.number", id.as_bytes(), &[attempt]]);
        let number = ShopNumber::from_random(hash.first_chunk().copied().map_or(0, u64::from_le_bytes));
        if find(sql, number)?.is_none() {
            let account = account_of_shop(number);
            let parameters: [Value; 4] =
                [number.get().into(), account.as_bytes().as_slice().into(), name.as_str().into(), trade.word().into()];
            sql.exec("INSERT INTO shop (number, account, name, trade, open) VALUES (?, ?, ?, ?, 1)", &parameters)?;
            return Ok(number);
        }
    }
    Err(Fault::new("ledger.shops", "every number that was tried is taken"))
}

/// Lets the shop take payments, or no longer.
pub(super) fn set_open(sql: &impl Sql, shop: ShopNumber, open: bool) -> Result<(), Fault> {
    sql.exec("UPDATE shop SET open = ? WHERE number = ?", &[i64::from(open).into(), shop.get().into()]).map(drop)
}

/// Makes somebody a clerk. Answers whether they were none.
pub(super) fn add_clerk(sql: &impl Sql, shop: ShopNumber, person: PersonId) -> Result<bool, Fault> {
    let new = !is_clerk(sql, shop, person)?;
    let parameters = [Value::from(shop.get()), person.as_bytes().as_slice().into()];
    sql.exec("INSERT INTO clerk (shop, person) VALUES (?, ?) ON CONFLICT DO NOTHING", &parameters)?;
    Ok(new)
}

/// Ends that. Answers whether they were one.
pub(super) fn remove_clerk(sql: &impl Sql, shop: ShopNumber, person: PersonId) -> Result<bool, Fault> {
    let was = is_clerk(sql, shop, person)?;
    let parameters = [Value::from(shop.get()), person.as_bytes().as_slice().into()];
    sql.exec("DELETE FROM clerk WHERE shop = ? AND person = CAST(? AS BLOB)", &parameters)?;
    Ok(was)
}

/// Keeps a code. Made again, it is the one that was made first.
pub(super) fn keep_code(sql: &impl Sql, code: &PayCode, made: MadeCode) -> Result<(), Fault> {
    let MadeCode { account, max, until } = made;
    let parameters: [Value; 4] = [
        code.command().as_bytes().as_slice().into(),
        account.as_bytes().as_slice().into(),
        max.get().into(),
        until.0.into(),
    ];
    let add = "INSERT INTO pay_code (id, account, max, until) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING";
    sql.exec(add, &parameters).map(drop)
}

/// The code as it was made.
pub(super) fn code(sql: &impl Sql, code: &PayCode) -> Result<Option<MadeCode>, Fault> {
    let id = Value::from(code.command().as_bytes().as_slice());
    let rows = sql.exec("SELECT account, max, until FROM pay_code WHERE id = CAST(? AS BLOB)", &[id])?;
    let made = |row: &Row| {
        let account = AccountId::from_bytes(row.bytes(0)?);
        Ok(MadeCode { account, max: points(row, 1)?, until: Timestamp(row.integer(2)?) })
    };
    rows.first().map(made).transpose()
}

/// What was answered to the command of that id, if it was posted.
pub(super) fn receipt(sql: &impl Sql, id: CommandId) -> Result<Option<Receipt>, Fault> {
    let id = Value::from(id.as_bytes().as_slice());
    let rows = sql.exec("SELECT first_seq, last_seq, at FROM command WHERE id = CAST(? AS BLOB)", &[id])?;
    let receipt =
        |row: &Row| Ok(Receipt { first_seq: count(row, 0)?, last_seq: count(row, 1)?, at: Timestamp(row.integer(2)?) });
    rows.first().map(receipt).transpose()
}

/// What an account took less what it gave from that moment on.
pub(super) fn taken_since(sql: &impl Sql, account: AccountId, from: Timestamp) -> Result<i64, Fault> {
    // Moments rise with the numbers of entries, which have no gap: the last one before is found by halving.
    let (mut before, mut behind) = (0u64, count(&only(sql.exec(LAST, &[])?)?, 0)?.saturating_add(1));
    while behind.saturating_sub(before) > 1 {
        let middle = before.midpoint(behind);
        let at = only(sql.exec("SELECT at FROM entry WHERE seq = ?", &[middle.into()])?)?.integer(0)?;
        if at < from.0 { before = middle } else { behind = middle }
    }
    let parameters = [account.as_bytes().as_slice().into(), before.into()];
    only(sql.exec(TAKEN, &parameters)?)?.integer(0)
}

fn only(rows: Vec<Row>) -> Result<Row, Fault> {
    rows.into_iter().next().ok_or_else(|| Fault::new("ledger.shops", "a row is missing"))
}

/// When somebody may make another code, who has as many that still pay as one may have.
pub(super) fn next_code(sql: &impl Sql, account: AccountId, now: Timestamp) -> Result<Option<Timestamp>, Fault> {
    let parameters = [account.as_bytes().as_slice().into(), now.0.into()];
    let live = only(sql.exec(LIVE, &parameters)?)?;
    let soonest = Timestamp(live.integer(1)?);
    Ok((count(&live, 0)? >= CODES_MAX).then_some(soonest))
}

/// Forgets codes that ended long ago.
pub(super) fn forget_codes(sql: &impl Sql, now: Timestamp) -> Result<(), Fault> {
    let over = now.plus_seconds(-REMEMBERED_SECONDS);
    sql.exec("DELETE FROM pay_code WHERE until < ?", &[over.0.into()]).map(drop)
}

fn number(row: &Row, index: usize) -> Result<ShopNumber, Fault> {
    ShopNumber::try_from(count(row, index)?).map_err(|error| Fault::new("ledger.shops", error))
}

fn shop(row: &Row, first: usize) -> Result<Shop, Fault> {
    let fault = |error: &dyn core::fmt::Display| Fault::new("ledger.shops", error);
    Ok(Shop {
        number: number(row, first)?,
        name: ShopName::parse(row.text(first + 1)?).map_err(|error| fault(&error))?,
        trade: row.text(first + 2)?.parse().map_err(|error| fault(&error))?,
        open: row.integer(first + 3)? != 0,
    })
}
