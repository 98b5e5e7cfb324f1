//! What the browser promises about this phone's store.

use wasm_bindgen::JsValue;
use wasm_bindgen_futures::JsFuture;
use web_sys::{StorageManager, window};

use super::js;

#[derive(Clone, Copy, Debug, Default)]
pub struct Health {
    pub persisted: Option<bool>,
    pub used: Option<u64>,
    pub quota: Option<u64>,
}

pub async fn look() -> Health {
    let Some(storage) = manager() else { return Health::default() };
    let persisted = settled(storage.persisted()).await.and_then(|answer| answer.as_bool());
    let estimate = settled(storage.estimate()).await.unwrap_or(JsValue::UNDEFINED);
    Health {
        persisted,
        used: js::count(&js::get(&estimate, "usage")),
        quota: js::count(&js::get(&estimate, "quota")),
    }
}

/// Asks the browser not to clear the store under pressure. It may say no.
pub async fn ask_to_persist() {
    if let Some(storage) = manager() {
        let _answer = settled(storage.persist()).await;
    }
}

/// `None` outside secure contexts.
fn manager() -> Option<StorageManager> {
    use wasm_bindgen::JsCast as _;
    js::get(&window()?.navigator(), "storage").dyn_into().ok()
}

async fn settled(promise: Result<js_sys::Promise, JsValue>) -> Option<JsValue> {
    JsFuture::from(promise.ok()?).await.ok()
}
