//! District packs, as the server sent them.

use domain::pack::DistrictPack;
use wasm_bindgen::JsValue;

use super::{
    Meta, StoreError,
    meta::{meta, put_meta},
    schema::Table,
    transaction::{Mode, Transaction, run},
};

/// Takes the pack as the one in force, and lets go of those before it.
pub async fn put_pack(version: &str, text: &str) -> Result<(), StoreError> {
    run(&[Table::Packs, Table::Meta], Mode::WriteStrictly, async |transaction| {
        let mut state = meta(transaction).await?;
        state.pack = Some(version.to_owned());
        transaction.clear(Table::Packs)?;
        transaction.put(Table::Packs, &version.into(), &text.into())?;
        put_meta(transaction, &state)
    })
    .await
}

/// The pack in force on this phone.
pub(super) async fn pack_of(
    transaction: &Transaction,
    meta: &Meta,
) -> Result<Option<DistrictPack>, StoreError> {
    match &meta.pack {
        Some(version) => transaction.read(Table::Packs, &JsValue::from_str(version)).await,
        None => Ok(None),
    }
}

/// Bytes of it, as it is stored.
pub async fn pack_length() -> Result<u64, StoreError> {
    run(&[Table::Packs, Table::Meta], Mode::Read, async |transaction| {
        let Some(version) = meta(transaction).await?.pack else { return Ok(0) };
        let text = transaction.get(Table::Packs, &JsValue::from_str(&version)).await?;
        Ok(text.as_string().map_or(0, |text| u64::try_from(text.len()).unwrap_or(u64::MAX)))
    })
    .await
}
