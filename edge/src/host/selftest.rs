//! The suites every store must pass, on the runtime's own SQLite, and what a failing write leaves behind.
//! In a module of its own, never in the product's.

use std::cell::{Cell, RefCell};
use std::future::pending;
use std::rc::Rc;

use js_sys::{Promise, Uint8Array};
use shared::cohelp::contract as cohelp;
use shared::kernel::{CommandId, Fault, Points, Timestamp};
use shared::ledger::{self, Command, Request, Views as _, contract};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use worker::worker_sys::DurableObjectState;
use worker::{Env, State};

use crate::cohelp::SqlCohelp;
use crate::identity::trial;
use crate::ledger::{MIGRATIONS, SqlLedger};
use crate::sql::{Row, Sql, Value, migrate};
use crate::world::World as _;

use super::objects::{parts, registry, thrown};
use super::sql::ObjectSql;
use super::world::Runtime;

/// Runs every case; a line each, `ok` or `FAILED` first.
#[wasm_bindgen]
pub fn selftest(state: DurableObjectState) -> String {
    let sql = ObjectSql::new(Rc::new(State::from(state).storage()));
    let mut lines = Vec::new();
    let mut tell = |name: &str, outcome: Result<(), String>| {
        lines.push(match outcome {
            Ok(()) => format!("ok {name}"),
            Err(why) => format!("FAILED {name}: {why}"),
        });
    };
    for (name, case) in contract::CASES {
        tell(&format!("ledger: {name}"), emptied(&sql).and_then(|()| case(&SqlLedger::new(&sql))));
    }
    for (name, case) in cohelp::cases::<SqlCohelp<'_, ObjectSql>>() {
        tell(&format!("cohelp: {name}"), emptied(&sql).and_then(|()| case(&SqlCohelp(&sql))));
    }
    tell("a posting whose nth write fails leaves nothing", emptied(&sql).and_then(|()| rollback(&sql)));
    tell("a failed inner step leaves the outer one whole", emptied(&sql).and_then(|()| nested(&sql)));
    lines.join("\n")
}

/// What is measured of identity (docs/TESTING.md, `bench identity`).
#[wasm_bindgen]
pub struct Trial {
    sign_in: trial::SignIn,
    session: trial::Session<ObjectSql, Runtime>,
}

#[wasm_bindgen]
impl Trial {
    /// Over an empty database, with the code of a staff link.
    #[wasm_bindgen(constructor)]
    pub fn new(state: DurableObjectState, env: Env, code: &str) -> Result<Self, JsValue> {
        let (sql, world, _) = parts(state, env).map_err(thrown)?;
        let sign_in = trial::SignIn::new(&world.settings().origin).map_err(thrown)?;
        let session = registry(sql, world).and_then(|registry| trial::Session::new(registry, code)).map_err(thrown)?;
        Ok(Self { sign_in, session })
    }

    /// Verifies an answer of a passkey that often.
    pub fn verify(&self, times: u32) -> Result<(), JsValue> {
        self.sign_in.verify(times).map_err(thrown)
    }

    /// Looks at a session that often.
    pub async fn look(&self, times: u32) -> Result<(), JsValue> {
        self.session.look(times).await.map_err(thrown)
    }
}

/// An object that falls over when it is told to.
#[wasm_bindgen]
pub struct Stumbler {
    sql: ObjectSql,
    /// Held while it falls: whoever comes afterwards must not find it so.
    busy: RefCell<()>,
}

#[wasm_bindgen]
impl Stumbler {
    /// Over a ledger.
    #[wasm_bindgen(constructor)]
    pub fn new(state: DurableObjectState, _: Env) -> Result<Self, JsValue> {
        let sql = ObjectSql::new(Rc::new(State::from(state).storage()));
        migrate(&sql, MIGRATIONS).map_err(thrown)?;
        Ok(Self { sql, busy: RefCell::new(()) })
    }

