//! Small questions to the browser that several screens ask.

use leptos::{ev, prelude::*};
use wasm_bindgen::JsCast;

/// Whether the window is as wide as a desk's; follows it.
pub fn wide() -> RwSignal<bool> {
    let wide = RwSignal::new(is_wide());
    let resized = window_event_listener(ev::resize, move |_| {
        let now = is_wide();
        if wide.try_get_untracked().is_some_and(|before| before != now) {
            wide.set(now);
        }
    });
    on_cleanup(move || resized.remove());
    wide
}

/// Whether the window is as wide as a desk's now.
pub fn is_wide() -> bool {
    let list = window().match_media("(min-width: 1024px)").ok().flatten();
    list.is_some_and(|list| list.matches())
}

/// Gives the element with this id the focus, if it is there.
pub fn focus(id: &str) {
    let element = document().get_element_by_id(id);
    if let Some(element) = element.and_then(|it| it.dyn_into::<web_sys::HtmlElement>().ok()) {
        let _maybe_gone = element.focus();
    }
}

/// What an input, a text area or a select holds.
pub fn value_of(event: &ev::Event) -> String {
    event_target_value(event)
}

/// Whether a key press belongs to something being typed into, or to an open dialog.
pub fn is_typing(event: &ev::KeyboardEvent) -> bool {
    let tag = event
        .target()
        .and_then(|target| target.dyn_into::<web_sys::Element>().ok())
        .map(|element| element.tag_name());
    let in_field = matches!(tag.as_deref(), Some("INPUT" | "TEXTAREA" | "SELECT"));
    let in_dialog = document().query_selector("dialog[open]").ok().flatten().is_some();
    in_field || in_dialog || event.ctrl_key() || event.meta_key() || event.alt_key()
}
