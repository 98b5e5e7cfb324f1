//! What a start of the app reads after its first screen stands, at once: each transaction of its
//! own would be one more way to the browser's storage and back.

use domain::{pack::DistrictPack, sync::CaseLog};

use super::{
    Meta, Rows, StoreError,
    meta::meta,
    operations::rows,
    packs::pack_of,
    schema::Table,
    transaction::{Mode, run},
};

/// What this phone holds of the district and of work.
pub struct StoredWork {
    /// Another tab may have signed in or out since the start.
    pub meta: Meta,
    /// The pack in force; [`StoreError::Damaged`] when this version cannot read it.
    pub pack: Result<Option<DistrictPack>, StoreError>,
    pub rows: Rows,
    pub cases: Vec<CaseLog>,
}

pub async fn read_work() -> Result<StoredWork, StoreError> {
    let tables = [Table::Meta, Table::Packs, Table::Operations, Table::Photos, Table::Cases];
    run(&tables, Mode::Read, async |transaction| {
        let meta = meta(transaction).await?;
        Ok(StoredWork {
            pack: pack_of(transaction, &meta).await,
            rows: rows(transaction).await?,
            cases: transaction.read_all(Table::Cases).await?,
            meta,
        })
    })
    .await
}
