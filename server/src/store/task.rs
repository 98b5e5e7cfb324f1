//! A task for the database: a closure over a transaction, and the channel its answer goes
//! back through.

use std::panic::{AssertUnwindSafe, catch_unwind};

use tokio::sync::oneshot;

use super::{StoreError, transaction::Transaction};
use crate::system::StorageProblem;

/// What a thread of the store is handed. `run` once, then `answer` once.
pub(super) trait Task: Send {
    /// `Err` means that nothing of it may be committed; it holds what is wrong with the disk,
    /// if that is why.
    fn run(&mut self, transaction: &mut dyn Transaction) -> Result<(), Option<StorageProblem>>;

    /// Answers the caller; `committed` is what became of the transaction around the task.
    fn answer(self: Box<Self>, committed: Result<(), StoreError>);
}

/// A task whose closure and result have a type; the queue only knows [`Task`].
pub(super) struct TypedTask<T, F> {
    work: Option<F>,
    result: Option<Result<T, StoreError>>,
    answer: oneshot::Sender<Result<T, StoreError>>,
}

impl<T, F> TypedTask<T, F>
where
    T: Send,
    F: FnOnce(&mut dyn Transaction) -> Result<T, StoreError> + Send,
{
    pub(super) fn new(work: F) -> (Self, oneshot::Receiver<Result<T, StoreError>>) {
        let (answer, receiver) = oneshot::channel();
        (Self { work: Some(work), result: None, answer }, receiver)
    }
}

impl<T, F> Task for TypedTask<T, F>
where
    T: Send,
    F: FnOnce(&mut dyn Transaction) -> Result<T, StoreError> + Send,
{
    fn run(&mut self, transaction: &mut dyn Transaction) -> Result<(), Option<StorageProblem>> {
        let Some(work) = self.work.take() else { return Err(None) };
        // A panic in one task must not take the thread, and all later tasks, with it.
        let result = catch_unwind(AssertUnwindSafe(|| work(transaction)))
            .unwrap_or(Err(StoreError::Panicked));
        let outcome = result.as_ref().map(|_| ()).map_err(StoreError::storage_problem);
        self.result = Some(result);
        outcome
    }

    fn answer(self: Box<Self>, committed: Result<(), StoreError>) {
        let result = match (committed, self.result) {
            (Err(error), _) => Err(error),
            (Ok(()), Some(result)) => result,
            (Ok(()), None) => Err(StoreError::Closed),
        };
        // The caller may have hung up; what was committed stays.
        let _hung_up = self.answer.send(result);
    }
}
