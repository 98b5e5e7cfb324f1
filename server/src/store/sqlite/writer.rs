//! The connection that writes.

use std::sync::Arc;

use rusqlite::Connection as Sqlite;

use super::{opened_files::OpenedFiles, transaction::SqliteTransaction};
use crate::store::{StoreError, connection::Connection, transaction::Transaction};

/// The connection that writes, and the files it was opened with.
pub(crate) struct Writer {
    connection: Sqlite,
    files: Arc<OpenedFiles>,
}

impl Writer {
    pub(super) const fn new(connection: Sqlite, files: Arc<OpenedFiles>) -> Self {
        Self { connection, files }
    }
}

impl Connection for Writer {
    fn begin(&mut self) -> Result<(), StoreError> {
        Ok(self.connection.execute_batch("BEGIN IMMEDIATE")?)
    }

    fn transaction(&mut self) -> impl Transaction + '_ {
        SqliteTransaction(&self.connection)
    }

    fn commit(&mut self) -> Result<(), StoreError> {
        // As late as possible: after this only the commit itself can go to a file that was
        // moved away.
        self.files.check_unmoved()?;
        Ok(self.connection.execute_batch("COMMIT")?)
    }

    fn roll_back(&mut self) {
        if !self.connection.is_autocommit() {
            // The error that led here is the one to report.
            let _rollback = self.connection.execute_batch("ROLLBACK");
        }
    }
}
