//! A connection that reads.

use std::{
    path::{Path, PathBuf},
    sync::Arc,
};

use rusqlite::Connection as Sqlite;

use super::{
    opened_files::OpenedFiles,
    transaction::{SqliteTransaction, open_reader},
};
use crate::store::{StoreError, changes, connection::Connection, transaction::Transaction};

/// A connection that reads, and what it was opened from.
pub(crate) struct Reader {
    connection: Sqlite,
    path: PathBuf,
    files: Arc<OpenedFiles>,
}

impl Reader {
    pub(super) fn open(path: &Path, files: Arc<OpenedFiles>) -> Result<Self, StoreError> {
        let connection = open_eagerly(path)?;
        Ok(Self { connection, path: path.to_owned(), files })
    }
}

impl Connection for Reader {
    fn begin(&mut self) -> Result<(), StoreError> {
        Ok(self.connection.execute_batch("BEGIN")?)
    }

    fn transaction(&mut self) -> impl Transaction + '_ {
        SqliteTransaction(&self.connection)
    }

    fn commit(&mut self) -> Result<(), StoreError> {
        Ok(self.connection.execute_batch("COMMIT")?)
    }

    fn roll_back(&mut self) {
        let _rollback = self.connection.execute_batch("ROLLBACK");
    }

    /// Replaces the connection: it may have opened a file that is no longer there. Checked
    /// before and after, for somebody may be moving files right now.
    fn recover(&mut self) {
        let reopened = self.files.check_unmoved().and_then(|()| open_eagerly(&self.path));
        if let Ok(connection) = reopened
            && self.files.check_unmoved().is_ok()
        {
            self.connection = connection;
        }
    }
}

/// Opens a connection and all of its files. SQLite opens the log of writes only with the
/// first query, which may come while somebody has moved it.
fn open_eagerly(path: &Path) -> Result<Sqlite, StoreError> {
    let connection = open_reader(path)?;
    changes::latest(&mut SqliteTransaction(&connection))?;
    Ok(connection)
}
