//! Copies that may be one change behind their rows: a browser was killed between a commit
//! and its copy. Copies are made in turn, so that can only be what was changed last.

use std::cmp::Reverse;
use std::collections::BTreeSet;

use domain::Timestamp;

use super::cache::{address, there};
use crate::device::{
    js,
    store::{Rows, StoreError, operations::key_of, schema::Table},
};

/// Answered rows that are looked at: far more than are on their way at any moment.
const LATEST: usize = 100;

/// Addresses of drafts and facts, and of what the server answered last.
pub async fn may_lag(rows: &Rows) -> Result<BTreeSet<String>, StoreError> {
    let mut may_lag = there(&[Table::Meta, Table::Drafts]).await?;
    let mut answered: Vec<(Timestamp, String)> = Vec::new();
    answered.extend(rows.operations.iter().filter_map(|row| {
        let at = row.answer.as_ref()?.result.receipt.stated.at;
        Some((at, address(Table::Operations, &js::number(row.sequence))))
    }));
    answered.extend(rows.photos.iter().filter_map(|photo| {
        let at = photo.answer.as_ref()?.receipt.stated.at;
        Some((at, address(Table::Photos, &key_of(photo.hash))))
    }));
    answered.sort_by_key(|(at, _)| Reverse(*at));
    may_lag.extend(answered.into_iter().take(LATEST).map(|(_, address)| address));
    Ok(may_lag)
}
