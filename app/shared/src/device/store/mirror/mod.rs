//! The second copy: every row that cannot be fetched again, once more in the browser's
//! cache storage, which lies in files of its own.
//!
//! Chromium keeps an origin's databases in one LevelDB. Killed in the middle of a write it
//! leaves a torn end; the next start writes on behind it; the start after that finds the
//! sum wrong and deletes everything (`a_store_that_the_browser_threw_away_is_put_back`
//! does just this). A browser that was killed twice must not cost anybody a report.
//!
//! Bytes of a photo are copied until the server has given its receipt for them.
//!
//! An entry that is written over is gone until it is written: a page that is closed in
//! that moment would leave none. So what is new lies staging the old until it has taken
//! its place (`…?new`).
//!
//! Never: read while the store is whole, or a reason for a save to fail. A browser
//! without cache storage has one copy.

mod cache;
mod catch_up;
mod lag;
mod turn;

use std::cell::RefCell;
use std::collections::BTreeSet;

use domain::{
    PhotoHash,
    evidence::Link,
    sync::outbox::{OperationRow, PhotoRow},
};
use js_sys::{Array, Promise};
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::{JsFuture, future_to_promise, spawn_local};

use self::{
    cache::{
        address, addresses, delete, has, in_place, open, read, read_address, staging, there, write,
    },
    turn::in_turn,
};
use super::{
    StoreError,
    meta::{meta, put_meta},
    operations::key_of,
    schema::Table,
    transaction::{Mode, Transaction, run},
};
use crate::device::{js, slot::Slot, timer::Timer};

pub use self::catch_up::catch_up;

/// A row as a committed transaction left it. `None`: it is gone.
pub struct Change {
    pub table: Table,
    pub key: JsValue,
    pub value: Option<JsValue>,
}

/// All but cases, which are fetched again.
const ALL: [Table; 7] = [
    Table::Meta,
    Table::Packs,
    Table::Drafts,
    Table::Operations,
    Table::Photos,
    Table::PhotoThumbs,
    Table::PhotoBytes,
];
/// What a record consists of.
const RECORDS: [Table; 4] =
    [Table::Operations, Table::Photos, Table::PhotoThumbs, Table::PhotoBytes];
/// Rows that are bytes; the others are JSON.
const BYTES: [Table; 2] = [Table::PhotoThumbs, Table::PhotoBytes];
/// Longest that a save waits for its copy, in milliseconds.
const PATIENCE_MS: i64 = 2_000;

thread_local! {
    /// Bytes that this page has copied: those under a hash never change.
    static COPIED: RefCell<BTreeSet<String>> = const { RefCell::new(BTreeSet::new()) };
}

/// Repeats what was committed. What a killed page does not get to repeat is caught up
/// with at the next start.
pub async fn follow(changes: Vec<Change>) {
    let changes: Vec<Change> = changes.into_iter().filter(Change::is_copied).collect();
    if changes.is_empty() {
        return;
    }
    let turn = in_turn(async move {
        let Some(cache) = open().await else { return };
        let repeat = |change: Change| {
            let cache = cache.clone();
            future_to_promise(async move {
                change.repeat(&cache).await;
                Ok(JsValue::UNDEFINED)
            })
        };
        let all: Array = changes.into_iter().map(repeat).collect();
        // Full, for instance: then there is one copy, and the store says that it is full.
        let _ended = JsFuture::from(Promise::all_settled(&all)).await;
    });
    let ended = Slot::new();
    let (done, late) = (ended.clone(), ended.clone());
    let timer = Timer::after(PATIENCE_MS, move || late.fill(()));
    spawn_local(async move {
        let _ended = JsFuture::from(turn).await;
        done.fill(());
    });
    ended.await;
    drop(timer);
}

/// The server has these bytes.
pub async fn let_go(hash: PhotoHash) {
    follow(vec![Change { table: Table::PhotoBytes, key: key_of(hash), value: None }]).await;
}

/// Whether the copy has an operation that the store has not: operations are never taken
/// out of the store, so it has lost its end.
pub async fn is_ahead(chain: Option<Link>) -> bool {
    let next = chain.unwrap_or(Link::FIRST).sequence;
    let address = address(Table::Operations, &js::number(next));
    let Some(cache) = open().await else { return false };
    has(&cache, &address).await || has(&cache, &staging(&address)).await
}

