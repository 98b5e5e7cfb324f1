//! The database beside a server that may be running: looked at, copied and written to by
//! commands, through a connection of their own.
//!
//! Never: changes the schema.

use std::{path::Path, time::Duration};

use domain::Timestamp;
use rusqlite::{
    Connection, OpenFlags,
    backup::{Backup, StepResult},
    types::ValueRef,
};

use super::{
    StoreError, meta,
    sqlite::Open,
    transaction::{Row, Transaction, Value},
};
use crate::clock;

/// How long to wait for the server, which writes in short bursts.
const BUSY: Duration = Duration::from_secs(60);

/// A database file.
#[derive(Debug)]
pub struct File(Connection);

impl File {
    /// Opens the database of a data folder, which may be served meanwhile.
    ///
    /// # Errors
    /// When there is none.
    pub fn open(path: &Path) -> Result<Self, StoreError> {
        Self::with(path, OpenFlags::SQLITE_OPEN_READ_WRITE)
    }

    /// Opens a copy that nobody writes to.
    ///
    /// # Errors
    /// When there is none.
    pub fn open_copy(path: &Path) -> Result<Self, StoreError> {
        Self::with(path, OpenFlags::SQLITE_OPEN_READ_ONLY)
    }

    fn with(path: &Path, how: OpenFlags) -> Result<Self, StoreError> {
        let connection = Connection::open_with_flags(path, how | OpenFlags::SQLITE_OPEN_NO_MUTEX)?;
        connection.busy_timeout(BUSY)?;
        connection.pragma_update(None, "synchronous", "FULL")?;
        Ok(Self(connection))
    }

    /// Reads one moment of the database.
    ///
    /// # Errors
    /// Those of the work.
    pub fn read<T>(
        &self,
        work: impl FnOnce(&mut dyn Transaction) -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        self.0.execute_batch("BEGIN")?;
        let done = work(&mut Open(&self.0));
        let _read_only = self.0.execute_batch("ROLLBACK");
        done
    }

    /// Writes all of it or nothing.
    ///
    /// # Errors
    /// Those of the work and of the commit.
    pub fn write<T>(
        &self,
        work: impl FnOnce(&mut dyn Transaction) -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        self.0.execute_batch("BEGIN IMMEDIATE")?;
        let done = work(&mut Open(&self.0)).and_then(|done| {
            self.0.execute_batch("COMMIT")?;
            Ok(done)
        });
        if done.is_err() && !self.0.is_autocommit() {
            let _second = self.0.execute_batch("ROLLBACK");
        }
        done
    }

    /// Copies the database into a new file, while others write. Everything with a receipt
    /// of before the moment that is given back is in the copy.
    ///
    /// # Errors
    /// When it cannot be read, or the copy not be written.
    pub fn copy_to(&self, to: &Path) -> Result<Timestamp, StoreError> {
        // A receipt's time is read inside its transaction. While nobody else can be inside
        // one, every receipt is of something committed; and from here on none is of before.
        // The copy knows it too: whoever restores it goes on from there.
        let covers = self.write(|transaction| meta::cover(transaction, clock::now()))?;
        let mut copy = Connection::open(to)?;
        {
            // In one step: one moment of the database, and nothing to begin anew.
            let step = Backup::new(&self.0, &mut copy)?.step(-1)?;
            if step != StepResult::Done {
                return Err(StoreError::Missing("a moment without other writers"));
            }
        }
        // One file that can be opened where nobody may write.
        copy.pragma_update(None, "journal_mode", "DELETE")?;
        copy.close().map_err(|(_, error)| error)?;
        std::fs::File::open(to)?.sync_all()?;
        Ok(covers)
    }

    /// What SQLite finds wrong with its own structures; nothing when all is well.
    ///
    /// # Errors
    /// When it cannot even be asked.
    pub fn integrity(&self) -> Result<Vec<String>, StoreError> {
        let mut statement = self.0.prepare("PRAGMA integrity_check")?;
        let rows = statement.query_map((), |row| row.get::<_, String>(0))?;
        let found = rows.collect::<Result<Vec<_>, _>>()?;
        Ok(found.into_iter().filter(|line| line != "ok").collect())
    }

    /// Every statement that made the schema, sorted.
    ///
    /// # Errors
    /// Those of the database.
    pub fn schema(&self) -> Result<Vec<String>, StoreError> {
        schema_of(&self.0)
    }

    /// Does `work` while one moment of the database stands still for this connection.
    ///
    /// # Errors
    /// When that cannot be had.
    pub fn hold<T>(&self, work: impl FnOnce() -> T) -> Result<T, StoreError> {
        self.0.execute_batch("BEGIN")?;
        let done = work();
        let _read_only = self.0.execute_batch("ROLLBACK");
        Ok(done)
    }

    /// Reads in the moment that is held.
    ///
    /// # Errors
    /// Those of the work.
    pub fn within<T>(
        &self,
        work: impl FnOnce(&mut dyn Transaction) -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        work(&mut Open(&self.0))
    }

    /// Calls `each` with every row, one at a time. What is no text is given as bytes, and a
    /// number that is not whole as text: nothing writes those.
    ///
    /// # Errors
    /// Those of the database; rows before it were seen.
    pub fn each(&self, sql: &'static str, mut each: impl FnMut(Row)) -> Result<(), StoreError> {
        let mut statement = self.0.prepare(sql)?;
        let columns = statement.column_count();
        let mut found = statement.query(())?;
        while let Some(row) = found.next()? {
            let values: Result<Vec<Value>, rusqlite::Error> =
                (0..columns).map(|column| Ok(as_it_stands(row.get_ref(column)?))).collect();
            each(Row::new(values?));
        }
        Ok(())
    }
}

fn as_it_stands(value: ValueRef<'_>) -> Value {
    match value {
        ValueRef::Null => Value::Null,
        ValueRef::Integer(number) => Value::Integer(number),
        ValueRef::Real(number) => Value::Text(number.to_string()),
        ValueRef::Text(text) => String::from_utf8(text.to_vec())
            .map_or_else(|broken| Value::Bytes(broken.into_bytes()), Value::Text),
        ValueRef::Blob(bytes) => Value::Bytes(bytes.to_vec()),
    }
}

/// The schema that this version makes.
///
/// # Errors
/// Those of the database.
pub fn schema_made_here() -> Result<Vec<String>, StoreError> {
    let connection = Connection::open_in_memory()?;
    super::migrations::apply(&connection)?;
    schema_of(&connection)
}

fn schema_of(connection: &Connection) -> Result<Vec<String>, StoreError> {
    let mut statement = connection.prepare(
        "SELECT type || ' ' || name || ' ' || tbl_name || ' ' || COALESCE(sql, '')
         FROM sqlite_schema
         UNION ALL SELECT 'version ' || version FROM schema ORDER BY 1",
    )?;
    let rows = statement.query_map((), |row| row.get::<_, String>(0))?;
    Ok(rows.collect::<Result<Vec<_>, _>>()?)
}
