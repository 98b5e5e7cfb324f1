//! The app's own shell as the service worker keeps it: whether it is whole, so that the
//! app starts without a network.

use js_sys::Promise;
use wasm_bindgen::{JsCast as _, JsValue, closure::Closure};
use wasm_bindgen_futures::JsFuture;
use web_sys::window;

use super::{js, slot::Slot, timer::Timer};

/// A worker that was stopped has to start and to read every file.
const ANSWER_MS: i64 = 20_000;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shell {
    /// Every file is here and has the digest that the build gave it.
    Whole,
    /// No worker yet, or none in this browser.
    None,
    /// A file is missing or is not what was built.
    Broken,
}

/// Asks the worker, which reads every file again.
pub async fn look() -> Shell {
    ask().await.unwrap_or(Shell::None)
}

async fn ask() -> Option<Shell> {
    let workers = js::get(&window()?.navigator(), "serviceWorker");
    let found = js::call(&workers, "getRegistration", &[]).ok()?;
    let registration = JsFuture::from(Promise::resolve(&found)).await.ok()?;
    let worker = js::get(&registration, "active");
    if worker.is_falsy() {
        return None;
    }
    let channel = js::construct("MessageChannel", &[]).ok()?;
    let answered = Slot::new();
    let heard = {
        let answered = answered.clone();
        Closure::<dyn FnMut(JsValue)>::new(move |event: JsValue| {
            let is_whole = js::get(&js::get(&event, "data"), "whole").is_truthy();
            answered.fill(if is_whole { Shell::Whole } else { Shell::Broken });
        })
    };
    let port = js::get(&channel, "port1");
    js_sys::Reflect::set(&port, &"onmessage".into(), heard.as_ref().unchecked_ref()).ok()?;
    let late = answered.clone();
    let _timer = Timer::after(ANSWER_MS, move || late.fill(Shell::None));
    let ports = js_sys::Array::of1(&js::get(&channel, "port2"));
    let question = js::object(&[("type", "check".into())]);
    js::call(&worker, "postMessage", &[&question, &ports]).ok()?;
    Some(answered.await)
}
