//! The one sequence of changes to cases. A number is taken inside the transaction that
//! uses it, and there is one writer, so numbers are committed in their order and a
//! reader of the feed skips none.

use super::{
    StoreError,
    transaction::{Transaction, values},
};

/// Takes the next number.
///
/// # Errors
/// Those of the database.
pub fn next(transaction: &mut dyn Transaction) -> Result<u64, StoreError> {
    count_up(transaction, "change")
}

/// The number of the latest change; 0 before the first.
///
/// # Errors
/// Those of the database.
pub fn latest(transaction: &mut dyn Transaction) -> Result<u64, StoreError> {
    let rows =
        transaction.query("SELECT value FROM counters WHERE name = $1", values!["change"])?;
    rows.first().map_or(Ok(0), |row| row.get(0))
}

/// Takes the next number of a running count, beginning with 1.
pub(super) fn count_up(transaction: &mut dyn Transaction, name: &str) -> Result<u64, StoreError> {
    let rows = transaction.query(
        "INSERT INTO counters (name, value) VALUES ($1, 1)
         ON CONFLICT (name) DO UPDATE SET value = counters.value + 1
         RETURNING value",
        values![name],
    )?;
    rows.first().ok_or(StoreError::Missing("counter"))?.get(0)
}
