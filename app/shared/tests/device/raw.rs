//! The browser's own view of the phone's store, past the code that is tested.

use app_shared::device::{js, store};
use js_sys::{Array, ArrayBuffer, Function};
use wasm_bindgen::prelude::*;

#[wasm_bindgen(module = "/tests/device/raw.js")]
extern "C" {
    #[wasm_bindgen(js_name = getRow)]
    async fn get_row(table: &str, key: &JsValue) -> JsValue;
    #[wasm_bindgen(js_name = getKeys)]
    async fn get_keys(table: &str) -> JsValue;
    #[wasm_bindgen(js_name = putRow)]
    async fn put_row(table: &str, key: &JsValue, value: &JsValue);
    #[wasm_bindgen(js_name = deleteRow)]
    async fn delete_row(table: &str, key: &JsValue);
    #[wasm_bindgen(js_name = clearRows)]
    async fn clear_rows();
    /// As the browser does when it finds the files damaged.
    #[wasm_bindgen(js_name = throwAway)]
    pub async fn throw_away();
    #[wasm_bindgen(js_name = getCopies)]
    async fn get_copies() -> JsValue;
    #[wasm_bindgen(js_name = getCopy)]
    async fn get_copy(address: &str) -> JsValue;
    #[wasm_bindgen(js_name = putCopy)]
    pub async fn put_copy(address: &str, text: &str);
    #[wasm_bindgen(js_name = clearCopies)]
    pub async fn clear_copies();
    #[wasm_bindgen(js_name = noteDurability)]
    fn note_durability() -> Function;
    /// Leaves a buffer that can be neither read nor stored.
    #[wasm_bindgen(js_name = handOver)]
    pub fn hand_over(buffer: &ArrayBuffer);
}

/// A phone on which nothing was ever done.
pub async fn new_phone() {
    // Makes the tables, if this is the first.
    store::read_meta().await.expect("the store opens");
    clear_rows().await;
    clear_copies().await;
}

/// The text of a row; `None` where there is none.
pub async fn text(table: &str, key: impl Into<JsValue>) -> Option<String> {
    get_row(table, &key.into()).await.as_string()
}

pub async fn has(table: &str, key: impl Into<JsValue>) -> bool {
    !get_row(table, &key.into()).await.is_undefined()
}

pub async fn count(table: &str) -> u32 {
    Array::from(&get_keys(table).await).length()
}

pub async fn put(table: &str, key: impl Into<JsValue>, text: &str) {
    put_row(table, &key.into(), &text.into()).await;
}

pub async fn delete(table: &str, key: impl Into<JsValue>) {
    delete_row(table, &key.into()).await;
}

/// Of all rows that lie in the cache storage, as `operations/1`.
pub async fn copies() -> Vec<String> {
    Array::from(&get_copies().await).iter().filter_map(|copy| copy.as_string()).collect()
}

pub async fn copy(address: &str) -> Option<String> {
    get_copy(address).await.as_string()
}

/// How durable the transactions that write were asked to be.
pub async fn durability_of(work: impl Future<Output = ()>) -> Vec<String> {
    let end = note_durability();
    work.await;
    let noted = end.call0(&JsValue::UNDEFINED).expect("it ends");
    Array::from(&noted).iter().filter_map(|it| it.as_string()).collect()
}

/// The key of an operation.
pub fn sequence(number: u64) -> JsValue {
    js::number(number)
}