    /// Answers with the number of entries, if it answers.
    #[expect(clippy::await_holding_refcell_ref, reason = "it is to fall with something held")]
    pub async fn tell(&self, what: Uint8Array) -> Result<Uint8Array, JsValue> {
        let busy = self.busy.borrow_mut();
        match what.to_vec().as_slice() {
            b"fund" => self.fund().map_err(thrown)?,
            b"wait" => {
                drop(busy);
                pending::<()>().await;
            }
            b"panic" => panic!("told to"),
            b"panic in a transaction" => self
                .sql
                .transaction(|| {
                    self.fund()?;
                    panic!("told to, with an entry written");
                })
                .map_err(thrown)?,
            b"panic later" => {
                JsFuture::from(Promise::resolve(&JsValue::NULL)).await?;
                panic!("told to, after a pause");
            }
            _ => {}
        }
        let entries = self.entries().map_err(thrown)?;
        Ok(Uint8Array::from([entries].as_slice()))
    }

    fn entries(&self) -> Result<u8, Fault> {
        Ok(SqlLedger::new(&self.sql).journal(0, 100)?.len().try_into().unwrap_or(u8::MAX))
    }

    fn fund(&self) -> Result<(), Fault> {
        let number = self.entries()?;
        ledger::post(&SqlLedger::new(&self.sql), Timestamp(1_800_000_000_000), &[fund(number)]).map(drop)
    }
}

fn said(fault: Fault) -> String {
    fault.to_string()
}

/// An empty database with every table.
fn emptied(sql: &ObjectSql) -> Result<(), String> {
    let tables =
        "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' AND name NOT LIKE '_cf_%'";
    for row in sql.exec(tables, &[]).map_err(said)? {
        sql.exec(&format!("DROP TABLE \"{}\"", row.text(0).map_err(said)?), &[]).map_err(said)?;
    }
    migrate(sql, MIGRATIONS).and_then(|()| crate::cohelp::open(sql, Timestamp(0))).map_err(said)
}

/// Storage whose nth write fails, as a full disk would.
struct Failing<'a> {
    sql: &'a ObjectSql,
    writes_left: Cell<u32>,
}

impl Sql for Failing<'_> {
    fn exec(&self, text: &str, parameters: &[Value]) -> Result<Vec<Row>, Fault> {
        if text.trim_start().starts_with("INSERT") {
            match self.writes_left.get().checked_sub(1) {
                Some(left) => self.writes_left.set(left),
                None => return Err(Fault::new("selftest", "this write fails")),
            }
        }
        self.sql.exec(text, parameters)
    }

    fn transaction<T>(&self, body: impl FnOnce() -> Result<T, Fault>) -> Result<T, Fault> {
        self.sql.transaction(body)
    }
}

fn fund(number: u8) -> Request {
    let amount = Points::new(100).unwrap_or_default();
    let id = CommandId::derive("selftest", &[number]);
    Request { id, command: Command::Fund { budget: ledger::budget("selftest"), amount } }
}

fn rollback(sql: &ObjectSql) -> Result<(), String> {
    let (store, now) = (SqlLedger::new(sql), Timestamp(1_800_000_000_000));
    ledger::post(&store, now, &[fund(0)]).map_err(said)?.into_iter().for_each(drop);
    let before = (store.totals().map_err(said)?, store.journal(0, 100).map_err(said)?);
    for writes in 0.. {
        let failing = Failing { sql, writes_left: Cell::new(writes) };
        if ledger::post(&SqlLedger::new(&failing), now, &[fund(1)]).is_ok() {
            return if writes >= 2 { Ok(()) } else { Err(format!("a posting is {writes} writes")) };
        }
        let after = (store.totals().map_err(said)?, store.journal(0, 100).map_err(said)?);
        if after != before {
            return Err(format!("write {} failed and something was kept", writes + 1));
        }
    }
    Ok(())
}

fn nested(sql: &ObjectSql) -> Result<(), String> {
    sql.exec("CREATE TABLE proof (number INTEGER)", &[]).map_err(said)?;
    sql.transaction(|| {
        sql.exec("INSERT INTO proof VALUES (1)", &[])?;
        let inner = sql.transaction(|| {
            sql.exec("INSERT INTO proof VALUES (2)", &[])?;
            sql.exec("INSERT INTO nothing VALUES (3)", &[])
        });
        assert!(inner.is_err(), "a table that does not exist took a row");
        sql.exec("INSERT INTO proof VALUES (4)", &[])
    })
    .map_err(said)?;
    let rows = sql.exec("SELECT number FROM proof ORDER BY number", &[]).map_err(said)?;
    let kept: Vec<_> = rows.iter().map(|row| row.integer(0)).collect::<Result<_, _>>().map_err(said)?;
    if kept == [1, 4] { Ok(()) } else { Err(format!("kept {kept:?}")) }
}
