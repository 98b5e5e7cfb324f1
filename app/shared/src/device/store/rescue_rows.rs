//! Everything this phone holds, for the rescue bundle: also rows that this version of
//! the app cannot read any more than their sealed bytes.

use domain::{PhotoHash, sync::Sealed};
use serde::Deserialize;

use super::{
    StoreError,
    schema::Table,
    transaction::{Mode, run},
};

/// Of a row of any version.
#[derive(Deserialize)]
struct SealedRow {
    sealed: Sealed,
}

/// All operations, in the order they were done, and the hashes of all photos whose
/// bytes are here.
pub async fn rescue_rows() -> Result<(Vec<Sealed>, Vec<PhotoHash>), StoreError> {
    run(&[Table::Operations, Table::PhotoBytes], Mode::Read, async |transaction| {
        let rows: Vec<SealedRow> = transaction.read_all(Table::Operations).await?;
        let photos = transaction.keys(Table::PhotoBytes).await?;
        let photos = photos.iter().filter_map(|key| key.as_string()?.parse().ok()).collect();
        Ok((rows.into_iter().map(|row| row.sealed).collect(), photos))
    })
    .await
}
