//! The one sequence of changes to cases. A number is allocated inside the transaction that
//! uses it, and there is one writer, so numbers are committed in their order: a reader of the
//! feed that has seen a number has seen all before it.

use super::{
    StoreError,
    transaction::{Transaction, values},
};

/// Allocates the next number.
///
/// # Errors
/// Those of the database.
pub fn next(transaction: &mut dyn Transaction) -> Result<u64, StoreError> {
    increment(transaction, "change")
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

/// Increments a counter and gives its new value; the first is 1.
pub(super) fn increment(transaction: &mut dyn Transaction, name: &str) -> Result<u64, StoreError> {
    let rows = transaction.query(
        "INSERT INTO counters (name, value) VALUES ($1, 1)
         ON CONFLICT (name) DO UPDATE SET value = counters.value + 1
         RETURNING value",
        values![name],
    )?;
    rows.first().ok_or(StoreError::Missing("counter"))?.get(0)
}
