//! The database of a folder that a server may be running on: read, copied and written to by
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

use super::{schema, transaction::SqliteTransaction};
use crate::{
    store::{
        StoreError, case_terms, meta,
        transaction::{SqlRow, Transaction, Value},
    },
    system::clock,
};

/// How long to wait for the server's lock. The server commits in short bursts, and a command
/// can wait longer than a request.
const BUSY_TIMEOUT: Duration = Duration::from_secs(60);

/// A database file.
#[derive(Debug)]
pub struct DatabaseFile(Connection);

impl DatabaseFile {
    /// Opens the database of a data folder, which may be served meanwhile.
    ///
    /// # Errors
    /// When there is none.
    pub fn open(path: &Path) -> Result<Self, StoreError> {
        Self::open_with(path, OpenFlags::SQLITE_OPEN_READ_WRITE)
    }

    /// Opens a copy that nobody writes to.
    ///
    /// # Errors
    /// When there is none.
    pub fn open_copy(path: &Path) -> Result<Self, StoreError> {
        Self::open_with(path, OpenFlags::SQLITE_OPEN_READ_ONLY)
    }

    fn open_with(path: &Path, access: OpenFlags) -> Result<Self, StoreError> {
        let connection =
            Connection::open_with_flags(path, access | OpenFlags::SQLITE_OPEN_NO_MUTEX)?;
        connection.busy_timeout(BUSY_TIMEOUT)?;
        connection.pragma_update(None, "synchronous", "FULL")?;
        Ok(Self(connection))
    }

    /// Reads one snapshot of the database.
    ///
    /// # Errors
    /// Those of the work.
    pub fn read<T>(
        &self,
        work: impl FnOnce(&mut dyn Transaction) -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        self.0.execute_batch("BEGIN")?;
        let result = work(&mut SqliteTransaction(&self.0));
        // Ends a transaction that wrote nothing, so there is nothing to lose by an error.
        let _rollback = self.0.execute_batch("ROLLBACK");
        result
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
        let mut transaction = SqliteTransaction(&self.0);
        let result = work(&mut transaction).and_then(|result| {
            case_terms::settle(&mut transaction)?;
            self.0.execute_batch("COMMIT")?;
            Ok(result)
        });
        if result.is_err() && !self.0.is_autocommit() {
            // The error that led here is the one to report.
            let _rollback = self.0.execute_batch("ROLLBACK");
        }
        result
    }

    /// Copies the database into a new file, while others write. Everything with a receipt
    /// from before the time that is returned is in the copy.
    ///
    /// # Errors
    /// When it cannot be read, or the copy not be written.
    pub fn copy_to(&self, to: &Path) -> Result<Timestamp, StoreError> {
        // A receipt's time is read inside its transaction. While this transaction holds the
        // write lock, every receipt that exists is committed, and every later one is dated
        // after `covers`. It is written before the copy, so that the copy has it as well and
        // a server on the restored copy goes on from there.
        let covers = self.write(|transaction| meta::cover(transaction, clock::now()))?;
        let mut copy = Connection::open(to)?;
        {
            // All pages in one step: with several, SQLite starts over whenever somebody writes
            // in between.
            let step = Backup::new(&self.0, &mut copy)?.step(-1)?;
            if step != StepResult::Done {
                return Err(StoreError::Missing("a time without other writers"));
            }
        }
        // Out of WAL mode, the copy is one file and can be opened on a read-only disk.
        copy.pragma_update(None, "journal_mode", "DELETE")?;
        copy.close().map_err(|(_, error)| error)?;
        std::fs::File::open(to)?.sync_all()?;
        Ok(covers)
    }

    /// What SQLite finds wrong with its own structures; empty when it is intact.
    ///
    /// # Errors
    /// When it cannot even be asked.
    pub fn integrity(&self) -> Result<Vec<String>, StoreError> {
        let mut statement = self.0.prepare("PRAGMA integrity_check")?;
        let rows = statement.query_map((), |row| row.get::<_, String>(0))?;
        let found = rows.collect::<Result<Vec<_>, _>>()?;
        Ok(found.into_iter().filter(|line| line != "ok").collect())
    }

    /// The schema of this version, and that of the file, as sorted lines.
    ///
    /// # Errors
    /// Those of the database.
    pub(in crate::store) fn schemas(&self) -> Result<(Vec<String>, Vec<String>), StoreError> {
        Ok((schema::expected()?, schema::stored(&self.0)?))
    }

    /// Runs `work` while this connection sees one snapshot of the database.
    ///
    /// # Errors
    /// When the snapshot cannot be opened.
    pub fn with_snapshot<T>(&self, work: impl FnOnce() -> T) -> Result<T, StoreError> {
        self.0.execute_batch("BEGIN")?;
        let result = work();
        let _rollback = self.0.execute_batch("ROLLBACK");
        Ok(result)
    }

    /// Reads in the snapshot that is open.
    ///
    /// # Errors
    /// Those of the work.
    pub fn read_in_snapshot<T>(
        &self,
        work: impl FnOnce(&mut dyn Transaction) -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        work(&mut SqliteTransaction(&self.0))
    }

    /// Calls `each` with every row, one at a time. Text that is not UTF-8 is given as bytes,
    /// and a number that is not an integer as text: this program writes neither, so both are
    /// damage that the caller reports.
    ///
    /// # Errors
    /// Those of the database; rows before it were seen.
    pub fn for_each(
        &self,
        sql: &'static str,
        mut each: impl FnMut(SqlRow),
    ) -> Result<(), StoreError> {
        let mut statement = self.0.prepare(sql)?;
        let columns = statement.column_count();
        let mut found = statement.query(())?;
        while let Some(row) = found.next()? {
            let values: Result<Vec<Value>, rusqlite::Error> =
                (0..columns).map(|column| Ok(raw_value(row.get_ref(column)?))).collect();
            each(SqlRow::new(values?));
        }
        Ok(())
    }
}

fn raw_value(value: ValueRef<'_>) -> Value {
    match value {
        ValueRef::Null => Value::Null,
        ValueRef::Integer(number) => Value::Integer(number),
        ValueRef::Real(number) => Value::Text(number.to_string()),
        ValueRef::Text(text) => String::from_utf8(text.to_vec())
            .map_or_else(|error| Value::Bytes(error.into_bytes()), Value::Text),
        ValueRef::Blob(bytes) => Value::Bytes(bytes.to_vec()),
    }
}
