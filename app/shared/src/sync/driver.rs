//! The driver: one tab at a time runs the engine, and every tab may have rows for it.

use std::{
    cell::{Cell, RefCell},
    collections::{BTreeMap, VecDeque},
    rc::Rc,
};

use domain::{
    DeviceId, PhotoHash, Timestamp, UserName,
    evidence::PublicKey,
    pack::DistrictPack,
    sync::{
        Changes,
        outbox::{Effect, Event, Failure, OperationRow, Outbox, OutboxStatus, PhotoRow},
    },
};
use js_sys::ArrayBuffer;
use wasm_bindgen_futures::spawn_local;

use super::{
    lead::Lead,
    live::{Live, Stream},
};
use crate::device::{
    clock, events, random,
    store::{self, Touched},
    tabs::{Line, News, TabMessage},
    timer::Timer,
};

/// What the rest of the app is told.
pub enum Notice {
    /// These stored rows have changed.
    Rows(Touched),
    /// Another tab has changed some.
    RowsElsewhere,
    /// Cases came; they are stored.
    Cases(Changes),
    /// Another tab stored cases.
    CasesElsewhere,
    /// So many cases came in a pull that goes on; `None`: it has ended.
    Receiving(Option<u32>),
    /// Cases have changed at the server, whether or not this phone keeps them.
    Changed,
    /// The server came back in another life: its cases on this phone are forgotten.
    CasesForgotten,
    Pack(Box<DistrictPack>),
    OutboxStatus(OutboxStatus),
    Progress {
        hash: PhotoHash,
        sent: u64,
        of: u64,
    },
    /// Milliseconds from this phone's clock to the server's.
    Offset(i64),
    SessionEnded,
    /// Another tab signed in or out.
    SessionElsewhere,
}

/// A handle to the one driver of this tab.
#[derive(Clone)]
pub struct Sync(Rc<Inner>);

pub struct Inner {
    told: Box<dyn Fn(Notice)>,
    pub(super) line: Line,
    pub(super) engine: RefCell<Option<Outbox>>,
    pub(super) session: RefCell<Option<(UserName, PublicKey)>>,
    pub(super) lead: Lead,
    pub(super) queue: RefCell<VecDeque<Effect>>,
    pub(super) is_draining: Cell<bool>,
    /// Counts the engines that ran here: answers to an earlier one are void.
    pub(super) term: Cell<u32>,
    pub(super) timer: RefCell<Option<Timer>>,
    /// Bytes of photos of which a part has gone out, read and verified before the first.
    pub(super) photos_in_parts: RefCell<BTreeMap<PhotoHash, ArrayBuffer>>,
    stream: Stream,
    pub(super) is_pulling: Cell<bool>,
    pub(super) pull_again: Cell<bool>,
    pub(super) pulled_until: Cell<u64>,
    /// Counts sign-ins and lives of the server: answers of an earlier one are void.
    pub(super) life: Cell<u32>,
    pub(super) device: DeviceId,
}

impl std::ops::Deref for Sync {
    type Target = Inner;

    fn deref(&self) -> &Inner {
        &self.0
    }
}

impl Sync {
    /// Begins for this tab. `told` hears everything; it must not call back at once.
    pub fn begin(device: DeviceId, told: impl Fn(Notice) + 'static) -> Self {
        let sync = Self(Rc::new_cyclic(|weak: &std::rc::Weak<Inner>| {
            let weak = weak.clone();
            let line = Line::open(move |message| {
                if let Some(inner) = weak.upgrade() {
                    Self(inner).heard(message);
                }
            });
            Inner {
                told: Box::new(told),
                line,
                engine: RefCell::default(),
                session: RefCell::default(),
                lead: Lead::default(),
                queue: RefCell::default(),
                is_draining: Cell::default(),
                term: Cell::default(),
                timer: RefCell::default(),
                photos_in_parts: RefCell::default(),
                stream: Stream::default(),
                is_pulling: Cell::default(),
                pull_again: Cell::default(),
                pulled_until: Cell::default(),
                life: Cell::default(),
                device,
            }
        }));
        sync.listen();
        sync.line.tell(News::Began);
        sync.lead_when_possible();
        sync
    }

    /// Somebody is signed in, in this tab or in another.
    pub fn signed_in(&self, user: UserName, key: PublicKey) {
        self.life.set(self.life.get().wrapping_add(1));
        *self.session.borrow_mut() = Some((user.clone(), key));
        self.feed(Event::SignedIn { user, key });
    }

    pub fn signed_out(&self) {
        self.life.set(self.life.get().wrapping_add(1));
        *self.session.borrow_mut() = None;
        self.feed(Event::SignedOut);
        self.stream.close();
    }

    /// Rows were written by this tab.
    pub fn added(&self, operation: &OperationRow, photos: Vec<PhotoRow>) {
        self.feed(Event::Added { operation: Box::new(operation.clone()), photos });
        self.line.tell(News::Rows);
    }

    pub fn try_now(&self) {
        self.feed(Event::TryNow);
        if self.engine.borrow().is_none() {
            self.line.tell(News::TryNow);
        }
    }

    /// Tells the other tabs.
    pub fn announce(&self, news: News) {
        self.line.tell(news);
    }

