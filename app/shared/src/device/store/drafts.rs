//! Work that is not saved yet, by name.

use serde::Serialize;
use wasm_bindgen::JsValue;

use super::{
    StoreError,
    schema::Table,
    transaction::{Mode, run},
};

pub async fn put_draft<D: Serialize>(name: &str, draft: &D) -> Result<(), StoreError> {
    run(&[Table::Drafts], Mode::WriteStrictly, async |transaction| {
        transaction.write(Table::Drafts, &JsValue::from_str(name), draft)
    })
    .await
}

pub async fn delete_draft(name: &str) -> Result<(), StoreError> {
    run(&[Table::Drafts], Mode::WriteStrictly, async |transaction| {
        transaction.delete(Table::Drafts, &JsValue::from_str(name))
    })
    .await
}

/// Every draft as it is kept, with its name.
pub async fn all_drafts() -> Result<Vec<(String, String)>, StoreError> {
    run(&[Table::Drafts], Mode::Read, async |transaction| {
        let mut drafts = Vec::new();
        for key in transaction.keys(Table::Drafts).await? {
            let Some(name) = key.as_string() else { continue };
            if let Some(draft) = transaction.get(Table::Drafts, &key).await?.as_string() {
                drafts.push((name, draft));
            }
        }
        Ok(drafts)
    })
    .await
}
