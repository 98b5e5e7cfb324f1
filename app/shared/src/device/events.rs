//! Events of the page: a network that may be there, a person who looks or leaves.

use wasm_bindgen::{JsCast as _, closure::Closure};
use web_sys::{VisibilityState, window};

/// Calls `heard` for each event of this name, for as long as the page lives.
pub fn on_window(name: &str, heard: impl Fn() + 'static) {
    let heard = Closure::<dyn Fn()>::new(heard);
    if let Some(window) = window() {
        let _heard = window.add_event_listener_with_callback(name, heard.as_ref().unchecked_ref());
    }
    heard.forget();
}

/// Calls `changed` when the page comes into view or leaves it.
pub fn on_visibility(changed: impl Fn(bool) + 'static) {
    let changed = Closure::<dyn Fn()>::new(move || changed(is_visible()));
    if let Some(document) = window().and_then(|window| window.document()) {
        let callback = changed.as_ref().unchecked_ref();
        let _heard = document.add_event_listener_with_callback("visibilitychange", callback);
    }
    changed.forget();
}

pub fn is_visible() -> bool {
    window()
        .and_then(|window| window.document())
        .is_none_or(|document| document.visibility_state() == VisibilityState::Visible)
}
