//! The transaction trait over SQLite, and how a connection is opened.

use std::{path::Path, time::Duration};

use rusqlite::{
    Connection, OpenFlags, ToSql,
    types::{ToSqlOutput, ValueRef},
};

use crate::store::{
    StoreError,
    migrations::Script,
    transaction::{Dialect, SqlRow, Transaction, Value, check_statement},
};

/// Statements kept prepared per connection; more than there are in the code.
const PREPARED_STATEMENTS: usize = 128;
/// How long to wait for the lock of another process, such as `xunjie user add`. A longer lock
/// is reported as `locked`, and phones send again.
const BUSY_TIMEOUT: Duration = Duration::from_secs(2);
/// A case touches some thirty indexes, and a transaction has many cases: what does not fit is
/// written to the log more than once. KiB; negative is how SQLite tells them from pages.
const WRITER_CACHE_KIB: i64 = -64 * 1024;
const READER_CACHE_KIB: i64 = -16 * 1024;
/// Pages of 4 KiB in the log before they are copied into the database: the more, the fewer pages
/// are copied twice. A reader at the wrong moment makes the log longer, never the data.
const CHECKPOINT_PAGES: i64 = 8 * 1024;

/// Opens the connection that writes.
pub(super) fn open_writer(path: &Path) -> Result<Connection, StoreError> {
    let connection = Connection::open(path)?;
    connection.busy_timeout(BUSY_TIMEOUT)?;
    connection.pragma_update(None, "journal_mode", "WAL")?;
    // In WAL mode NORMAL does not sync each commit: a loss of power may lose commits that
    // were acknowledged.
    connection.pragma_update(None, "synchronous", "FULL")?;
    connection.pragma_update(None, "foreign_keys", true)?;
    connection.pragma_update(None, "cache_size", WRITER_CACHE_KIB)?;
    connection.pragma_update(None, "wal_autocheckpoint", CHECKPOINT_PAGES)?;
    connection.set_prepared_statement_cache_capacity(PREPARED_STATEMENTS);
    Ok(connection)
}

/// Opens a connection that can only read.
pub(super) fn open_reader(path: &Path) -> Result<Connection, StoreError> {
    // Even a reader of a WAL database has to write to its shared-memory file; `query_only`
    // below keeps statements from changing anything.
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = Connection::open_with_flags(path, flags)?;
    connection.busy_timeout(BUSY_TIMEOUT)?;
    connection.pragma_update(None, "query_only", true)?;
    connection.pragma_update(None, "cache_size", READER_CACHE_KIB)?;
    connection.set_prepared_statement_cache_capacity(PREPARED_STATEMENTS);
    Ok(connection)
}

/// A connection with a transaction open on it, which the caller begins and ends.
pub(super) struct SqliteTransaction<'a>(pub(super) &'a Connection);

impl Transaction for SqliteTransaction<'_> {
    fn dialect(&self) -> Dialect {
        Dialect::Sqlite
    }

    fn execute(&mut self, sql: &str, values: &[Value]) -> Result<usize, StoreError> {
        check_statement(sql, values)?;
        let mut statement = self.0.prepare_cached(sql)?;
        Ok(statement.execute(rusqlite::params_from_iter(values))?)
    }

    fn query(&mut self, sql: &str, values: &[Value]) -> Result<Vec<SqlRow>, StoreError> {
        check_statement(sql, values)?;
        let mut statement = self.0.prepare_cached(sql)?;
        let columns = statement.column_count();
        let mut found = statement.query(rusqlite::params_from_iter(values))?;
        let mut rows = Vec::new();
        while let Some(row) = found.next()? {
            let values = (0..columns).map(|column| read(row.get_ref(column)?, column));
            rows.push(SqlRow::new(values.collect::<Result<_, StoreError>>()?));
        }
        Ok(rows)
    }
}

impl Script for SqliteTransaction<'_> {
    fn run_script(&mut self, script: &str) -> Result<(), StoreError> {
        Ok(self.0.execute_batch(script)?)
    }
}

fn read(value: ValueRef<'_>, column: usize) -> Result<Value, StoreError> {
    Ok(match value {
        ValueRef::Null => Value::Null,
        ValueRef::Integer(number) => Value::Integer(number),
        ValueRef::Text(text) => Value::Text(
            String::from_utf8(text.to_vec()).map_err(|_| StoreError::Column { column })?,
        ),
        ValueRef::Blob(bytes) => Value::Bytes(bytes.to_vec()),
        ValueRef::Real(_) => return Err(StoreError::Column { column }),
    })
}

impl ToSql for Value {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(ToSqlOutput::Borrowed(match self {
            Self::Null => ValueRef::Null,
            Self::Integer(number) => ValueRef::Integer(*number),
            Self::Text(text) => ValueRef::Text(text.as_bytes()),
            Self::Bytes(bytes) => ValueRef::Blob(bytes),
        }))
    }
}
