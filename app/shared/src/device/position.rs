//! Where the phone is, read only while somebody holds a [`Watch`].

use std::cell::RefCell;

use domain::place::Position;
use wasm_bindgen::{JsCast as _, JsValue, closure::Closure};
use web_sys::{Geolocation, PositionOptions, window};

use super::{clock, js, reading::Reading, timer::Timer};

/// What the phone says about where it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fix {
    At(Position),
    Denied,
    Unavailable,
    /// It says a place, and that is none on the globe.
    Unusable,
    /// So much time has passed that somebody waits for nothing.
    Waited,
}

/// Reads the position until it is dropped.
pub struct Watch {
    running: RefCell<Option<(Geolocation, i32)>>,
    callbacks: [Callback; 2],
    _waited: Timer,
}

type Callback = Closure<dyn Fn(JsValue)>;

/// Milliseconds a fix may be old when it is given. A hint: some phones give older ones, so
/// the fix's own time is read all the same.
const OLDEST_MS: u32 = 5_000;

/// Milliseconds after which a phone that finds nothing says so. It goes on looking.
const LONGEST_MS: u32 = 20_000;

impl Watch {
    pub fn begin(told: impl Fn(Fix) + Clone + 'static) -> Self {
        let found = {
            let told = told.clone();
            Callback::new(move |fix: JsValue| {
                told(read(&fix).position(clock::now()).map_or(Fix::Unusable, Fix::At));
            })
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
        // The browser's own limit does not run while it asks the person, nor when it gives
        // fixes that are none.
        let waited = Timer::after(LONGEST_MS.into(), move || told(Fix::Waited));
        Self { running: RefCell::new(running), callbacks: [found, failed], _waited: waited }
    }

    /// Asks anew: a phone that lies still may not say again where it is.
    pub fn ask_again(&self) {
        let [found, failed] = &self.callbacks;
        // Before the old one ends, so that the receiver is not switched off in between.
        if let Some(running) = start(found, failed) {
            stop(self.running.replace(Some(running)));
        }
    }
}

impl Drop for Watch {
    fn drop(&mut self) {
        stop(self.running.take());
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

fn stop(running: Option<(Geolocation, i32)>) {
    if let Some((geolocation, id)) = running {
        geolocation.clear_watch(id);
    }
}

fn read(fix: &JsValue) -> Reading {
    let coordinates = js::get(fix, "coords");
    let number = |name| js::get(&coordinates, name).as_f64();
    Reading {
        latitude: number("latitude"),
        longitude: number("longitude"),
        accuracy: number("accuracy"),
        timestamp: js::get(fix, "timestamp").as_f64(),
    }
}
