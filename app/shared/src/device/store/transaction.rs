//! One transaction: requests issued, commit awaited, and the whole once more on a
//! connection that was lost.

use std::{
    cell::{Cell, RefCell},
    pin::Pin,
    rc::Rc,
};

use js_sys::Array;
use serde::{Serialize, de::DeserializeOwned};
use wasm_bindgen::{JsCast as _, JsValue, closure::Closure};
use web_sys::{IdbDatabase, IdbObjectStore, IdbTransaction};

use super::{
    StoreError,
    mirror::{self, Change},
    open,
    request::answer,
    schema::Table,
};
use crate::device::{js, slot::Slot};

#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Mode {
    Read,
    /// What comes from the server and can be fetched again.
    Write,
    /// Flushed to the device before it counts as done.
    WriteStrictly,
}

/// What a transaction works with.
#[derive(Clone)]
pub struct Transaction {
    inner: IdbTransaction,
    changes: Rc<RefCell<Vec<Change>>>,
}

/// Runs `work` in one transaction over `tables`.
pub async fn run<T>(
    tables: &[Table],
    mode: Mode,
    work: impl AsyncFn(&Transaction) -> Result<T, StoreError>,
) -> Result<T, StoreError> {
    let (value, work) = (Cell::new(None), &work);
    let result = &value;
    run_work(tables, mode, &move |transaction| {
        Box::pin(async move {
            result.set(Some(work(&transaction).await?));
            Ok(())
        })
    })
    .await?;
    value.into_inner().ok_or(StoreError::Lost)
}

/// What is common to all of them, so that a phone downloads it once. It leaves its
/// value where who gave it will find it.
type Work<'a> =
    dyn Fn(Transaction) -> Pin<Box<dyn Future<Output = Result<(), StoreError>> + 'a>> + 'a;

async fn run_work(tables: &[Table], mode: Mode, work: &Work<'_>) -> Result<(), StoreError> {
    let changes = match once(tables, mode, work).await {
        Err(StoreError::Lost) => {
            open::forget();
            once(tables, mode, work).await?
        }
        other => other?,
    };
    mirror::follow(changes).await;
    Ok(())
}

/// What it has changed, once that is committed.
async fn once(tables: &[Table], mode: Mode, work: &Work<'_>) -> Result<Vec<Change>, StoreError> {
    let database = open::database().await?;
    let transaction = begin(&database, tables, mode)?;
    let ended = Slot::<Result<(), StoreError>>::new();
    let callbacks = callbacks(&transaction, &ended);
    let wrapped = Transaction { inner: transaction, changes: Rc::default() };
    let done = work(wrapped.clone()).await;
    if done.is_err() {
        // Already over when a request of it failed.
        let _aborted = wrapped.inner.abort();
    }
    let end = ended.await;
    wrapped.inner.set_oncomplete(None);
    wrapped.inner.set_onabort(None);
    drop(callbacks);
    match (done, end) {
        (_, Err(StoreError::Full)) => Err(StoreError::Full),
        (done, end) => done.and(end).map(|()| wrapped.changes.take()),
    }
}

impl Transaction {
    pub async fn get(&self, table: Table, key: &JsValue) -> Result<JsValue, StoreError> {
        answer(self.table(table)?.get(key).map_err(lost)?).await
    }

    /// `None` when there is no such row.
    pub async fn read<R: DeserializeOwned>(
        &self,
        table: Table,
        key: &JsValue,
    ) -> Result<Option<R>, StoreError> {
        row(&self.get(table, key).await?)
    }

    /// Every row, in the order of the keys. One that is not readable is left out: it
    /// stays where it is, and the others are not held back by it.
    pub async fn read_all<R: DeserializeOwned>(&self, table: Table) -> Result<Vec<R>, StoreError> {
        let texts = self.texts(table).await?;
        Ok(texts.iter().filter_map(|text| serde_json::from_str(text).ok()).collect())
    }

