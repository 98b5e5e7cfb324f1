//! Which tab runs the engine: whoever holds the web lock, for as long as it is heard of.
//! A tab that the system froze, or whose work hangs, loses the lead to one that lives;
//! should both send for a moment, the server takes the same operation once.

use std::cell::Cell;

use domain::sync::outbox::{Event, Outbox};
use wasm_bindgen_futures::spawn_local;

use super::Sync;
use crate::device::{
    clock, events,
    store::{self, StoreError},
    tabs::{self, News, TabLock},
    timer::Timer,
};

const LOCK: &str = "xunjie-sync";

/// Milliseconds between two signs of life of the leading tab.
const BEAT_MS: i64 = 20_000;

/// Milliseconds without one after which the lead may be taken. Browsers let a hidden
/// tab's timers run once a minute.
const LEASE_MS: i64 = 150_000;

/// Milliseconds for which one effect may be carried out.
const WORK_MS: i64 = 90_000;

/// A store that did not open is tried again after this, in milliseconds.
const AGAIN_MS: i64 = 5_000;

/// What a tab knows of the lead.
#[derive(Default)]
pub struct Lead {
    lock: std::cell::RefCell<Option<TabLock>>,
    /// Counts the times this tab stood for it: what an earlier time brings is void.
    stood: Cell<u32>,
    /// When the leading tab was last heard of.
    heard_ms: Cell<i64>,
    beat: std::cell::RefCell<Option<Timer>>,
    work: std::cell::RefCell<Option<Timer>>,
}

impl Sync {
    /// Waits until no other tab runs the engine, then runs it.
    pub(super) fn lead_when_possible(&self) {
        self.stand(false);
    }

    /// A tab nobody looks at lets another have the lead, unless it is sending.
    pub(super) fn step_down(&self) {
        let is_idle = self.engine.borrow().as_ref().is_some_and(|engine| {
            let standing = engine.status();
            standing.sending.is_empty() && standing.sending_photos.is_empty()
        });
        if is_idle && !self.is_draining.get() && self.lead.lock.borrow().is_some() {
            self.put_down();
            self.stand(false);
        }
    }

    /// The leading tab lives.
    pub(super) fn heard_the_lead(&self) {
        self.lead.heard_ms.set(clock::now().millis());
    }

    /// Work begins or goes on: should it not be done in good time, everything begins
    /// again from what is stored.
    pub(super) fn work_begins(&self) {
        let sync = self.clone();
        let timer = Timer::after(WORK_MS, move || {
            spawn_local(async move {
                sync.put_down();
                sync.stand(false);
            });
        });
        *self.lead.work.borrow_mut() = Some(timer);
    }

    pub(super) fn work_is_done(&self) {
        *self.lead.work.borrow_mut() = None;
    }

    fn stand(&self, by_force: bool) {
        let stood = self.lead.stood.get().wrapping_add(1);
        self.lead.stood.set(stood);
        self.heard_the_lead();
        self.beat();
        let sync = self.clone();
        spawn_local(async move {
            let lost = {
                let sync = sync.clone();
                move || {
                    if sync.lead.stood.get() == stood {
                        sync.put_down();
                        sync.stand(false);
                    }
                }
            };
            let lock = if by_force {
                tabs::take_lock(LOCK, lost).await
            } else {
                tabs::lock(LOCK, lost).await
            };
            let engine = sync.load().await;
            if sync.lead.stood.get() != stood {
                return;
            }
            match engine {
                Ok(engine) => sync.take_up(lock, engine),
                // The store will be opened again by whoever needs it next.
                Err(_) => {
                    drop(lock);
                    let again = sync.clone();
                    let timer = Timer::after(AGAIN_MS, move || again.stand(false));
                    *sync.timer.borrow_mut() = Some(timer);
                }
            }
        });
    }

    fn take_up(&self, lock: TabLock, engine: Outbox) {
        self.begin_term();
        *self.lead.lock.borrow_mut() = Some(lock);
        *self.engine.borrow_mut() = Some(engine);
        self.feed(Event::Visible(events::is_visible()));
        let session = self.session.borrow().clone();
        if let Some((user, key)) = session {
            self.feed(Event::SignedIn { user, key });
        }
    }

    fn put_down(&self) {
        self.begin_term();
        *self.engine.borrow_mut() = None;
        *self.timer.borrow_mut() = None;
        *self.lead.lock.borrow_mut() = None;
    }

    /// The leading tab says that it lives; the others see whether it does.
    fn beat(&self) {
        let sync = self.clone();
        let set_ms = clock::now().millis();
        let timer = Timer::after(BEAT_MS, move || {
            // Not from inside the timer that it replaces.
            spawn_local(async move {
                if sync.lead.lock.borrow().is_some() {
                    sync.line.tell(News::Leads);
                    sync.heard_the_lead();
                }
                // The whole machine slept: the other tab may wake a moment later.
                let now_ms = clock::now().millis();
                if now_ms.saturating_sub(set_ms) > 2 * BEAT_MS {
                    sync.heard_the_lead();
                }
                let silent_ms = now_ms.saturating_sub(sync.lead.heard_ms.get());
                if silent_ms > LEASE_MS && events::is_visible() {
                    sync.stand(true);
                } else {
                    sync.beat();
                }
            });
        });
        *self.lead.beat.borrow_mut() = Some(timer);
    }

    async fn load(&self) -> Result<Outbox, StoreError> {
        let meta = store::read_meta().await?;
        let rows = store::all_rows().await?;
        let client = env!("CARGO_PKG_VERSION");
        let outbox = Outbox::new(self.device, client, meta.epoch, &rows.operations, &rows.photos);
        Ok(outbox.verified_at(meta.verified))
    }
}
