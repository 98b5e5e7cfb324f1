//! Logs of cases as the server last said them. They can be fetched again.

use domain::{
    CaseId,
    sync::{CaseLog, Changes},
};
use wasm_bindgen::JsValue;

use super::{
    StoreError,
    meta::{meta, put_meta},
    schema::Table,
    transaction::{Mode, run},
};

pub async fn all_cases() -> Result<Vec<CaseLog>, StoreError> {
    run(&[Table::Cases], Mode::Read, async |transaction| transaction.read_all(Table::Cases).await)
        .await
}

/// What came with one answer, and where to go on, in one transaction.
pub async fn put_changes(changes: &Changes) -> Result<(), StoreError> {
    run(&[Table::Cases, Table::Meta], Mode::Write, async |transaction| {
        for log in &changes.cases {
            transaction.write(Table::Cases, &key(log.case), log)?;
        }
        for case in &changes.gone {
            transaction.delete(Table::Cases, &key(*case))?;
        }
        let mut state = meta(transaction).await?;
        state.changes_after = changes.next;
        put_meta(transaction, &state)
    })
    .await
}

/// Forgets the server's cases: for another person, or another life of the server.
pub async fn forget_cases() -> Result<(), StoreError> {
    run(&[Table::Cases, Table::Meta], Mode::Write, async |transaction| {
        transaction.clear(Table::Cases)?;
        let mut state = meta(transaction).await?;
        state.changes_after = 0;
        put_meta(transaction, &state)
    })
    .await
}

fn key(case: CaseId) -> JsValue {
    case.to_string().into()
}
