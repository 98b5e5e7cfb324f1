//! The stream of live changes, while somebody looks and the way is open.

use std::{cell::RefCell, rc::Rc};

use domain::{Timestamp, sync::LatestChange};
use wasm_bindgen::{JsCast as _, closure::Closure};
use web_sys::{EventSource, MessageEvent};

use crate::device::{clock, timer::Timer};

/// An open stream; it closes when this is dropped.
pub struct Live {
    source: EventSource,
    _heard: Closure<dyn FnMut(MessageEvent)>,
    _beat: Closure<dyn FnMut()>,
    _broke: Closure<dyn FnMut()>,
    _silence: Rc<Silence>,
}

/// The server says what the latest change is as soon as a stream is open.
const FIRST_WORD_MS: i64 = 3_000;
/// Three times the server's heartbeat.
const SILENCE_MS: i64 = 45_000;
/// A silent stream is held back by somebody on the way: meanwhile the server is asked so often.
const POLL_MS: i64 = 3_000;

/// How a stream ended.
#[derive(Clone, Copy)]
pub struct Ended {
    pub lasted_ms: i64,
}

impl Live {
    /// `changed` hears the number of the latest change; `silent` is called again and again while
    /// the stream is open and nothing comes; `ended` is called once.
    pub fn open(
        changed: impl Fn(u64) + 'static,
        silent: impl Fn() + 'static,
        ended: impl Fn(Ended) + 'static,
    ) -> Option<Self> {
        let source = EventSource::new("/api/v1/live").ok()?;
        let begun: Timestamp = clock::now();
        let silence = Rc::new(Silence { timer: RefCell::default(), silent: Box::new(silent) });
        silence.wait(FIRST_WORD_MS);
        let beat = Closure::<dyn FnMut()>::new({
            let silence = Rc::clone(&silence);
            move || silence.wait(SILENCE_MS)
        });
        let heard = Closure::<dyn FnMut(MessageEvent)>::new({
            let silence = Rc::clone(&silence);
            move |event: MessageEvent| {
                silence.wait(SILENCE_MS);
                if let Some(seq) = event.data().as_string().and_then(|data| seq_of(&data)) {
                    changed(seq);
                }
            }
        });
        let broke = Closure::<dyn FnMut()>::new(move || {
            ended(Ended { lasted_ms: clock::now().since(begun) });
        });
        let _heard =
            source.add_event_listener_with_callback("change", heard.as_ref().unchecked_ref());
        let _beat = source.add_event_listener_with_callback("beat", beat.as_ref().unchecked_ref());
        source.set_onerror(Some(broke.as_ref().unchecked_ref()));
        Some(Self { source, _heard: heard, _beat: beat, _broke: broke, _silence: silence })
    }
}

/// Waits for the stream to be silent for too long.
struct Silence {
    timer: RefCell<Option<Timer>>,
    silent: Box<dyn Fn()>,
}

impl Silence {
    /// Begins anew: something was heard.
    fn wait(self: &Rc<Self>, millis: i64) {
        let silence = Rc::downgrade(self);
        let timer = Timer::after(millis, move || {
            let Some(silence) = silence.upgrade() else { return };
            (silence.silent)();
            // Not from inside the timer that it replaces.
            wasm_bindgen_futures::spawn_local(async move { silence.wait(POLL_MS) });
        });
        self.timer.replace(Some(timer));
    }
}

impl Drop for Live {
    fn drop(&mut self) {
        self.source.set_onerror(None);
        self.source.close();
    }
}

fn seq_of(data: &str) -> Option<u64> {
    serde_json::from_str::<LatestChange>(data).ok().map(|change| change.seq)
}

/// The stream, or the wait before the next one.
#[derive(Clone, Default)]
pub struct Stream(Rc<RefCell<StreamState>>);

#[derive(Default)]
struct StreamState {
    live: Option<Live>,
    wait: Option<Timer>,
    short: u32,
}

/// A stream that breaks sooner is not cured by asking at once.
const SHORT_MS: i64 = 5_000;
const MAX_WAIT_MS: i64 = 300_000;

impl Stream {
    pub fn is_off(&self) -> bool {
        let state = self.0.borrow();
        state.live.is_none() && state.wait.is_none()
    }

    pub fn set(&self, live: Option<Live>) {
        self.0.borrow_mut().live = live;
    }

    pub fn close(&self) {
        let mut state = self.0.borrow_mut();
        state.live = None;
        state.wait = None;
    }

    /// After it broke: `again` at once when it had lasted, later when it had not.
    pub fn broke(&self, ended: Ended, again: impl FnOnce() + 'static) {
        let mut state = self.0.borrow_mut();
        // Not dropped in its own callback.
        let gone = state.live.take();
        wasm_bindgen_futures::spawn_local(async move { drop(gone) });
        state.short = if ended.lasted_ms > SHORT_MS { 0 } else { state.short.saturating_add(1) };
        let wait = match state.short {
            0 => 0,
            short => SHORT_MS.saturating_mul(1_i64 << short.min(10)).min(MAX_WAIT_MS),
        };
        let stream = self.clone();
        state.wait = Some(Timer::after(wait, move || {
            // The timer is done: it must not be dropped while it runs.
            let done = stream.0.borrow_mut().wait.take();
            wasm_bindgen_futures::spawn_local(async move { drop(done) });
            again();
        }));
    }
}