/// Puts back what the store has lost: everything when it was found empty. Gives the
/// number of operations, or `None` when the copy has nothing to put back.
pub async fn put_back() -> Result<Option<u32>, StoreError> {
    let Some(cache) = open().await else { return Ok(None) };
    let is_empty = super::read_meta().await?.device.is_none();
    let lost = if is_empty { &ALL[..] } else { &RECORDS[..] };
    let mut there = there(lost).await?;
    let mut rows = Vec::new();
    // In order: what lies staging a place counts when nothing whole is in it.
    for copy in addresses(&cache).await.into_iter().collect::<BTreeSet<_>>() {
        let address = in_place(&copy);
        let found = read_address(address).filter(|(table, _)| lost.contains(table));
        let Some((table, key)) = found.filter(|_| !there.contains(address)) else { continue };
        let Some(value) = read(&cache, &copy, BYTES.contains(&table)).await else { continue };
        if BYTES.contains(&table) {
            put(&[(table, key, value)], None).await?;
        } else {
            rows.push((table, key, value));
        }
        there.insert(address.to_owned());
    }
    let operations = rows.iter().filter(|(table, ..)| *table == Table::Operations).count();
    if rows.is_empty() {
        return Ok(None);
    }
    // Last and in one: a page that is killed before this begins again.
    put(&rows, Some(&there)).await?;
    Ok(Some(u32::try_from(operations).unwrap_or(u32::MAX)))
}

/// In one transaction. With the addresses of all bytes that are there, these are the rows
/// of a store that goes on from them.
async fn put(
    rows: &[(Table, JsValue, JsValue)],
    has_bytes: Option<&BTreeSet<String>>,
) -> Result<(), StoreError> {
    run(&ALL, Mode::WriteStrictly, async |transaction| {
        for (table, key, value) in rows {
            let row = has_bytes.and_then(|bytes| given_up(*table, value, bytes));
            transaction.put(*table, key, row.as_ref().unwrap_or(value))?;
        }
        if has_bytes.is_some() {
            mend_meta(transaction).await?;
        }
        Ok(())
    })
    .await
}

/// Cases come anew from the server, and the chain goes on behind the last operation,
/// also when the copy of the fact is older than that of the operation.
async fn mend_meta(transaction: &Transaction) -> Result<(), StoreError> {
    let mut state = meta(transaction).await?;
    state.changes_after = 0;
    let rows: Vec<OperationRow> = transaction.read_all(Table::Operations).await?;
    if let Some(last) = rows.last()
        && state.chain.is_none_or(|next| next.sequence <= last.sequence)
        && let Ok(operation) = last.sealed.open()
    {
        state.chain = Some(operation.link.next(last.sealed.digest));
    }
    put_meta(transaction, &state)
}

/// The row of a photo that the server has: its bytes were not copied any more.
fn given_up(table: Table, row: &JsValue, has_bytes: &BTreeSet<String>) -> Option<JsValue> {
    let text = row.as_string().filter(|_| table == Table::Photos)?;
    let photo: PhotoRow = serde_json::from_str(&text).ok()?;
    let bytes = address(Table::PhotoBytes, &key_of(photo.hash));
    let is_given_up = photo.is_answered() && !has_bytes.contains(&bytes);
    let photo = is_given_up.then_some(PhotoRow { evicted: true, ..photo })?;
    serde_json::to_string(&photo).ok().map(Into::into)
}

impl Change {
    fn is_copied(&self) -> bool {
        let is_text = self.value.as_ref().is_none_or(JsValue::is_string);
        ALL.contains(&self.table) && (is_text || BYTES.contains(&self.table))
    }

    async fn repeat(&self, cache: &JsValue) {
        let address = address(self.table, &self.key);
        let staging = staging(&address);
        let Some(value) = &self.value else {
            COPIED.with_borrow_mut(|copied| copied.remove(&address));
            delete(cache, &address).await;
            return delete(cache, &staging).await;
        };
        let is_known = || !COPIED.with_borrow_mut(|copied| copied.insert(address.clone()));
        if BYTES.contains(&self.table) {
            if !is_known() && !has(cache, &address).await {
                write(cache, &address, value).await;
            }
        } else if !has(cache, &address).await {
            write(cache, &address, value).await;
        } else if write(cache, &staging, value).await {
            write(cache, &address, value).await;
            delete(cache, &staging).await;
        }
    }
}
