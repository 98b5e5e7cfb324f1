//! A call with a body that takes its time: it tells how much has gone out, and is given up
//! when nothing has for a minute. `fetch` does not tell, so this is the older interface.

use std::{cell::RefCell, rc::Rc};

use domain::sync::outbox::Failure;
use wasm_bindgen::{JsCast as _, JsValue, closure::Closure};
use web_sys::{ProgressEvent, XmlHttpRequest};

use super::http::{Reply, SILENCE_MS};
use crate::device::{js, slot::Slot, timer::Timer};

pub fn open(method: &str, path: &str) -> Result<XmlHttpRequest, Failure> {
    let request = XmlHttpRequest::new().map_err(|_| Failure::Unreachable)?;
    request.open(method, path).map_err(|_| Failure::Unreachable)?;
    Ok(request)
}

pub fn set(request: &XmlHttpRequest, name: &str, value: &str) -> Result<(), Failure> {
    request.set_request_header(name, value).map_err(|_| Failure::Unreachable)
}

/// Sends and waits for the end; `moved_to` hears how many bytes have gone out.
pub async fn finish(
    request: &XmlHttpRequest,
    body: &JsValue,
    moved_to: impl Fn(u64) + 'static,
) -> Result<Reply, Failure> {
    let ended = Slot::new();
    let silence = Rc::new(RefCell::new(watch(request)));
    let done = {
        let ended = ended.clone();
        Closure::<dyn FnMut()>::new(move || ended.fill(()))
    };
    let moved = {
        let (silence, request) = (Rc::clone(&silence), request.clone());
        Closure::<dyn FnMut(ProgressEvent)>::new(move |event: ProgressEvent| {
            silence.replace(watch(&request));
            moved_to(js::count(&js::get(&event, "loaded")).unwrap_or(0));
        })
    };
    // Answered, broken, aborted: what the status says.
    request.set_onloadend(Some(done.as_ref().unchecked_ref()));
    if let Ok(upload) = request.upload() {
        upload.set_onprogress(Some(moved.as_ref().unchecked_ref()));
    }
    let begun = js::call(request, "send", &[body]);
    if begun.is_ok() {
        ended.await;
    }
    request.set_onloadend(None);
    if let Ok(upload) = request.upload() {
        upload.set_onprogress(None);
    }
    begun.map_err(|_| Failure::Unreachable)?;
    let header = |name| request.get_response_header(name).ok().flatten().unwrap_or_default();
    let status = request.status().unwrap_or(0);
    if status == 0 {
        return Err(Failure::Unreachable);
    }
    Ok(Reply {
        status,
        media: header("content-type"),
        retry_after_ms: header("retry-after").parse::<u32>().ok().map(|s| s.saturating_mul(1_000)),
        text: request.response_text().ok().flatten().unwrap_or_default(),
    })
}

fn watch(request: &XmlHttpRequest) -> Timer {
    let request = request.clone();
    Timer::after(SILENCE_MS, move || {
        let _aborted = request.abort();
    })
}
