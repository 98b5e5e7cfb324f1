//! Threads that read. Each task sees one snapshot of the database.

use std::{
    path::{Path, PathBuf},
    sync::{Arc, Mutex},
};

use rusqlite::Connection;
use tokio::sync::mpsc;

use super::{
    StoreError, changes,
    opened_files::OpenedFiles,
    sqlite::{SqliteTransaction, open_reader},
    task::Task,
};
use crate::system::StorageProblem;

/// The readers share one queue: whoever is free takes the next task.
pub(super) type Queue = Arc<Mutex<mpsc::Receiver<Box<dyn Task>>>>;

/// One reader: its own connection, and what it was opened from.
pub(super) struct Reader {
    connection: Connection,
    path: PathBuf,
    files: Arc<OpenedFiles>,
}

impl Reader {
    pub(super) fn open(path: &Path, files: Arc<OpenedFiles>) -> Result<Self, StoreError> {
        let connection = open_eagerly(path)?;
        Ok(Self { connection, path: path.to_owned(), files })
    }

    /// Runs tasks until every sender is dropped.
    pub(super) fn run(mut self, queue: &Queue) {
        while let Some(task) = next(queue) {
            if read(&self.connection, task).is_err() {
                self.reopen();
            }
        }
    }

    /// Replaces the connection after a storage error: it may have opened a file that is no
    /// longer there. Checked before and after, for somebody may be moving files right now.
    fn reopen(&mut self) {
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
fn open_eagerly(path: &Path) -> Result<Connection, StoreError> {
    let connection = open_reader(path)?;
    changes::latest(&mut SqliteTransaction(&connection))?;
    Ok(connection)
}

fn next(queue: &Queue) -> Option<Box<dyn Task>> {
    // No code panics while it holds the lock; if some did, the queue would be usable still.
    queue.lock().unwrap_or_else(std::sync::PoisonError::into_inner).blocking_recv()
}

/// `Err` when something is wrong with the disk or the database.
fn read(connection: &Connection, mut task: Box<dyn Task>) -> Result<(), StorageProblem> {
    if let Err(error) = connection.execute_batch("BEGIN").map_err(StoreError::from) {
        let problem = error.storage_problem();
        task.answer(Err(error));
        return problem.map_or(Ok(()), Err);
    }
    let ran = task.run(&mut SqliteTransaction(connection));
    let ended = connection.execute_batch("COMMIT").map_err(StoreError::from);
    if ended.is_err() {
        let _rollback = connection.execute_batch("ROLLBACK");
    }
    task.answer(ended);
    // An error of the task itself went to its caller with the answer; here only those of the
    // disk count.
    ran.or_else(|problem| problem.map_or(Ok(()), Err))
}
