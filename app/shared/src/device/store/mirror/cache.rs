//! The cache storage as a place for rows: an address for each, `/second-copy/photos/…`.

use std::cell::RefCell;
use std::collections::BTreeSet;

use js_sys::{Array, Promise, decode_uri_component, encode_uri_component};
use wasm_bindgen::{JsCast as _, JsValue};
use wasm_bindgen_futures::JsFuture;

use super::super::{
    StoreError,
    schema::Table,
    transaction::{Mode, run},
};
use crate::device::js;

const CACHE: &str = "second-copy";
const ROOT: &str = "/second-copy/";
/// Stands in no address otherwise: keys are encoded.
const STAGING: &str = "?new";

thread_local! {
    static OPEN: RefCell<Option<JsValue>> = const { RefCell::new(None) };
}

/// `None` where the browser has none, or does not give it.
pub async fn open() -> Option<JsValue> {
    if let Some(cache) = OPEN.with_borrow(Clone::clone) {
        return Some(cache);
    }
    let caches = js::get(&js_sys::global(), "caches");
    let cache = later(js::call(&caches, "open", &[&CACHE.into()])).await?;
    OPEN.with_borrow_mut(|open| *open = Some(cache.clone()));
    Some(cache)
}

/// Of everything that is copied.
pub async fn addresses(cache: &JsValue) -> Vec<String> {
    let requests: Option<Array> =
        later(js::call(cache, "keys", &[])).await.and_then(|requests| requests.dyn_into().ok());
    let path = |request: JsValue| {
        let url = js::text(&request, "url");
        url.find(ROOT).and_then(|start| url.get(start..)).map(str::to_owned)
    };
    requests.map_or_else(Vec::new, |requests| requests.iter().filter_map(path).collect())
}

/// What lies there: bytes, or text.
pub async fn read(cache: &JsValue, address: &str, is_bytes: bool) -> Option<JsValue> {
    let response = later(js::call(cache, "match", &[&address.into()])).await?;
    let body = if is_bytes { "arrayBuffer" } else { "text" };
    later(js::call(&response, body, &[])).await
}

pub async fn has(cache: &JsValue, address: &str) -> bool {
    let found = later(js::call(cache, "match", &[&address.into()])).await;
    found.is_some_and(|response| !response.is_undefined())
}

/// Whether it is written: there may be no room.
pub async fn write(cache: &JsValue, address: &str, value: &JsValue) -> bool {
    match js::construct("Response", &[value]) {
        Ok(response) => {
            later(js::call(cache, "put", &[&address.into(), &response])).await.is_some()
        }
        Err(_) => false,
    }
}

pub async fn delete(cache: &JsValue, address: &str) {
    let _deleted = later(js::call(cache, "delete", &[&address.into()])).await;
}

/// Addresses of the rows of these tables that the store has.
pub async fn there(tables: &[Table]) -> Result<BTreeSet<String>, StoreError> {
    run(tables, Mode::Read, async |transaction| {
        let mut there = BTreeSet::new();
        for table in tables {
            let keys = transaction.keys(*table).await?;
            there.extend(keys.iter().map(|key| address(*table, key)));
        }
        Ok(there)
    })
    .await
}

/// `/second-copy/operations/41`; a number is the key of operations only.
pub fn address(table: Table, key: &JsValue) -> String {
    let key = js::count(key).map_or_else(|| key.as_string().unwrap_or_default(), |n| n.to_string());
    format!("{ROOT}{}/{}", table.name(), String::from(encode_uri_component(&key)))
}

/// Where a row lies while it takes the place of an older one.
pub fn staging(address: &str) -> String {
    format!("{address}{STAGING}")
}

/// The place that a row has or is to take.
pub fn in_place(address: &str) -> &str {
    address.trim_end_matches(STAGING)
}

/// The table and the key of a row.
pub fn read_address(address: &str) -> Option<(Table, JsValue)> {
    let (name, key) = address.strip_prefix(ROOT)?.split_once('/')?;
    let table = Table::ALL.into_iter().find(|table| table.name() == name)?;
    let key = String::from(decode_uri_component(key).ok()?);
    let key = if table == Table::Operations { js::number(key.parse().ok()?) } else { key.into() };
    Some((table, key))
}

/// What a call promises, when it keeps it.
async fn later(promise: Result<JsValue, JsValue>) -> Option<JsValue> {
    JsFuture::from(Promise::resolve(&promise.ok()?)).await.ok()
}
