//! Photos: a small row each, and their bytes and thumbnails in rows of their own, so
//! that a list of photos never loads them.

use domain::{
    PhotoHash, Timestamp,
    sync::outbox::{OperationRow, PhotoReceipt, PhotoRow, Tries},
};
use js_sys::ArrayBuffer;
use std::collections::BTreeSet;
use wasm_bindgen::{JsCast as _, JsValue};

use super::{
    StoreError, mirror,
    operations::key_of,
    schema::Table,
    transaction::{Mode, run},
};

/// A photo as the worker made it.
pub struct NewPhoto<'a> {
    pub kept: &'a PhotoRow,
    pub bytes: &'a ArrayBuffer,
    /// `None` where the browser cannot decode it.
    pub thumb: Option<&'a ArrayBuffer>,
}

/// Milliseconds for which a photo that nothing names is kept: an undo may want it.
const UNNAMED_MS: i64 = 24 * 60 * 60 * 1000;

pub async fn put_photo(new: NewPhoto<'_>) -> Result<(), StoreError> {
    let tables = [Table::Photos, Table::PhotoBytes, Table::PhotoThumbs];
    run(&tables, Mode::WriteStrictly, async |transaction| {
        let key = key_of(new.kept.hash);
        let known: Option<PhotoRow> = transaction.read(Table::Photos, &key).await?;
        let fresh = PhotoRow {
            evicted: false,
            damaged: false,
            kept_at: new.kept.kept_at,
            ..known.unwrap_or(new.kept.clone())
        };
        transaction.write(Table::Photos, &key, &fresh)?;
        transaction.put(Table::PhotoBytes, &key, new.bytes)?;
        if let Some(thumb) = new.thumb {
            transaction.put(Table::PhotoThumbs, &key, thumb)?;
        }
        Ok(())
    })
    .await
}

pub async fn photo_bytes(hash: PhotoHash) -> Result<Option<ArrayBuffer>, StoreError> {
    buffer(Table::PhotoBytes, hash).await
}

/// Whether the bytes were given up after every receipt had come.
pub async fn is_evicted(hash: PhotoHash) -> Result<bool, StoreError> {
    let photo = photo_row(hash).await?;
    Ok(photo.is_some_and(|photo| photo.evicted && photo.is_answered() && !photo.damaged))
}

pub async fn photo_thumb(hash: PhotoHash) -> Result<Option<ArrayBuffer>, StoreError> {
    buffer(Table::PhotoThumbs, hash).await
}

pub async fn store_photo_answer(hash: PhotoHash, answer: &PhotoReceipt) -> Result<(), StoreError> {
    change(hash, |row| {
        row.answer = Some(answer.clone());
        row.tries = Tries::default();
        row.lacked = false;
    })
    .await?;
    mirror::let_go(hash).await;
    Ok(())
}

/// The server lacks what it gave a receipt for; the old receipt is kept.
pub async fn store_photo_lacked(hash: PhotoHash) -> Result<(), StoreError> {
    change(hash, |row| row.lacked = true).await
}

pub async fn photo_row(hash: PhotoHash) -> Result<Option<PhotoRow>, StoreError> {
    run(&[Table::Photos], Mode::Read, async |transaction| {
        transaction.read(Table::Photos, &key_of(hash)).await
    })
    .await
}

pub async fn store_photo_tries(hash: PhotoHash, tries: &Tries) -> Result<(), StoreError> {
    change(hash, |row| row.tries = tries.clone()).await
}

pub async fn store_photo_damaged(hash: PhotoHash, is_damaged: bool) -> Result<(), StoreError> {
    change(hash, |row| row.damaged = is_damaged).await
}

