//! One after the other: of two changes of a row, the later one is copied last.
//!
//! Never: across tabs. A tab that was frozen in the middle would hold up all others.

use std::cell::RefCell;

use js_sys::Promise;
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::{JsFuture, future_to_promise};

thread_local! {
    static LAST: RefCell<Option<Promise>> = const { RefCell::new(None) };
}

/// Does the job once all that were asked for before are done. It is in line when this
/// returns; the promise is kept when it is done.
pub fn in_turn(job: impl Future<Output = ()> + 'static) -> Promise {
    let before = LAST.take();
    let turn = future_to_promise(async move {
        if let Some(before) = before {
            let _done = JsFuture::from(before).await;
        }
        job.await;
        Ok(JsValue::UNDEFINED)
    });
    LAST.set(Some(turn.clone()));
    turn
}
