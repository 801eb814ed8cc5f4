//! The one door to storage: SQL text in, rows out. Host-free, so that the text the object runs is
//! tested natively through rusqlite.

use std::fmt::Display;

use shared::kernel::Fault;

/// The largest whole number the runtime's numbers tell apart from its neighbours (ECMA-262 `Number.MAX_SAFE_INTEGER`).
pub const SAFE_MAX: i64 = 0x1F_FFFF_FFFF_FFFF;

/// A value of SQLite.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Value {
    /// NULL.
    Null,
    /// A whole number; never beyond ±[`SAFE_MAX`], where the runtime's numbers start to lie.
    Integer(i64),
    /// Text.
    Text(String),
    /// Bytes.
    Blob(Vec<u8>),
}

impl From<i64> for Value {
    fn from(value: i64) -> Self {
        Self::Integer(value)
    }
}
impl From<u64> for Value {
    /// Saturates far above every bounded number of ours.
    fn from(value: u64) -> Self {
        Self::Integer(i64::try_from(value).unwrap_or(i64::MAX))
    }
}
impl From<&str> for Value {
    fn from(value: &str) -> Self {
        Self::Text(value.to_owned())
    }
}
impl From<String> for Value {
    fn from(value: String) -> Self {
        Self::Text(value)
    }
}
impl From<Vec<u8>> for Value {
    fn from(value: Vec<u8>) -> Self {
        Self::Blob(value)
    }
}
impl From<&[u8]> for Value {
    fn from(value: &[u8]) -> Self {
        Self::Blob(value.to_vec())
    }
}
impl<T: Into<Self>> From<Option<T>> for Value {
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::Null, Into::into)
    }
}

/// A row of an answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row(pub Vec<Value>);

impl Row {
    fn fault(&self, index: usize, wanted: &str) -> Fault {
        Fault::new("sql.row", format_args!("column {index} is not {wanted}"))
    }

    /// The whole number in that column.
    pub fn integer(&self, index: usize) -> Result<i64, Fault> {
        match self.0.get(index) {
            Some(Value::Integer(value)) => Ok(*value),
            _ => Err(self.fault(index, "an integer")),
        }
    }

    /// The text in that column.
    pub fn text(&self, index: usize) -> Result<&str, Fault> {
        match self.0.get(index) {
            Some(Value::Text(value)) => Ok(value),
            _ => Err(self.fault(index, "a text")),
        }
    }

    /// The bytes in that column.
    pub fn blob(&self, index: usize) -> Result<&[u8], Fault> {
        match self.0.get(index) {
            Some(Value::Blob(value)) => Ok(value),
            _ => Err(self.fault(index, "a blob")),
        }
    }

    /// The sixteen or thirty-two bytes in that column.
    pub fn bytes<const N: usize>(&self, index: usize) -> Result<[u8; N], Fault> {
        self.blob(index)?.try_into().map_err(|_| self.fault(index, "of that length"))
    }

    /// Whether that column is NULL or missing.
    pub fn is_null(&self, index: usize) -> bool {
        matches!(self.0.get(index), None | Some(Value::Null))
    }
}

/// A database of one object.
///
/// SQLite plans a statement anew at every binding when its plan looked at a bare parameter, which costs more than
/// running it. It looks at a limit, and at what a column equals that the statement has a choice of indexes for: these
/// are written `LIMIT ? + 0` and `= CAST(? AS BLOB)`. Natively, a statement that is planned twice panics.
pub trait Sql {
    /// Runs one statement with its parameters (at most 100) and drains the answer.
    fn exec(&self, text: &str, parameters: &[Value]) -> Result<Vec<Row>, Fault>;

    /// Runs `body` so that all its writes are kept, durably, or none is. May be nested.
    fn transaction<T>(&self, body: impl FnOnce() -> Result<T, Fault>) -> Result<T, Fault>;
}

/// A migration: its name and its statements, separated by `;` at line ends.
pub type Migration = (&'static str, &'static str);

/// Brings the database up to date. Names already run are kept in a table, because the runtime refuses `PRAGMA user_version`.
pub fn migrate(sql: &impl Sql, migrations: &[Migration]) -> Result<(), Fault> {
    sql.exec("CREATE TABLE IF NOT EXISTS migration (name TEXT PRIMARY KEY) WITHOUT ROWID", &[])?;
    for (name, text) in migrations {
        if !sql.exec("SELECT 1 FROM migration WHERE name = ?", &[(*name).into()])?.is_empty() {
            continue;
        }
        sql.transaction(|| {
            for statement in text.split(";\n").map(str::trim).filter(|statement| !statement.is_empty()) {
                sql.exec(statement, &[]).map_err(|fault| in_migration(name, fault))?;
            }
            sql.exec("INSERT INTO migration (name) VALUES (?)", &[(*name).into()])
        })?;
    }
    Ok(())
}

fn in_migration(name: &str, cause: impl Display) -> Fault {
    Fault::new("sql.migrate", format_args!("{name}: {cause}"))
}

/// The same trait over rusqlite: what native tests run the objects' SQL on.
#[cfg(all(test, not(target_arch = "wasm32")))]
pub mod native;
