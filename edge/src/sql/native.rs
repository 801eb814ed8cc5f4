//! `Sql` over rusqlite, for native tests: same engine, same text, savepoints where the object has `transactionSync`.

use rusqlite::limits::Limit;
use rusqlite::types::ValueRef;
use rusqlite::{Connection, StatementStatus, params_from_iter};
use shared::kernel::Fault;

use super::{Row, SAFE_MAX, Sql, Value};

/// What the runtime allows a statement (workerd, `util/sqlite.c++`), so that what passes here passes there.
const RUNTIME_LIMITS: [(Limit, i32); 5] = [
    (Limit::SQLITE_LIMIT_COMPOUND_SELECT, 5),
    (Limit::SQLITE_LIMIT_COLUMN, 100),
    (Limit::SQLITE_LIMIT_EXPR_DEPTH, 100),
    (Limit::SQLITE_LIMIT_SQL_LENGTH, 100_000),
    (Limit::SQLITE_LIMIT_VARIABLE_NUMBER, 100),
];

/// A database in memory or in a file.
pub struct NativeSql(Connection);

impl NativeSql {
    /// An empty database in memory.
    pub fn in_memory() -> Self {
        let connection = Connection::open_in_memory().expect("SQLite in memory");
        for (limit, most) in RUNTIME_LIMITS {
            connection.set_limit(limit, most).expect("a limit of SQLite");
        }
        Self(connection)
    }
}

fn fault(error: rusqlite::Error) -> Fault {
    Fault::new("sql.native", error)
}

impl Sql for NativeSql {
    fn exec(&self, text: &str, parameters: &[Value]) -> Result<Vec<Row>, Fault> {
        assert!(parameters.len() <= 100, "the runtime binds at most 100 parameters");
        let mut statement = self.0.prepare_cached(text).map_err(fault)?;
        let columns = statement.column_count();
        let bound = parameters.iter().map(|value| match value {
            Value::Null => rusqlite::types::Value::Null,
            Value::Integer(number) => {
                assert!((-SAFE_MAX..=SAFE_MAX).contains(number), "the runtime does not bind {number}");
                rusqlite::types::Value::Integer(*number)
            }
            Value::Text(text) => rusqlite::types::Value::Text(text.clone()),
            Value::Blob(bytes) => rusqlite::types::Value::Blob(bytes.clone()),
        });
        let rows = statement.query_map(params_from_iter(bound), |row| {
            (0..columns)
                .map(|index| {
                    Ok(match row.get_ref(index)? {
                        ValueRef::Null => Value::Null,
                        ValueRef::Integer(number) => Value::Integer(number),
                        ValueRef::Real(_) => panic!("no column of ours is a float"),
                        ValueRef::Text(text) => Value::Text(String::from_utf8_lossy(text).into_owned()),
                        ValueRef::Blob(bytes) => Value::Blob(bytes.to_vec()),
                    })
                })
                .collect::<Result<Vec<_>, _>>()
                .map(Row)
        });
        let rows = rows.map_err(fault)?.collect::<Result<Vec<_>, _>>().map_err(fault)?;
        let planned_anew = statement.reset_status(StatementStatus::RePrepare);
        // A changed schema is planned for anew, and rightly: nothing is bound to what changes it.
        let hot = !parameters.is_empty() && !text.contains("migration");
        assert!(!hot || planned_anew == 0, "planned anew at every binding: {text}");
        Ok(rows)
    }

    fn transaction<T>(&self, body: impl FnOnce() -> Result<T, Fault>) -> Result<T, Fault> {
        self.0.execute_batch("SAVEPOINT step").map_err(fault)?;
        let answer = body();
        let end = if answer.is_ok() { "RELEASE step" } else { "ROLLBACK TO step; RELEASE step" };
        self.0.execute_batch(end).map_err(fault)?;
        answer
    }
}
