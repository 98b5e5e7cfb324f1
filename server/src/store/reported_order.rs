//! The place of a case among all others by when it was reported: one number, which the index of
//! terms keeps its cases in, so that the latest are found first without sorting.
//!
//! Cases of one millisecond follow each other as they came, and not by their ids as lists have
//! them: who reads in this order reads such cases to the last and sorts them.

use domain::Timestamp;

use super::{
    StoreError,
    transaction::{Transaction, values},
};

/// Cases that may be reported within one millisecond; many times what a server takes in.
const IN_ONE_MS: i64 = 1 << 10;

/// The first place of this millisecond.
pub(super) const fn first(at: Timestamp) -> i64 {
    at.millis().saturating_mul(IN_ONE_MS)
}

/// The last place of this millisecond.
pub(super) const fn last(at: Timestamp) -> i64 {
    first(at).saturating_add(IN_ONE_MS - 1)
}

/// Whether a case that was reported then has its place there.
#[must_use]
pub const fn is_of(order: i64, at: Timestamp) -> bool {
    first(at) <= order && order <= last(at)
}

/// The next free place.
///
/// # Errors
/// When there is none left: nothing is kept then, and the phone sends again in a moment that is
/// another one. And those of the database.
pub(super) fn next(transaction: &mut dyn Transaction, at: Timestamp) -> Result<i64, StoreError> {
    let rows = transaction.query(
        "SELECT MAX(reported_order) FROM cases WHERE reported_order >= $1 AND reported_order <= $2",
        values![first(at), last(at)],
    )?;
    let latest: Option<i64> = rows.first().map_or(Ok(None), |row| row.get(0))?;
    let next = latest.map_or(first(at), |latest| latest.saturating_add(1));
    if is_of(next, at) { Ok(next) } else { Err(StoreError::Missing("room in one millisecond")) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_of_a_later_millisecond_follow_all_places_of_an_earlier_one() {
        for millis in [0, 1, 1_800_000_000_000] {
            let (at, next) = (Timestamp::from_millis(millis), Timestamp::from_millis(millis + 1));
            assert_eq!(last(at) + 1, first(next), "{millis}");
            assert!(is_of(first(at), at) && is_of(last(at), at) && !is_of(first(next), at));
        }
    }
}
