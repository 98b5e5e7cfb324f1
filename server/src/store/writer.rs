//! The one thread that writes. Tasks that wait in the queue are committed together, with one
//! sync of the disk for all of them. Each runs in its own savepoint, so that a task that fails
//! rolls back nothing of the others.

use std::sync::Arc;

use tokio::sync::{mpsc, watch};

use super::{
    StoreError, case_terms, changes, connection::Connection, raise, task::Task,
    transaction::Transaction,
};
use crate::system::StorageProblem;

/// Tasks committed together at most; bounds how long the first one waits for the others.
const MAX_BATCH: usize = 256;

/// Runs tasks until every sender is dropped. After each commit it announces the number of
/// the latest change.
pub(super) fn run(
    mut connection: impl Connection,
    mut tasks: mpsc::Receiver<Box<dyn Task>>,
    announce: &Arc<watch::Sender<u64>>,
) {
    while let Some(first) = tasks.blocking_recv() {
        let mut batch = vec![first];
        while batch.len() < MAX_BATCH {
            match tasks.try_recv() {
                Ok(task) => batch.push(task),
                Err(_) => break,
            }
        }
        let committed = run_batch(&mut connection, &mut batch);
        if let Ok(latest) = committed {
            raise(announce, latest);
        }
        let has_problem = committed.as_ref().is_err_and(|error| error.storage_problem().is_some());
        for task in batch {
            task.answer(match &committed {
                Ok(_) => Ok(()),
                Err(error) => Err(StoreError::Commit {
                    why: error.to_string(),
                    problem: error.storage_problem(),
                }),
            });
        }
        if has_problem {
            connection.recover();
        }
    }
}

fn run_batch(
    connection: &mut impl Connection,
    batch: &mut [Box<dyn Task>],
) -> Result<u64, StoreError> {
    connection.begin()?;
    // On a full disk SQLite rolls the transaction back inside a task, and every later
    // statement fails only because there is none: the first problem is the cause.
    let mut cause = None;
    let committed = run_tasks(connection, batch, &mut cause).and_then(|latest| {
        connection.announce(latest)?;
        connection.commit()?;
        Ok(latest)
    });
    if committed.is_err() {
        connection.roll_back();
    }
    committed.map_err(|error| match error.storage_problem() {
        None => StoreError::Commit { why: error.to_string(), problem: cause },
        Some(_) => error,
    })
}

fn run_tasks(
    connection: &mut impl Connection,
    batch: &mut [Box<dyn Task>],
    cause: &mut Option<StorageProblem>,
) -> Result<u64, StoreError> {
    let mut transaction = connection.transaction();
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
