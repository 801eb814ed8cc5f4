//! `Sql` over a Durable Object's SQLite.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::ops::RangeInclusive;
use std::rc::Rc;

use js_sys::{Array, ArrayBuffer, JsString, Uint8Array};
use shared::kernel::Fault;
use wasm_bindgen::prelude::*;
use worker::Storage;
use worker::worker_sys::SqlStorageCursor;

use crate::sql::{Row, SAFE_MAX, Sql, Value};

#[wasm_bindgen]
extern "C" {
    /// `DurableObjectStorage`, for the one method the `worker` crate does not bind.
    #[wasm_bindgen(js_name = DurableObjectStorage)]
    type Transactional;

    #[wasm_bindgen(method, catch, js_name = transactionSync)]
    fn transaction_sync(
        this: &Transactional,
        body: &mut dyn FnMut() -> Result<JsValue, JsValue>,
    ) -> Result<JsValue, JsValue>;
}

#[wasm_bindgen]
extern "C" {
    /// `Array.from`, which steps through the rows, so that it may fail as the disk may.
    #[wasm_bindgen(catch, js_namespace = Array, js_name = from)]
    fn all(rows: &JsValue) -> Result<Array, JsValue>;
}

#[wasm_bindgen]
extern "C" {
    /// `SqlStorage`, whose texts the `worker` crate makes anew for every call.
    type Statements;

    #[wasm_bindgen(method, catch, variadic)]
    fn exec(this: &Statements, text: &JsString, bound: Array) -> Result<SqlStorageCursor, JsValue>;
}

/// The most texts that are kept. Ours are some hundreds.
const TEXTS_MAX: usize = 1_024;

/// The database of one object.
pub(super) struct ObjectSql {
    sql: Statements,
    storage: Rc<Storage>,
    /// What was asked before, as the runtime knows it: it finds a statement it has planned by its text, and in one it has seen
    /// before it need not look.
    texts: RefCell<BTreeMap<String, JsString>>,
}

impl ObjectSql {
    pub(super) fn new(storage: Rc<Storage>) -> Self {
        Self { sql: storage.as_raw().sql().unchecked_into(), storage, texts: RefCell::default() }
    }

    fn text(&self, text: &str) -> JsString {
        let mut texts = self.texts.borrow_mut();
        if let Some(known) = texts.get(text) {
            return known.clone();
        }
        if texts.len() >= TEXTS_MAX {
            texts.clear();
        }
        let made = JsString::from(text);
        texts.insert(text.to_owned(), made.clone());
        made
    }
}

impl Sql for ObjectSql {
    fn exec(&self, text: &str, parameters: &[Value]) -> Result<Vec<Row>, Fault> {
        let bound = parameters.iter().map(bind).collect::<Result<Array, Fault>>()?;
        let cursor = self.sql.exec(&self.text(text), bound);
        let cursor = cursor.map_err(|error| Fault::new("sql.exec", format_args!("{error:?}")))?;
        // Draining the cursor is not optional: inside a transaction an open one fails the commit with SQLITE_BUSY. And
        // all at once: a crossing for each row costs more than the row.
        let rows = all(&cursor.raw()).map_err(|error| Fault::new("sql.rows", format_args!("{error:?}")))?;
        rows.iter().map(read).collect()
    }

    fn transaction<T>(&self, body: impl FnOnce() -> Result<T, Fault>) -> Result<T, Fault> {
        let outcome = RefCell::new(None);
        let mut body = Some(body);
        let storage: &Transactional = self.storage.as_raw().unchecked_ref();
        let ended = storage.transaction_sync(&mut || {
            let answer = body.take().map(|body| body());
            let rolled_back = !matches!(answer, Some(Ok(_)));
            *outcome.borrow_mut() = answer;
            // Throwing is what rolls back.
            if rolled_back { Err(JsValue::from_str("rolled back")) } else { Ok(JsValue::UNDEFINED) }
        });
        match (outcome.into_inner(), ended) {
            (Some(Err(fault)), _) => Err(fault),
            (Some(Ok(answer)), Ok(_)) => Ok(answer),
            // An exception flew through the body, a trap most likely: the storage is rolled back, and since frames of the
            // module were skipped nothing in it goes on.
            (None, Err(error)) if body.is_none() => wasm_bindgen::throw_val(error),
            (_, ended) => Err(Fault::new("sql.transaction", format_args!("{:?}", ended.err()))),
        }
    }
}

const SAFE: RangeInclusive<i64> = -SAFE_MAX..=SAFE_MAX;

fn bind(value: &Value) -> Result<JsValue, Fault> {
    Ok(match value {
        Value::Null => JsValue::NULL,
        Value::Integer(number) if SAFE.contains(number) => JsValue::from_f64(*number as f64),
        Value::Integer(_) => return Err(Fault::new("sql.bind", "an integer beyond 2^53")),
        Value::Text(text) => JsValue::from_str(text),
        Value::Blob(bytes) => Uint8Array::from(bytes.as_slice()).into(),
    })
}

fn read(row: JsValue) -> Result<Row, Fault> {
    Array::unchecked_from_js(row).iter().map(|value| read_value(&value)).collect::<Result<_, _>>().map(Row)
}

fn read_value(value: &JsValue) -> Result<Value, Fault> {
    if let Some(bytes) = value.dyn_ref::<ArrayBuffer>() {
        return Ok(Value::Blob(Uint8Array::new(bytes).to_vec()));
    }
    if let Some(number) = value.as_f64() {
        let whole = number as i64;
        let exact = SAFE.contains(&whole) && whole as f64 == number;
        return exact
            .then_some(Value::Integer(whole))
            .ok_or_else(|| Fault::new("sql.read", "no column of ours is a float"));
    }
    match value.as_string() {
        Some(text) => Ok(Value::Text(text)),
        None if value.is_null() => Ok(Value::Null),
        None => Err(Fault::new("sql.read", "a type no column has")),
    }
}