    /// Every row as it is stored, in the order of the keys.
    pub async fn texts(&self, table: Table) -> Result<Vec<String>, StoreError> {
        let rows: Array =
            answer(self.table(table)?.get_all().map_err(lost)?).await?.unchecked_into();
        Ok(rows.iter().filter_map(|row| row.as_string()).collect())
    }

    pub async fn keys(&self, table: Table) -> Result<Vec<JsValue>, StoreError> {
        let keys: Array =
            answer(self.table(table)?.get_all_keys().map_err(lost)?).await?.unchecked_into();
        Ok(keys.to_vec())
    }

    /// Errors of the writes come with the commit.
    pub fn put(&self, table: Table, key: &JsValue, value: &JsValue) -> Result<(), StoreError> {
        self.table(table)?.put_with_key(value, key).map(drop).map_err(lost)?;
        self.changed(table, key, Some(value));
        Ok(())
    }

    pub fn write<R: Serialize>(
        &self,
        table: Table,
        key: &JsValue,
        row: &R,
    ) -> Result<(), StoreError> {
        let text = serde_json::to_string(row).map_err(|_| StoreError::Damaged)?;
        self.put(table, key, &text.into())
    }

    pub fn delete(&self, table: Table, key: &JsValue) -> Result<(), StoreError> {
        self.table(table)?.delete(key).map(drop).map_err(lost)?;
        self.changed(table, key, None);
        Ok(())
    }

    pub fn clear(&self, table: Table) -> Result<(), StoreError> {
        self.table(table)?.clear().map(drop).map_err(lost)
    }

    fn changed(&self, table: Table, key: &JsValue, value: Option<&JsValue>) {
        let mut changes = self.changes.borrow_mut();
        changes.retain(|change| change.table != table || change.key != *key);
        changes.push(Change { table, key: key.clone(), value: value.cloned() });
    }

    fn table(&self, table: Table) -> Result<IdbObjectStore, StoreError> {
        self.inner.object_store(table.name()).map_err(lost)
    }
}

/// A row as it is stored: JSON text.
fn row<R: DeserializeOwned>(value: &JsValue) -> Result<Option<R>, StoreError> {
    match value.as_string() {
        Some(text) => serde_json::from_str(&text).map(Some).map_err(|_| StoreError::Damaged),
        None => Ok(None),
    }
}

fn begin(
    database: &IdbDatabase,
    tables: &[Table],
    mode: Mode,
) -> Result<IdbTransaction, StoreError> {
    let names: Array = tables.iter().map(|table| JsValue::from_str(table.name())).collect();
    let (mode, durability) = match mode {
        Mode::Read => ("readonly", "default"),
        Mode::Write => ("readwrite", "relaxed"),
        Mode::WriteStrictly => ("readwrite", "strict"),
    };
    let options = js::object(&[("durability", durability.into())]);
    js::call(database, "transaction", &[&names, &mode.into(), &options])
        .map_err(lost)?
        .dyn_into()
        .map_err(lost)
}

type Callbacks = [Closure<dyn FnMut()>; 2];

fn callbacks(transaction: &IdbTransaction, ended: &Slot<Result<(), StoreError>>) -> Callbacks {
    let complete = {
        let ended = ended.clone();
        Closure::<dyn FnMut()>::new(move || ended.fill(Ok(())))
    };
    let abort = {
        let (transaction, ended) = (transaction.clone(), ended.clone());
        Closure::<dyn FnMut()>::new(move || {
            let name = transaction.error().map(|error| error.name());
            ended.fill(Err(match name.as_deref() {
                Some("QuotaExceededError") => StoreError::Full,
                Some("DataError" | "DataCloneError" | "ConstraintError") => StoreError::Damaged,
                _ => StoreError::Lost,
            }));
        })
    };
    transaction.set_oncomplete(Some(complete.as_ref().unchecked_ref()));
    transaction.set_onabort(Some(abort.as_ref().unchecked_ref()));
    [complete, abort]
}

fn lost<E>(_: E) -> StoreError {
    StoreError::Lost
}
