//! What the threads of the store need of a connection, whichever database it leads to.

use super::{StoreError, transaction::Transaction};

/// A connection that one thread has for itself.
pub(super) trait Connection {
    /// Begins a transaction; what is lost is connected to again before.
    ///
    /// # Errors
    /// When there is no transaction. Nothing was done then, and it may be tried again.
    fn begin(&mut self) -> Result<(), StoreError>;

    /// The transaction that is open.
    fn transaction(&mut self) -> impl Transaction + '_;

    /// Ends it; what was written is on disk when this returns.
    ///
    /// # Errors
    /// When that is not certain. What was written must not be acknowledged then.
    fn commit(&mut self) -> Result<(), StoreError>;

    /// Ends it, if there is one, and leaves nothing of it.
    fn roll_back(&mut self);

    /// Tells other processes the number of the latest change, once this is committed.
    ///
    /// # Errors
    /// Those of the database.
    fn announce(&mut self, _latest: u64) -> Result<(), StoreError> {
        Ok(())
    }

    /// Called between two transactions after something was wrong with the disk or the database.
    fn recover(&mut self) {}
}