/// Gives up the bytes of each photo of which the stored rows themselves say that every
/// receipt is there and older than its `covered`, and that no draft holds. Others stay.
pub async fn evict_photos(photos: &[(PhotoHash, Timestamp)]) -> Result<(), StoreError> {
    let tables = [Table::Operations, Table::Photos, Table::PhotoBytes, Table::Drafts];
    run(&tables, Mode::WriteStrictly, async |transaction| {
        let operations: Vec<OperationRow> = transaction.read_all(Table::Operations).await?;
        // A row that is not readable may name any of them.
        if transaction.keys(Table::Operations).await?.len() != operations.len() {
            return Ok(());
        }
        let drafts = transaction.texts(Table::Drafts).await?;
        for (hash, covered) in photos {
            let key = key_of(*hash);
            let found: Option<PhotoRow> = match transaction.read(Table::Photos, &key).await {
                Err(StoreError::Damaged) => None,
                other => other?,
            };
            let named_by = operations.iter().filter(|row| row.photos.contains(hash));
            if let Some(mut photo) = found
                && !is_in(&drafts, *hash)
                && photo.may_be_evicted(named_by, *covered)
            {
                photo.evicted = true;
                transaction.write(Table::Photos, &key, &photo)?;
                transaction.delete(Table::PhotoBytes, &key)?;
            }
        }
        Ok(())
    })
    .await
}

/// They were taken out of a draft, or their draft was discarded: for a day from `now` an undo
/// may want them.
pub async fn photos_left_draft(photos: &[PhotoHash], now: Timestamp) -> Result<(), StoreError> {
    for hash in photos {
        change(*hash, |row| row.kept_at = now).await?;
    }
    Ok(())
}

/// Clears out photos that no operation and no draft names, a day after they were
/// taken out of a draft.
pub async fn sweep_photos(now: Timestamp) -> Result<(), StoreError> {
    let tables =
        [Table::Operations, Table::Photos, Table::PhotoBytes, Table::PhotoThumbs, Table::Drafts];
    run(&tables, Mode::WriteStrictly, async |transaction| {
        let operations: Vec<OperationRow> = transaction.read_all(Table::Operations).await?;
        // A row that is not readable may name any photo: then nothing is cleared out.
        if transaction.keys(Table::Operations).await?.len() != operations.len() {
            return Ok(());
        }
        let named: BTreeSet<PhotoHash> =
            operations.iter().flat_map(|row| row.photos.iter().copied()).collect();
        let drafts = transaction.texts(Table::Drafts).await?;
        let photos: Vec<PhotoRow> = transaction.read_all(Table::Photos).await?;
        for photo in photos {
            let is_old = now.since(photo.kept_at) > UNNAMED_MS;
            if is_old && !named.contains(&photo.hash) && !is_in(&drafts, photo.hash) {
                let key = key_of(photo.hash);
                transaction.delete(Table::Photos, &key)?;
                transaction.delete(Table::PhotoBytes, &key)?;
                transaction.delete(Table::PhotoThumbs, &key)?;
            }
        }
        Ok(())
    })
    .await
}

/// Whether a draft names the photo; by its text, so that a draft of any version counts.
pub(super) fn is_in(drafts: &[String], hash: PhotoHash) -> bool {
    let hash = hash.to_string();
    drafts.iter().any(|draft| draft.contains(&hash))
}

async fn buffer(table: Table, hash: PhotoHash) -> Result<Option<ArrayBuffer>, StoreError> {
    Ok(value(table, &key_of(hash)).await?.dyn_into().ok())
}

/// What lies under a key; `undefined` when nothing does.
pub(super) async fn value(table: Table, key: &JsValue) -> Result<JsValue, StoreError> {
    run(&[table], Mode::Read, async |transaction| transaction.get(table, key).await).await
}

async fn change(hash: PhotoHash, change: impl Fn(&mut PhotoRow)) -> Result<(), StoreError> {
    run(&[Table::Photos], Mode::WriteStrictly, async |transaction| {
        let key = key_of(hash);
        let found: Option<PhotoRow> = transaction.read(Table::Photos, &key).await?;
        if let Some(mut row) = found {
            change(&mut row);
            transaction.write(Table::Photos, &key, &row)?;
        }
        Ok(())
    })
    .await
}
