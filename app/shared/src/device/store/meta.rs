//! Single facts about this installation.

use domain::{
    DeviceId, Timestamp,
    evidence::{Epoch, Link},
    sync::Profile,
};
use serde::{Deserialize, Serialize};
use wasm_bindgen::JsValue;

use super::{
    StoreError,
    schema::Table,
    transaction::{Mode, Transaction, run},
};

const KEY: &str = "state";

/// One row. Fields are only ever added, each with a default.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Meta {
    /// Made at the first start; as old as the store.
    pub device: Option<DeviceId>,
    /// The link of the next operation; `None` before the first.
    pub chain: Option<Link>,
    /// Who is signed in.
    pub profile: Option<Profile>,
    /// The server said that the session has ended.
    pub session_ended: bool,
    pub epoch: Option<Epoch>,
    /// Server clock minus device clock, as last measured.
    pub offset_ms: Option<i64>,
    /// Ask for changes after this.
    pub changes_after: u64,
    /// Version of the pack in force here.
    pub pack: Option<String>,
    pub last_answer: Option<Timestamp>,
    /// When the server was last asked about everything held here, by this phone's clock.
    pub verified: Option<Timestamp>,
}

pub async fn read_meta() -> Result<Meta, StoreError> {
    run(&[Table::Meta], Mode::Read, async |transaction| meta(transaction).await).await
}

/// Changes the row as it is at that moment, and gives what it became.
pub async fn write_meta(change: impl Fn(&mut Meta)) -> Result<Meta, StoreError> {
    run(&[Table::Meta], Mode::WriteStrictly, async |transaction| {
        let before = meta(transaction).await?;
        let mut found = before.clone();
        change(&mut found);
        // Nothing new needs no flush: starts and saves ask for the device's id.
        if found != before {
            put_meta(transaction, &found)?;
        }
        Ok(found)
    })
    .await
}

pub(super) async fn meta(transaction: &Transaction) -> Result<Meta, StoreError> {
    Ok(transaction.read(Table::Meta, &JsValue::from_str(KEY)).await?.unwrap_or_default())
}

pub(super) fn put_meta(transaction: &Transaction, meta: &Meta) -> Result<(), StoreError> {
    transaction.write(Table::Meta, &JsValue::from_str(KEY), meta)
}
