//! A piece of work for the database: a closure over a transaction, and the channel
//! its answer goes back through.

use std::panic::{AssertUnwindSafe, catch_unwind};

use tokio::sync::oneshot;

use super::{StoreError, transaction::Transaction};
use crate::storage_problem::StorageProblem;

/// What a thread of the store is handed. `run` once, then `answer` once.
pub(super) trait Job: Send {
    /// `Err` means: nothing of it may be kept; and what is wrong with the disk, if that is why.
    fn run(&mut self, transaction: &mut dyn Transaction) -> Result<(), Option<StorageProblem>>;

    /// Tells who waits; `kept` is what became of the transaction around it.
    fn answer(self: Box<Self>, kept: Result<(), StoreError>);
}

pub(super) struct Typed<T, F> {
    work: Option<F>,
    result: Option<Result<T, StoreError>>,
    waits: oneshot::Sender<Result<T, StoreError>>,
}

impl<T, F> Typed<T, F>
where
    T: Send,
    F: FnOnce(&mut dyn Transaction) -> Result<T, StoreError> + Send,
{
    pub(super) fn new(work: F) -> (Self, oneshot::Receiver<Result<T, StoreError>>) {
        let (waits, answer) = oneshot::channel();
        (Self { work: Some(work), result: None, waits }, answer)
    }
}

impl<T, F> Job for Typed<T, F>
where
    T: Send,
    F: FnOnce(&mut dyn Transaction) -> Result<T, StoreError> + Send,
{
    fn run(&mut self, transaction: &mut dyn Transaction) -> Result<(), Option<StorageProblem>> {
        let Some(work) = self.work.take() else { return Err(None) };
        // A panic in one job must not take the thread, and all later jobs, with it.
        let result = catch_unwind(AssertUnwindSafe(|| work(transaction)))
            .unwrap_or(Err(StoreError::Panicked));
        let kept = result.as_ref().map(|_| ()).map_err(StoreError::ill);
        self.result = Some(result);
        kept
    }

    fn answer(self: Box<Self>, kept: Result<(), StoreError>) {
        let result = match (kept, self.result) {
            (Err(error), _) => Err(error),
            (Ok(()), Some(result)) => result,
            (Ok(()), None) => Err(StoreError::Closed),
        };
        // Who asked may have hung up; the work stands all the same.
        let _gone = self.waits.send(result);
    }
}
