//! One request of a transaction as a future.

use wasm_bindgen::{JsCast as _, JsValue, closure::Closure};
use web_sys::IdbRequest;

use super::StoreError;
use crate::device::slot::Slot;

/// The answer of `request`, which was just issued.
pub async fn answer(request: IdbRequest) -> Result<JsValue, StoreError> {
    let slot = Slot::new();
    let done = {
        let (slot, request) = (slot.clone(), request.clone());
        // The transaction itself says why, in its own event.
        Closure::<dyn FnMut()>::new(move || {
            slot.fill(request.result().map_err(|_| StoreError::Lost));
        })
    };
    let callback = done.as_ref().unchecked_ref();
    request.set_onsuccess(Some(callback));
    request.set_onerror(Some(callback));
    let answer = slot.await;
    request.set_onsuccess(None);
    request.set_onerror(None);
    answer
}
