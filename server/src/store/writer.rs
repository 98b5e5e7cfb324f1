//! The one thread that writes. Jobs that wait together are committed together: one
//! sync of the disk for all of them. Each stands in its own savepoint, so that a job
//! that fails takes nothing of the others with it.

use rusqlite::Connection;
use tokio::sync::{mpsc, watch};

use crate::storage_problem::StorageProblem;

use super::{StoreError, changes, job::Job, place::Place, sqlite::Open, transaction::Transaction};

/// Jobs committed together at most; bounds how long the first one waits.
const BATCH: usize = 256;

/// Works until every sender is gone. After each commit it announces the number of
/// the latest change.
pub(super) fn run(
    connection: &Connection,
    place: &Place,
    mut jobs: mpsc::Receiver<Box<dyn Job>>,
    announce: &watch::Sender<u64>,
) {
    while let Some(first) = jobs.blocking_recv() {
        let mut batch = vec![first];
        while batch.len() < BATCH {
            match jobs.try_recv() {
                Ok(job) => batch.push(job),
                Err(_) => break,
            }
        }
        let committed = run_batch(connection, place, &mut batch);
        if let Ok(latest) = committed {
            announce.send_if_modified(|known| std::mem::replace(known, latest) != latest);
        }
        for job in batch {
            job.answer(match &committed {
                Ok(_) => Ok(()),
                Err(error) => Err(StoreError::Commit { why: error.to_string(), ill: error.ill() }),
            });
        }
    }
}

fn run_batch(
    connection: &Connection,
    place: &Place,
    batch: &mut [Box<dyn Job>],
) -> Result<u64, StoreError> {
    connection.execute_batch("BEGIN IMMEDIATE")?;
    // A full disk ends the transaction inside a job; what fails after it only follows.
    let mut cause = None;
    let committed = run_jobs(connection, batch, &mut cause).and_then(|latest| {
        place.check()?;
        connection.execute_batch("COMMIT")?;
        Ok(latest)
    });
    if committed.is_err() && !connection.is_autocommit() {
        // The error that led here is the one that is told.
        let _second = connection.execute_batch("ROLLBACK");
    }
    committed.map_err(|error| match error.ill() {
        None => StoreError::Commit { why: error.to_string(), ill: cause },
        Some(_) => error,
    })
}

fn run_jobs(
    connection: &Connection,
    batch: &mut [Box<dyn Job>],
    cause: &mut Option<StorageProblem>,
) -> Result<u64, StoreError> {
    let mut transaction = Open(connection);
    for job in batch {
        transaction.execute("SAVEPOINT job", &[])?;
        if let Err(ill) = job.run(&mut transaction) {
            *cause = cause.or(ill);
            transaction.execute("ROLLBACK TO job", &[])?;
        }
        transaction.execute("RELEASE job", &[])?;
    }
    changes::latest(&mut transaction)
}
