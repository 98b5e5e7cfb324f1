//! Threads that read. Each task sees one snapshot of the database.

use std::sync::{Arc, Mutex};

use tokio::sync::mpsc;

use super::{connection::Connection, task::Task};
use crate::system::StorageProblem;

/// The readers share one queue: whoever is free takes the next task.
pub(super) type Queue = Arc<Mutex<mpsc::Receiver<Box<dyn Task>>>>;

/// Runs tasks until every sender is dropped.
pub(super) fn run(mut connection: impl Connection, queue: &Queue) {
    while let Some(task) = next(queue) {
        if read(&mut connection, task).is_err() {
            connection.recover();
        }
    }
}

fn next(queue: &Queue) -> Option<Box<dyn Task>> {
    // No code panics while it holds the lock; if some did, the queue would be usable still.
    queue.lock().unwrap_or_else(std::sync::PoisonError::into_inner).blocking_recv()
}

/// `Err` when something is wrong with the disk or the database.
fn read(connection: &mut impl Connection, mut task: Box<dyn Task>) -> Result<(), StorageProblem> {
    if let Err(error) = connection.begin() {
        let problem = error.storage_problem();
        task.answer(Err(error));
        return problem.map_or(Ok(()), Err);
    }
    let ran = task.run(&mut connection.transaction());
    let ended = connection.commit();
    if ended.is_err() {
        connection.roll_back();
    }
    task.answer(ended);
    // An error of the task itself went to its caller with the answer; here only those of the
    // disk count.
    ran.or_else(|problem| problem.map_or(Ok(()), Err))
}
