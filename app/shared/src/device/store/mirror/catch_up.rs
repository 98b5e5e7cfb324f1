//! At a start: what a page was closed before repeating, and what was stored before there
//! was a second copy. A row is read when its copy is made, so that what a person changes
//! meanwhile is copied later, and stays.
//!
//! Never: gives up what the store lacks while it may have lost it.

use domain::PhotoHash;
use std::collections::BTreeSet;
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::JsFuture;

use super::{
    ALL, COPIED, Change,
    cache::{address, addresses, delete, in_place, open, read, read_address, there},
    lag::may_lag,
    turn::in_turn,
};
use crate::device::store::{
    Rows, StoreError, all_rows,
    operations::key_of,
    photos::{is_in, value},
    schema::Table,
    transaction::{Mode, run},
};

/// Makes the copy what the store is.
pub async fn catch_up() -> Result<(), StoreError> {
    let Some(cache) = open().await else { return Ok(()) };
    // First these: what is copied now was in the store before.
    let copied: BTreeSet<String> = addresses(&cache).await.into_iter().collect();
    let mut wanted = there(&ALL).await?;
    let rows = all_rows().await?;
    let may_lag = may_lag(&rows).await?;
    for hash in spared(&rows).await? {
        wanted.remove(&address(Table::PhotoBytes, &key_of(hash)));
    }
    // What lies beside its place was on its way there when a page was closed: which of the
    // two is the newer is not known.
    let torn: BTreeSet<&str> = copied
        .iter()
        .map(|it| (it, in_place(it)))
        .filter(|(it, at)| it != at)
        .map(|(_, at)| at)
        .collect();
    // One at a time: photos must not lie in memory side by side.
    for address in &wanted {
        let is_copied = copied.contains(address) && !torn.contains(address.as_str());
        if !is_copied || may_lag.contains(address) {
            let copy = bring(cache.clone(), address.clone(), is_copied);
            let _brought = JsFuture::from(in_turn(copy)).await;
        }
    }
    // Operations are never taken out of the store. One that only the copy has was lost and
    // could not be put back yet: then the copy gives up nothing.
    let is_lost = |address: &str| {
        let operation = read_address(address).filter(|(table, _)| *table == Table::Operations);
        operation.is_some() && !wanted.contains(address)
    };
    if !copied.iter().any(|copy| is_lost(in_place(copy))) {
        for copy in copied.into_iter().filter(|copy| !wanted.contains(copy)) {
            let _given_up = JsFuture::from(in_turn(give_up(cache.clone(), copy))).await;
        }
    }
    Ok(())
}

/// The row as it is now: what is changed after this is copied after this.
async fn bring(cache: JsValue, address: String, is_copied: bool) {
    let Some((table, key)) = read_address(&address) else { return };
    let Ok(found) = value(table, &key).await else { return };
    if is_copied {
        let copy = read(&cache, &address, false).await;
        if copy.is_some_and(|copy| copy == found) {
            return;
        }
    }
    let value = Some(found).filter(|value| !value.is_undefined());
    Change { table, key, value }.repeat(&cache).await;
}

/// Photos whose bytes need no copy: the server has them, and nothing names them that it has
/// not answered. A picture can be chosen again for another report.
async fn spared(rows: &Rows) -> Result<Vec<PhotoHash>, StoreError> {
    let drafts = run(&[Table::Drafts], Mode::Read, async |transaction| {
        transaction.texts(Table::Drafts).await
    })
    .await?;
    let waits = rows.operations.iter().filter(|row| !row.is_answered());
    let named: BTreeSet<PhotoHash> = waits.flat_map(|row| row.photos.iter().copied()).collect();
    let answered = rows.photos.iter().filter(|photo| photo.is_answered()).map(|photo| photo.hash);
    Ok(answered.filter(|hash| !named.contains(hash) && !is_in(&drafts, *hash)).collect())
}

/// Unless it was stored since: the list above is some seconds old by now.
async fn give_up(cache: JsValue, copy: String) {
    if COPIED.with_borrow(|copied| copied.contains(&copy)) {
        return;
    }
    // Bytes that the server has stay in the store for a while, and need no copy.
    let row = read_address(&copy).filter(|(table, _)| *table != Table::PhotoBytes);
    if let Some((table, key)) = row
        && !value(table, &key).await.is_ok_and(|value| value.is_undefined())
    {
        return;
    }
    delete(&cache, &copy).await;
}
