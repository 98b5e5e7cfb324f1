//! What a start of the app needs, read at once: each transaction of its own would be one more
//! way to the browser's storage and back before the first screen.

use domain::{pack::DistrictPack, sync::CaseLog};

use super::{
    Meta, Rows, StoreError,
    meta::meta,
    operations::rows,
    packs::pack_of,
    schema::Table,
    transaction::{Mode, run},
};

pub struct StartRows {
    pub meta: Meta,
    pub rows: Rows,
    pub cases: Vec<CaseLog>,
    /// The pack in force; [`StoreError::Damaged`] when this version cannot read it.
    pub pack: Result<Option<DistrictPack>, StoreError>,
}

pub async fn read_start() -> Result<StartRows, StoreError> {
    let tables = [Table::Meta, Table::Operations, Table::Photos, Table::Cases, Table::Packs];
    run(&tables, Mode::Read, async |transaction| {
        let meta = meta(transaction).await?;
        Ok(StartRows {
            rows: rows(transaction).await?,
            cases: transaction.read_all(Table::Cases).await?,
            pack: pack_of(transaction, &meta).await,
            meta,
        })
    })
    .await
}
