//! Zooming and panning of what lies on a stage, by fingers, wheel and keys. Sets the
//! custom properties `--x`, `--y` and `--z` on the stage; the style sheet moves it.

use leptos::{ev, html, prelude::*};
use web_sys::HtmlElement;

#[derive(Clone, Copy)]
pub struct Zoom {
    stage: NodeRef<html::Div>,
    state: StoredValue<State>,
}

#[derive(Clone, Debug)]
struct State {
    /// Pixels from the middle.
    x: f64,
    y: f64,
    scale: f64,
    /// Fingers that are down: id and position.
    down: Vec<(i32, f64, f64)>,
}

const MOST: f64 = 8.0;
const STEP: f64 = 48.0;

impl Zoom {
    pub fn new(stage: NodeRef<html::Div>) -> Self {
        let state = State { x: 0.0, y: 0.0, scale: 1.0, down: Vec::new() };
        Self { stage, state: StoredValue::new(state) }
    }

    pub fn is_in(self) -> bool {
        self.state.with_value(|state| state.scale > 1.01)
    }

    pub fn reset(self) {
        self.change(|state| {
            state.x = 0.0;
            state.y = 0.0;
            state.scale = 1.0;
        });
    }

    pub fn by(self, factor: f64) {
        self.change(|state| state.scale *= factor);
    }

    pub fn toggle(self) {
        if self.is_in() { self.reset() } else { self.by(2.5) }
    }

    pub fn wheel(self, event: &ev::WheelEvent) {
        event.prevent_default();
        self.by(if event.delta_y() < 0.0 { 1.2 } else { 1.0 / 1.2 });
    }

    pub fn key(self, key: &str) {
        match key {
            "+" | "=" => self.by(1.5),
            "-" => self.by(1.0 / 1.5),
            "0" => self.reset(),
            "ArrowLeft" => self.change(|state| state.x += STEP),
            "ArrowRight" => self.change(|state| state.x -= STEP),
            "ArrowUp" => self.change(|state| state.y += STEP),
            "ArrowDown" => self.change(|state| state.y -= STEP),
            _ => {}
        }
    }

    pub fn down(self, event: &ev::PointerEvent) {
        if let Some(stage) = self.stage.get_untracked() {
            // Lost capture only ends a drag early.
            let _captured = stage.set_pointer_capture(event.pointer_id());
        }
        self.state.update_value(|state| {
            state.down.push((
                event.pointer_id(),
                f64::from(event.client_x()),
                f64::from(event.client_y()),
            ));
        });
    }

    pub fn drag(self, event: &ev::PointerEvent) {
        let (id, x, y) =
            (event.pointer_id(), f64::from(event.client_x()), f64::from(event.client_y()));
        self.change(|state| {
            let other = state.down.iter().find(|finger| finger.0 != id).copied();
            let Some(finger) = state.down.iter_mut().find(|finger| finger.0 == id) else { return };
            let before = *finger;
            *finger = (id, x, y);
            match other {
                // Two fingers: how far they are apart now, against before.
                Some((_, ox, oy)) => {
                    let was = (before.1 - ox).hypot(before.2 - oy).max(1.0);
                    state.scale *= (x - ox).hypot(y - oy).max(1.0) / was;
                }
                None if state.scale > 1.01 => {
                    state.x += x - before.1;
                    state.y += y - before.2;
                }
                None => {}
            }
        });
    }

    pub fn up(self, event: &ev::PointerEvent) {
        let id = event.pointer_id();
        self.state.update_value(|state| state.down.retain(|finger| finger.0 != id));
    }

    fn change(self, how: impl FnOnce(&mut State)) {
        self.state.update_value(|state| {
            how(state);
            state.scale = state.scale.clamp(1.0, MOST);
            if state.scale <= 1.01 {
                state.x = 0.0;
                state.y = 0.0;
            }
        });
        let Some(stage) = self.stage.get_untracked() else { return };
        let style = HtmlElement::style(&stage);
        self.state.with_value(|state| {
            // Whole numbers: printing fractions costs the phone several KB of code.
            for (name, value) in [
                ("--x", format!("{}px", whole(state.x))),
                ("--y", format!("{}px", whole(state.y))),
                ("--z", whole(state.scale * 100.0).to_string()),
            ] {
                let _set = style.set_property(name, &value);
            }
        });
    }
}

#[expect(clippy::as_conversions, reason = "pixels and percent of a screen; saturates")]
const fn whole(number: f64) -> i32 {
    number as i32
}
