//! Threads that read. Each job sees one moment of the database.

use std::{
    path::{Path, PathBuf},
    sync::{Arc, Mutex},
};

use rusqlite::Connection;
use tokio::sync::mpsc;

use super::{
    StoreError, changes,
    job::Job,
    place::Place,
    sqlite::{Open, open_reader},
};
use crate::storage_problem::StorageProblem;

/// The readers share one queue: whoever is free takes the next job.
pub(super) type Queue = Arc<Mutex<mpsc::Receiver<Box<dyn Job>>>>;

/// A reader's own connection, and where it was opened.
pub(super) struct Reader {
    connection: Connection,
    path: PathBuf,
    place: Arc<Place>,
}

impl Reader {
    pub(super) fn open(path: &Path, place: Arc<Place>) -> Result<Self, StoreError> {
        let connection = open_whole(path)?;
        Ok(Self { connection, path: path.to_owned(), place })
    }

    /// Works until every sender is gone.
    pub(super) fn run(mut self, queue: &Queue) {
        while let Some(job) = next(queue) {
            if read(&self.connection, job).is_err() {
                self.open_again();
            }
        }
    }

    /// What went wrong may have left this connection with files that are no longer there.
    fn open_again(&mut self) {
        let again = self.place.check().and_then(|()| open_whole(&self.path));
        if let Ok(connection) = again
            && self.place.check().is_ok()
        {
            self.connection = connection;
        }
    }
}

/// SQLite opens its files when they are first needed, which may be while somebody has moved
/// them: all of them are opened here.
fn open_whole(path: &Path) -> Result<Connection, StoreError> {
    let connection = open_reader(path)?;
    changes::latest(&mut Open(&connection))?;
    Ok(connection)
}

fn next(queue: &Queue) -> Option<Box<dyn Job>> {
    // Nobody panics while holding it; were it so, the queue would still be whole.
    queue.lock().unwrap_or_else(std::sync::PoisonError::into_inner).blocking_recv()
}

/// `Err` when something is wrong with the disk or the database.
fn read(connection: &Connection, mut job: Box<dyn Job>) -> Result<(), StorageProblem> {
    if let Err(error) = connection.execute_batch("BEGIN").map_err(StoreError::from) {
        let ill = error.ill();
        job.answer(Err(error));
        return ill.map_or(Ok(()), Err);
    }
    let ran = job.run(&mut Open(connection));
    let ended = connection.execute_batch("COMMIT").map_err(StoreError::from);
    if ended.is_err() {
        let _second = connection.execute_batch("ROLLBACK");
    }
    job.answer(ended);
    // What the job said is told in its answer.
    ran.or_else(|ill| ill.map_or(Ok(()), Err))
}
