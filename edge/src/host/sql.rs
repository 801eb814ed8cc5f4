//! `Sql` over a Durable Object's SQLite.

use std::cell::RefCell;
use std::rc::Rc;

use shared::kernel::Fault;
use wasm_bindgen::prelude::*;
use worker::{SqlStorage, SqlStorageValue, Storage};

use crate::sql::{Row, Sql, Value};

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

/// The database of one object.
pub(super) struct ObjectSql {
    sql: SqlStorage,
    storage: Rc<Storage>,
}

impl ObjectSql {
    pub(super) fn new(storage: Rc<Storage>) -> Self {
        Self { sql: storage.sql(), storage }
    }
}

impl Sql for ObjectSql {
    fn exec(&self, text: &str, parameters: &[Value]) -> Result<Vec<Row>, Fault> {
        let fault = |error: worker::Error| Fault::new("sql.exec", error);
        let bound = parameters.iter().map(bind).collect::<Result<Vec<_>, _>>().map_err(fault)?;
        // Draining the cursor is not optional: inside a transaction an open one fails the commit with SQLITE_BUSY.
        let cursor = self.sql.exec(text, bound).map_err(fault)?;
        cursor.raw().map(|row| row.map_err(fault).and_then(read)).collect()
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
            (_, ended) => Err(Fault::new("sql.transaction", format_args!("{:?}", ended.err()))),
        }
    }
}

fn bind(value: &Value) -> worker::Result<SqlStorageValue> {
    Ok(match value {
        Value::Null => SqlStorageValue::Null,
        Value::Integer(number) => SqlStorageValue::try_from_i64(*number)?,
        Value::Text(text) => SqlStorageValue::String(text.clone()),
        Value::Blob(bytes) => SqlStorageValue::Blob(bytes.clone()),
    })
}

fn read(values: Vec<SqlStorageValue>) -> Result<Row, Fault> {
    let value = |value| {
        Ok(match value {
            SqlStorageValue::Null => Value::Null,
            SqlStorageValue::Integer(number) => Value::Integer(number),
            SqlStorageValue::String(text) => Value::Text(text),
            SqlStorageValue::Blob(bytes) => Value::Blob(bytes),
            SqlStorageValue::Boolean(_) | SqlStorageValue::Float(_) => {
                return Err(Fault::new("sql.read", "no column of ours is a boolean or a float"));
            }
        })
    };
    values.into_iter().map(value).collect::<Result<_, _>>().map(Row)
}
