//! Zooming and panning of what lies on a stage, by fingers, wheel and keys. Sets the
//! custom properties `--x`, `--y` and `--z` on the stage; the style sheet moves it.

use leptos::{ev, html, prelude::*};
use web_sys::HtmlElement;

use super::transform::{Point, Transform};

#[derive(Clone, Copy)]
pub struct Zoom {
    stage: NodeRef<html::Div>,
    transform: StoredValue<Transform>,
    /// Fingers that are down, by the browser's pointer id.
    pointers: StoredValue<Vec<(i32, Point)>>,
}

/// Pixels that an arrow key moves.
const PAN_STEP: f64 = 48.0;
/// Buttons and the keys + and -.
const SCALE_STEP: f64 = 1.5;
const WHEEL_STEP: f64 = 1.2;
const DOUBLE_TAP: f64 = 2.5;

impl Zoom {
    pub fn new(stage: NodeRef<html::Div>) -> Self {
        Self {
            stage,
            transform: StoredValue::new(Transform::IDENTITY),
            pointers: StoredValue::new(Vec::new()),
        }
    }

    pub fn is_in(self) -> bool {
        self.transform.get_value().is_zoomed()
    }

    pub fn reset(self) {
        self.set(Transform::IDENTITY);
    }

    pub fn step_in(self) {
        self.by(SCALE_STEP);
    }

    pub fn step_out(self) {
        self.by(1.0 / SCALE_STEP);
    }

    pub fn toggle(self) {
        if self.is_in() { self.reset() } else { self.by(DOUBLE_TAP) }
    }

    pub fn wheel(self, event: &ev::WheelEvent) {
        event.prevent_default();
        self.by(if event.delta_y() < 0.0 { WHEEL_STEP } else { 1.0 / WHEEL_STEP });
    }

    pub fn key(self, key: &str) {
        match key {
            "+" | "=" => self.step_in(),
            "-" => self.step_out(),
            "0" => self.reset(),
            "ArrowLeft" => self.pan(PAN_STEP, 0.0),
            "ArrowRight" => self.pan(-PAN_STEP, 0.0),
            "ArrowUp" => self.pan(0.0, PAN_STEP),
            "ArrowDown" => self.pan(0.0, -PAN_STEP),
            _ => {}
        }
    }

    pub fn pointer_down(self, event: &ev::PointerEvent) {
        if let Some(stage) = self.stage.get_untracked() {
            // Lost capture only ends a drag early.
            let _captured = stage.set_pointer_capture(event.pointer_id());
        }
        self.pointers.update_value(|pointers| pointers.push((event.pointer_id(), point(event))));
    }

    pub fn pointer_move(self, event: &ev::PointerEvent) {
        let (id, now) = (event.pointer_id(), point(event));
        let moved = self.pointers.try_update_value(|pointers| {
            let other = pointers.iter().find(|(own, _)| *own != id).map(|(_, at)| *at);
            let (_, at) = pointers.iter_mut().find(|(own, _)| *own == id)?;
            Some((std::mem::replace(at, now), other))
        });
        if let Some(Some((before, other))) = moved {
            self.set(self.transform.get_value().moved(before, now, other));
        }
    }

    pub fn pointer_up(self, event: &ev::PointerEvent) {
        let id = event.pointer_id();
        self.pointers.update_value(|pointers| pointers.retain(|(own, _)| *own != id));
    }

    fn by(self, factor: f64) {
        self.set(self.transform.get_value().scaled(factor));
    }

    fn pan(self, x: f64, y: f64) {
        self.set(self.transform.get_value().panned(x, y));
    }

    fn set(self, transform: Transform) {
        self.transform.set_value(transform);
        let Some(stage) = self.stage.get_untracked() else { return };
        let style = HtmlElement::style(&stage);
        let Transform { x, y, scale } = transform;
        for (name, value) in [
            ("--x", format!("{x:.0}px")),
            ("--y", format!("{y:.0}px")),
            ("--z", format!("{:.0}", scale * 100.0)),
        ] {
            let _set = style.set_property(name, &value);
        }
    }
}

fn point(event: &ev::PointerEvent) -> Point {
    Point { x: f64::from(event.client_x()), y: f64::from(event.client_y()) }
}
