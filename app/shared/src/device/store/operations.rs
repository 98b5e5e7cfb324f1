//! Operations: written once with everything that belongs to them, answered later.

use domain::{
    DeviceId, PhotoHash, Timestamp,
    evidence::Link,
    sync::{
        Operation, Sealed,
        outbox::{Answer, OperationRow, PhotoRow, Tries},
    },
};
use js_sys::ArrayBuffer;
use wasm_bindgen::JsValue;

use super::{
    StoreError,
    meta::{meta, put_meta},
    schema::Table,
    transaction::{Mode, Transaction, run},
};
use crate::device::{js, random};

/// What one save writes.
pub struct NewRecord<'a> {
    /// The operation for its place in the chain.
    pub operation: &'a dyn Fn(Link) -> Operation,
    /// Its photos with their bytes, as they were read and verified just before.
    pub photos: &'a [(PhotoRow, ArrayBuffer)],
    /// The draft that ends with it.
    pub draft: Option<&'a str>,
    /// The number of an operation that the person has settled by this one.
    pub settles: Option<u64>,
}

/// Rows as they are stored.
pub struct Rows {
    pub operations: Vec<OperationRow>,
    pub photos: Vec<PhotoRow>,
}

/// Which rows of operations and photos.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Touched {
    pub operations: Vec<u64>,
    pub photos: Vec<PhotoHash>,
}

/// One strictly durable transaction: the operation, its photos with their bytes, its
/// place in the chain, and the end of its draft.
pub async fn save_record(new: NewRecord<'_>) -> Result<OperationRow, StoreError> {
    let tables = [Table::Meta, Table::Operations, Table::Photos, Table::PhotoBytes, Table::Drafts];
    run(&tables, Mode::WriteStrictly, async |transaction| {
        let mut state = meta(transaction).await?;
        let link = state.chain.unwrap_or(Link::FIRST);
        let operation = (new.operation)(link);
        let row = OperationRow::new(&operation).map_err(|_| StoreError::Damaged)?;
        transaction.write(Table::Operations, &js::number(row.sequence), &row)?;
        for (kept, bytes) in new.photos {
            let key = key_of(kept.hash);
            // What the server said about these bytes before stays true.
            let known: Option<PhotoRow> = transaction.read(Table::Photos, &key).await?;
            let base = known.clone().unwrap_or(kept.clone());
            let fresh = PhotoRow { evicted: false, damaged: false, ..base };
            // Mostly it is as it was when the photo was taken.
            if known.as_ref() != Some(&fresh) {
                transaction.write(Table::Photos, &key, &fresh)?;
            }
            transaction.put(Table::PhotoBytes, &key, bytes)?;
        }
        state.chain = Some(link.next(row.sealed.digest));
        put_meta(transaction, &state)?;
        if let Some(draft) = new.draft {
            transaction.delete(Table::Drafts, &draft.into())?;
        }
        if let Some(sequence) = new.settles {
            change_row(transaction, sequence, |row| row.acknowledged = true).await?;
        }
        Ok(row)
    })
    .await
}

/// What the outbox begins with.
pub async fn all_rows() -> Result<Rows, StoreError> {
    run(&[Table::Operations, Table::Photos], Mode::Read, async |it| rows(it).await).await
}

pub(super) async fn rows(transaction: &Transaction) -> Result<Rows, StoreError> {
    Ok(Rows {
        operations: transaction.read_all(Table::Operations).await?,
        photos: transaction.read_all(Table::Photos).await?,
    })
}

/// These rows only: with a week's work on the phone, reading all of them takes long.
pub async fn rows_of(touched: &Touched) -> Result<Rows, StoreError> {
    run(&[Table::Operations, Table::Photos], Mode::Read, async |transaction| {
        let mut rows = Rows { operations: Vec::new(), photos: Vec::new() };
        for sequence in &touched.operations {
            let row = transaction.read(Table::Operations, &js::number(*sequence)).await?;
            rows.operations.extend(row);
        }
        for hash in &touched.photos {
            rows.photos.extend(transaction.read(Table::Photos, &key_of(*hash)).await?);
        }
        Ok(rows)
    })
    .await
}

/// The stored bytes of these operations, in this order, for sending.
pub async fn sealed_of(sequences: &[u64]) -> Result<Vec<Sealed>, StoreError> {
    run(&[Table::Operations], Mode::Read, async |transaction| {
        let mut sealed = Vec::new();
        for sequence in sequences {
            let row: Option<OperationRow> =
                transaction.read(Table::Operations, &js::number(*sequence)).await?;
            sealed.extend(row.map(|row| row.sealed));
        }
        Ok(sealed)
    })
    .await
}

/// In one transaction: a page that is closed between two answers of a batch would send
/// the rest of it again.
pub async fn store_answers(answers: &[(u64, Answer)]) -> Result<(), StoreError> {
    run(&[Table::Operations], Mode::WriteStrictly, async |transaction| {
        for (sequence, answer) in answers {
            let changed = change_row(transaction, *sequence, |row| {
                row.answer = Some(answer.clone());
                row.tries = Tries::default();
                row.lacked = false;
            })
            .await;
            match changed {
                // A row of a later version, say: the others do not wait for it.
                Ok(()) | Err(StoreError::Damaged) => {}
                Err(error) => return Err(error),
            }
        }
        Ok(())
    })
    .await
}

/// The server lacks what it answered before; its old answer is kept.
pub async fn store_lacked(sequence: u64) -> Result<(), StoreError> {
    change(sequence, |row| row.lacked = true).await
}

pub async fn store_tries(sequence: u64, tries: &Tries) -> Result<(), StoreError> {
    change(sequence, |row| row.tries = tries.clone()).await
}

/// The person has settled what was not carried out.
pub async fn acknowledge(sequence: u64) -> Result<(), StoreError> {
    change(sequence, |row| row.acknowledged = true).await
}

/// This installation's id, made at the first call.
pub async fn device_of(now: Timestamp) -> Result<DeviceId, StoreError> {
    let drawn = DeviceId::new(now, random::bytes());
    let meta = super::write_meta(|meta| {
        meta.device.get_or_insert(drawn);
    })
    .await?;
    Ok(meta.device.unwrap_or(drawn))
}

async fn change(sequence: u64, change: impl Fn(&mut OperationRow)) -> Result<(), StoreError> {
    run(&[Table::Operations], Mode::WriteStrictly, async |transaction| {
        change_row(transaction, sequence, &change).await
    })
    .await
}

async fn change_row(
    transaction: &Transaction,
    sequence: u64,
    change: impl Fn(&mut OperationRow),
) -> Result<(), StoreError> {
    let key = js::number(sequence);
    let found: Option<OperationRow> = transaction.read(Table::Operations, &key).await?;
    if let Some(mut row) = found {
        change(&mut row);
        transaction.write(Table::Operations, &key, &row)?;
    }
    Ok(())
}

pub(super) fn key_of(hash: PhotoHash) -> JsValue {
    hash.to_string().into()
}
