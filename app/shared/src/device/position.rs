//! Where the phone is, read only while somebody holds a [`Watch`].

use domain::place::{GeoPoint, Position};
use wasm_bindgen::{JsCast as _, JsValue, closure::Closure};
use web_sys::{Geolocation, PositionOptions, window};

use super::{clock, js};

/// What the phone says about where it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fix {
    At(Position),
    Denied,
    Unavailable,
}

/// Reads the position until it is dropped.
pub struct Watch {
    running: Option<(Geolocation, i32)>,
    _callbacks: [Callback; 2],
}

type Callback = Closure<dyn Fn(JsValue)>;

/// Milliseconds a fix may be old when it is given.
const OLDEST_MS: u32 = 5_000;

/// Milliseconds after which a phone that finds nothing says so. It goes on looking.
const LONGEST_MS: u32 = 20_000;

impl Watch {
    pub fn begin(told: impl Fn(Fix) + Clone + 'static) -> Self {
        let found = {
            let told = told.clone();
            // A fix without a usable position or accuracy is none: said, not waited for.
            Callback::new(move |fix: JsValue| told(read(&fix).map_or(Fix::Unavailable, Fix::At)))
        };
        let failed = {
            let told = told.clone();
            // 1: not allowed. 2, 3: none to be had, or not in time.
            Callback::new(move |error: JsValue| {
                let is_denied = js::get(&error, "code").as_f64() == Some(1.0);
                told(if is_denied { Fix::Denied } else { Fix::Unavailable });
            })
        };
        let running = start(&found, &failed);
        if running.is_none() {
            told(Fix::Unavailable);
        }
        Self { running, _callbacks: [found, failed] }
    }
}

impl Drop for Watch {
    fn drop(&mut self) {
        if let Some((geolocation, id)) = self.running.take() {
            geolocation.clear_watch(id);
        }
    }
}

fn start(found: &Callback, failed: &Callback) -> Option<(Geolocation, i32)> {
    let geolocation = window()?.navigator().geolocation().ok()?;
    let options = PositionOptions::new();
    options.set_enable_high_accuracy(true);
    options.set_maximum_age(OLDEST_MS);
    options.set_timeout(LONGEST_MS);
    let id = geolocation
        .watch_position_with_error_callback_and_options(
            found.as_ref().unchecked_ref(),
            Some(failed.as_ref().unchecked_ref()),
            &options,
        )
        .ok()?;
    Some((geolocation, id))
}

fn read(fix: &JsValue) -> Option<Position> {
    let coordinates = js::get(fix, "coords");
    let degrees = |name| js::get(&coordinates, name).as_f64();
    let accuracy = js::get(&coordinates, "accuracy").as_f64()?.ceil();
    Some(Position {
        at: GeoPoint::from_degrees(degrees("latitude")?, degrees("longitude")?)?,
        accuracy_m: js::count(&accuracy.into()).and_then(|m| u32::try_from(m).ok())?,
        read: clock::now(),
    })
}
