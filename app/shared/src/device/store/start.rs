//! What a start of the app needs, in two readings: what the first screen is made of, and after it
//! a week's work. Each is one transaction: every further one would be one more way to the
//! browser's storage and back.

use domain::{pack::DistrictPack, sync::CaseLog};

use super::{
    Meta, Rows, StoreError,
    meta::meta,
    operations::rows,
    packs::pack_of,
    schema::Table,
    transaction::{Mode, run},
};

/// What the first screen is made of.
pub struct StartRows {
    pub meta: Meta,
    /// The pack in force; [`StoreError::Damaged`] when this version cannot read it.
    pub pack: Result<Option<DistrictPack>, StoreError>,
}

/// What this phone holds of work.
pub struct WorkRows {
    /// Another tab may have signed in or out since the start.
    pub meta: Meta,
    pub rows: Rows,
    pub cases: Vec<CaseLog>,
}

pub async fn read_start() -> Result<StartRows, StoreError> {
    run(&[Table::Meta, Table::Packs], Mode::Read, async |transaction| {
        let meta = meta(transaction).await?;
        Ok(StartRows { pack: pack_of(transaction, &meta).await, meta })
    })
    .await
}

pub async fn read_work() -> Result<WorkRows, StoreError> {
    let tables = [Table::Meta, Table::Operations, Table::Photos, Table::Cases];
    run(&tables, Mode::Read, async |transaction| {
        Ok(WorkRows {
            meta: meta(transaction).await?,
            rows: rows(transaction).await?,
            cases: transaction.read_all(Table::Cases).await?,
        })
    })
    .await
}
