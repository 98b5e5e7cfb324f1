//! Logs of cases as the server last said them. They can be fetched again.

use domain::{
    CaseId,
    summary::NearbyCases,
    sync::{CaseLog, Changes},
};
use wasm_bindgen::JsValue;

use super::{
    StoreError,
    meta::{meta, put_meta},
    schema::Table,
    transaction::{Mode, run},
};

/// The row of `meta` with open cases around.
const NEAR: &str = "near";

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

/// A case that was asked for by itself.
pub async fn put_case(log: &CaseLog) -> Result<(), StoreError> {
    run(&[Table::Cases], Mode::Write, async |transaction| {
        transaction.write(Table::Cases, &key(log.case), log)
    })
    .await
}

pub async fn delete_cases(cases: &[CaseId]) -> Result<(), StoreError> {
    run(&[Table::Cases], Mode::Write, async |transaction| {
        cases.iter().try_for_each(|case| transaction.delete(Table::Cases, &key(*case)))
    })
    .await
}

/// Open cases around, as the server last said.
pub async fn put_near(near: &NearbyCases) -> Result<(), StoreError> {
    run(&[Table::Meta], Mode::Write, async |transaction| {
        transaction.write(Table::Meta, &JsValue::from_str(NEAR), near)
    })
    .await
}

pub async fn read_near() -> Result<NearbyCases, StoreError> {
    run(&[Table::Meta], Mode::Read, async |transaction| {
        Ok(transaction.read(Table::Meta, &JsValue::from_str(NEAR)).await?.unwrap_or_default())
    })
    .await
}

/// Forgets the server's cases: for another person, or another life of the server.
pub async fn forget_cases() -> Result<(), StoreError> {
    run(&[Table::Cases, Table::Meta], Mode::Write, async |transaction| {
        transaction.clear(Table::Cases)?;
        transaction.delete(Table::Meta, &JsValue::from_str(NEAR))?;
        let mut state = meta(transaction).await?;
        state.changes_after = 0;
        put_meta(transaction, &state)
    })
    .await
}

fn key(case: CaseId) -> JsValue {
    case.to_string().into()
}
