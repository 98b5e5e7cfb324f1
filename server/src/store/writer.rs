//! The one thread that writes. Tasks that wait in the queue are committed together, with one
//! sync of the disk for all of them. Each runs in its own savepoint, so that a task that fails
//! rolls back nothing of the others.

use rusqlite::Connection;
use tokio::sync::{mpsc, watch};

use super::{
    StoreError, case_terms, changes, opened_files::OpenedFiles, sqlite::SqliteTransaction,
    task::Task, transaction::Transaction,
};
use crate::system::StorageProblem;

/// Tasks committed together at most; bounds how long the first one waits for the others.
const MAX_BATCH: usize = 256;

/// Runs tasks until every sender is dropped. After each commit it announces the number of
/// the latest change.
pub(super) fn run(
    connection: &Connection,
    files: &OpenedFiles,
    mut tasks: mpsc::Receiver<Box<dyn Task>>,
    announce: &watch::Sender<u64>,
) {
    while let Some(first) = tasks.blocking_recv() {
        let mut batch = vec![first];
        while batch.len() < MAX_BATCH {
            match tasks.try_recv() {
                Ok(task) => batch.push(task),
                Err(_) => break,
            }
        }
        let committed = run_batch(connection, files, &mut batch);
        if let Ok(latest) = committed {
            announce.send_if_modified(|known| std::mem::replace(known, latest) != latest);
        }
        for task in batch {
            task.answer(match &committed {
                Ok(_) => Ok(()),
                Err(error) => Err(StoreError::Commit {
                    why: error.to_string(),
                    problem: error.storage_problem(),
                }),
            });
        }
    }
}

fn run_batch(
    connection: &Connection,
    files: &OpenedFiles,
    batch: &mut [Box<dyn Task>],
) -> Result<u64, StoreError> {
    connection.execute_batch("BEGIN IMMEDIATE")?;
    // On a full disk SQLite rolls the transaction back inside a task, and every later
    // statement fails only because there is none: the first problem is the cause.
    let mut cause = None;
    let committed = run_tasks(connection, batch, &mut cause).and_then(|latest| {
        // As late as possible: after this only the commit itself can go to a file that was
        // moved away.
        files.check_unmoved()?;
        connection.execute_batch("COMMIT")?;
        Ok(latest)
    });
    if committed.is_err() && !connection.is_autocommit() {
        // The error that led here is the one to report.
        let _rollback = connection.execute_batch("ROLLBACK");
    }
    committed.map_err(|error| match error.storage_problem() {
        None => StoreError::Commit { why: error.to_string(), problem: cause },
        Some(_) => error,
    })
}

fn run_tasks(
    connection: &Connection,
    batch: &mut [Box<dyn Task>],
    cause: &mut Option<StorageProblem>,
) -> Result<u64, StoreError> {
    let mut transaction = SqliteTransaction(connection);
    for task in batch {
        transaction.execute("SAVEPOINT task", &[])?;
        if let Err(problem) = task.run(&mut transaction) {
            *cause = cause.or(problem);
            transaction.execute("ROLLBACK TO task", &[])?;
        }
        transaction.execute("RELEASE task", &[])?;
    }
    case_terms::settle(&mut transaction)?;
    changes::latest(&mut transaction)
}
