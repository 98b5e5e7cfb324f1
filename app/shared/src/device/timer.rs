//! The browser's timers.

use std::cell::Cell;

use leptos::prelude::request_animation_frame;
use wasm_bindgen::{JsCast as _, closure::Closure};
use web_sys::window;

use super::slot::Slot;

/// Ends after `millis`.
pub async fn pause(millis: i64) {
    let over = Slot::new();
    let rings = over.clone();
    let _timer = Timer::after(millis, move || rings.fill(()));
    over.await;
}

/// Ends when the browser has painted what was changed before. A page that nobody sees paints
/// nothing: then after a while.
pub async fn next_paint() {
    const UNSEEN_MS: i64 = 200;
    let over = Slot::new();
    let painted = over.clone();
    let rings = over.clone();
    let _timer = Timer::after(UNSEEN_MS, move || rings.fill(()));
    // The second frame begins when the first has been painted.
    request_animation_frame(move || request_animation_frame(move || painted.fill(())));
    over.await;
}

/// A timer that goes off once, unless it is dropped before.
pub struct Timer {
    id: Cell<Option<i32>>,
    _ring: Closure<dyn FnMut()>,
}

impl Timer {
    /// `ring` after `millis`; at least at once, at most in 24 days.
    pub fn after(millis: i64, ring: impl FnOnce() + 'static) -> Self {
        let ring = Closure::once(ring);
        let millis = i32::try_from(millis.max(0)).unwrap_or(i32::MAX);
        let id = window().and_then(|window| {
            window
                .set_timeout_with_callback_and_timeout_and_arguments_0(
                    ring.as_ref().unchecked_ref(),
                    millis,
                )
                .ok()
        });
        Self { id: Cell::new(id), _ring: ring }
    }
}

impl Drop for Timer {
    fn drop(&mut self) {
        if let (Some(id), Some(window)) = (self.id.take(), window()) {
            window.clear_timeout_with_handle(id);
        }
    }
}