    /// One event for the engine, when it runs here.
    pub(super) fn feed(&self, event: Event) {
        let handled = {
            let mut engine = self.engine.borrow_mut();
            engine.as_mut().map(|engine| {
                let effects = engine.handle(event, clock::now(), random::number());
                (effects, engine.status())
            })
        };
        let Some((effects, standing)) = handled else { return };
        self.mind_the_stream(&standing);
        self.tell_tabs(&standing);
        self.tell(Notice::OutboxStatus(standing));
        self.queue.borrow_mut().extend(effects);
        self.drain();
    }

    /// An answer to what the engine of this term asked for.
    pub(super) fn feed_in(&self, term: u32, event: Event) {
        if self.term.get() == term {
            self.feed(event);
        }
    }

    /// Another engine, or none: nothing of the one before goes on.
    pub(super) fn begin_term(&self) {
        self.term.set(self.term.get().wrapping_add(1));
        self.queue.borrow_mut().clear();
        self.photos_in_parts.borrow_mut().clear();
        self.is_draining.set(false);
        self.work_is_done();
    }

    pub(super) fn tell(&self, notice: Notice) {
        (self.told)(notice);
    }

    pub(super) fn pull_failed(&self, failure: &Failure) {
        match failure {
            Failure::SignedOut => self.feed(Event::SessionEnded),
            // The next hello asks again.
            failure if failure.is_of_the_way() => self.feed(Event::LiveLost),
            _ => {}
        }
    }

    /// Effects are carried out one after the other: what is stored is stored in the
    /// order in which it was decided.
    fn drain(&self) {
        if self.is_draining.replace(true) {
            return;
        }
        let (sync, term) = (self.clone(), self.term.get());
        spawn_local(async move {
            let mut touched = Touched::default();
            // Ends as well when the lead was lost while an effect was carried out.
            while sync.term.get() == term {
                let next = sync.queue.borrow_mut().pop_front();
                match next {
                    Some(effect) => {
                        sync.work_begins();
                        sync.carry_out(effect, &mut touched).await;
                    }
                    None if touched != Touched::default() => {
                        sync.tell(Notice::Rows(std::mem::take(&mut touched)));
                        sync.line.tell(News::Rows);
                    }
                    None => {
                        sync.work_is_done();
                        sync.is_draining.set(false);
                        break;
                    }
                }
            }
        });
    }

    fn heard(&self, message: TabMessage) {
        match message {
            TabMessage::News(News::Rows) => {
                self.tell(Notice::RowsElsewhere);
                let sync = self.clone();
                spawn_local(async move { sync.take_rows().await });
            }
            TabMessage::News(News::Cases) => self.tell(Notice::CasesElsewhere),
            TabMessage::News(News::Changed) => self.tell(Notice::Changed),
            TabMessage::News(News::Session) => self.tell(Notice::SessionElsewhere),
            TabMessage::News(News::TryNow) => self.feed(Event::TryNow),
            TabMessage::News(News::Leads) => self.heard_the_lead(),
            TabMessage::News(News::Began) => {
                if let Some(engine) = &*self.engine.borrow() {
                    self.tell_tabs(&engine.status());
                }
            }
            TabMessage::Json(json) => {
                let is_elsewhere = self.engine.borrow().is_none();
                if is_elsewhere && let Ok(standing) = serde_json::from_str(&json) {
                    self.heard_the_lead();
                    self.tell(Notice::OutboxStatus(standing));
                }
            }
        }
    }

    fn tell_tabs(&self, standing: &OutboxStatus) {
        if let Ok(json) = serde_json::to_string(standing) {
            self.line.tell_json(&json);
        }
    }

    /// Rows that another tab wrote.
    async fn take_rows(&self) {
        if self.engine.borrow().is_none() {
            return;
        }
        let Ok(rows) = store::all_rows().await else { return };
        let mut photos = rows.photos;
        for operation in rows.operations {
            let photos = std::mem::take(&mut photos);
            self.feed(Event::Added { operation: Box::new(operation), photos });
        }
    }

    fn listen(&self) {
        let sync = self.clone();
        events::on_window("online", move || sync.feed(Event::TryNow));
        let sync = self.clone();
        events::on_visibility(move |is_visible| {
            sync.feed(Event::Visible(is_visible));
            if !is_visible {
                sync.stream.close();
                sync.step_down();
            }
        });
    }

    /// Open while somebody looks and the server answers.
    fn mind_the_stream(&self, standing: &OutboxStatus) {
        use domain::sync::outbox::LinkState;
        let is_wanted = events::is_visible()
            && standing.link == LinkState::Open
            && !standing.is_paused
            && self.session.borrow().is_some();
        if !is_wanted {
            if standing.is_paused {
                self.stream.close();
            }
            return;
        }
        if !self.stream.is_off() {
            return;
        }
        let (heard, silent, broken) = (self.clone(), self.clone(), self.clone());
        let live = Live::open(
            move |seq| {
                if seq > heard.pulled_until.get() {
                    heard.pull();
                }
            },
            move || silent.pull(),
            move |ended| {
                let again = broken.clone();
                broken.stream.broke(ended, move || again.feed(Event::LiveLost));
            },
        );
        self.stream.set(live);
    }

    /// Asks to be told when `until` has come.
    pub(super) fn wait(&self, until: Option<Timestamp>) {
        let timer = until.map(|until| {
            let sync = self.clone();
            Timer::after(until.since(clock::now()), move || {
                // The timer is done: it must not be dropped while it runs.
                let done = sync.timer.borrow_mut().take();
                spawn_local(async move { drop(done) });
                sync.feed(Event::Timer);
            })
        });
        *self.timer.borrow_mut() = timer;
    }
}
