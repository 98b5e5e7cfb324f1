//! The engine: one state, told events, asking for effects.

use super::{
    Effect, Event, Failure, LinkState, OperationRow, OutboxStatus, PhotoRow,
    backoff::OF_THE_WAY,
    rule::{Rule, holds},
    sweep::{Asked, Sweep},
    tracked::TrackedRows,
    upload::Sending,
};
use std::collections::BTreeMap;

use crate::{
    DeviceId, PhotoHash, Timestamp, UserName,
    evidence::{Epoch, PublicKey},
    sync::{HelloAnswer, Limits},
};

/// The outbox of one device.
#[derive(Clone, Debug)]
pub struct Outbox {
    pub(super) device: DeviceId,
    pub(super) client: String,
    pub(super) session: Option<Session>,
    pub(super) is_paused: bool,
    pub(super) is_visible: bool,
    pub(super) epoch: Option<Epoch>,
    pub(super) limits: Limits,
    pub(super) link: LinkState,
    /// Failures of the way since anything but a hello was answered.
    pub(super) link_tries: u32,
    pub(super) last_answer: Option<Timestamp>,
    pub(super) rows: TrackedRows,
    pub(super) text: Option<Text>,
    pub(super) sending: BTreeMap<PhotoHash, Sending>,
    pub(super) is_good_line: bool,
    /// Bytes of the largest part that the way lets through, since somebody on it refused a
    /// larger one.
    pub(super) largest_part: Option<u64>,
    pub(super) sweep: Sweep,
    /// As the last hello said.
    pub(super) backed_up: Option<Timestamp>,
    pub(super) server_now: Option<Timestamp>,
    pub(super) timer: Option<Timestamp>,
}

#[derive(Clone, Debug)]
pub(super) struct Session {
    pub user: UserName,
    pub key: PublicKey,
}

/// The text call that is on its way.
#[derive(Clone, Debug)]
pub(super) enum Text {
    Hello,
    Batch(Vec<u64>),
    Missing(Vec<PhotoHash>),
    Verify(Asked),
}

/// An answer older than this says little about the way when somebody looks again.
const STALE_MS: i64 = 60_000;

/// Waits begin here again once a hello was answered: up to 8 s.
const TRIES_AFTER_HELLO: u32 = 2;

impl Outbox {
    /// From what is stored. `client` is the app's version; `epoch` the server's life
    /// that was last known.
    #[must_use]
    pub fn new<'a>(
        device: DeviceId,
        client: &str,
        epoch: Option<Epoch>,
        operations: impl IntoIterator<Item = &'a OperationRow>,
        photos: impl IntoIterator<Item = &'a PhotoRow>,
    ) -> Self {
        let mut rows = TrackedRows::default();
        for operation in operations {
            rows.add(operation);
        }
        photos.into_iter().for_each(|kept| rows.add_photo(kept));
        Self {
            device,
            client: client.into(),
            session: None,
            is_paused: false,
            is_visible: false,
            epoch,
            limits: Limits { batch_operations: 50, photo_bytes: u64::MAX },
            link: LinkState::Unknown,
            link_tries: 0,
            last_answer: None,
            rows,
            text: None,
            sending: BTreeMap::new(),
            is_good_line: false,
            largest_part: None,
            sweep: Sweep::default(),
            backed_up: None,
            server_now: None,
            timer: None,
        }
    }

    /// When the server was last asked about everything that is held here, as stored.
    #[must_use]
    pub fn verified_at(mut self, last: Option<Timestamp>) -> Self {
        self.sweep = Sweep::after(last);
        self
    }

    /// Takes one event at the device's time `now`. `random` is any number, fresh for
    /// each event.
    #[must_use]
    pub fn handle(&mut self, event: Event, now: Timestamp, random: u64) -> Vec<Effect> {
        let mut effects = Vec::new();
        self.take(event, now, random, &mut effects);
        self.go_on(now, &mut effects);
        effects
    }

    #[must_use]
    pub fn status(&self) -> OutboxStatus {
        OutboxStatus {
            link: self.link.clone(),
            is_paused: self.is_paused,
            last_answer: self.last_answer,
            sending: match &self.text {
                Some(Text::Batch(batch)) => batch.clone(),
                _ => Vec::new(),
            },
            sending_photos: self.sending.keys().copied().collect(),
            held_photos: u32::try_from(self.held().count()).unwrap_or(u32::MAX),
            held_bytes: self.held().fold(0, u64::saturating_add),
            backed_up: self.backed_up,
            verified: self.sweep.last,
        }
    }

    /// Bytes of each photo that the server has and this phone still holds.
    fn held(&self) -> impl Iterator<Item = u64> {
        self.rows
            .photos
            .values()
            .filter(|photo| photo.is_settled(self.epoch) && !photo.evicted)
            .map(|photo| photo.length)
    }

    fn take(&mut self, event: Event, now: Timestamp, random: u64, effects: &mut Vec<Effect>) {
        match event {
            Event::SignedIn { user, key } => {
                self.session = Some(Session { user, key });
                self.is_paused = false;
                self.link = LinkState::Unknown;
                self.free_what_may_be(now, effects);
            }
            Event::SignedOut => self.session = None,
            Event::Added { operation, photos } => {
                photos.iter().for_each(|kept| self.rows.add_photo(kept));
                self.rows.add(&operation);
            }
            Event::TryNow => self.try_now(),
            Event::Visible(is_visible) => {
                self.is_visible = is_visible;
                let is_stale = self.last_answer.is_none_or(|at| now.since(at).abs() > STALE_MS);
                if is_visible && (is_stale || self.link != LinkState::Open) {
                    self.try_now();
                }
            }
            Event::SessionEnded => self.pause(effects),
            Event::LiveLost => {
                if self.link == LinkState::Open {
                    self.link = LinkState::Unknown;
                }
            }
            Event::Timer => self.timer = None,
            Event::HelloAnswered(answer) => self.greeted(&answer, now, effects),
            Event::BatchAnswered(answer) => self.batch_answered(answer, now, random, effects),
            Event::MissingAnswered(answer) => self.missing_answered(&answer, now, effects),
            Event::VerifyAnswered(answer) => self.verify_answered(&answer, now, effects),
            Event::TextFailed(failure) => self.text_failed(failure, now, random, effects),
            Event::PhotoAnswered { hash, answer } => {
                self.photo_answered(hash, answer, now, random, effects);
            }
            Event::PhotoFailed { hash, failure } => {
                self.photo_failed(hash, failure, now, random, effects);
            }
            Event::PhotoOffset { hash, offset } => {
                self.photo_offset(hash, offset, now, random, effects);
            }
            Event::PhotoDamaged { hash } => self.photo_damaged(hash, effects),
            Event::PhotoRow(row) => self.photo_row(*row),
            Event::Measured { bytes, millis } => self.measured(bytes, millis),
        }
    }

    /// Waits are over: of the way, and of every record.
    fn try_now(&mut self) {
        self.link = LinkState::Unknown;
        self.link_tries = 0;
        for row in self.rows.operations.values_mut() {
            row.tries.next = None;
        }
        for photo in self.rows.photos.values_mut() {
            photo.tries.next = None;
        }
    }

    fn greeted(&mut self, answer: &HelloAnswer, now: Timestamp, effects: &mut Vec<Effect>) {
        if self.text.take_if(|text| matches!(text, Text::Hello)).is_none() {
            return;
        }
        self.last_answer = Some(now);
        self.link = LinkState::Open;
        self.limits = answer.limits;
        let changed = self.epoch.is_some_and(|known| known != answer.epoch);
        if self.epoch != Some(answer.epoch) {
            self.epoch = Some(answer.epoch);
            effects.push(Effect::StoreEpoch { epoch: answer.epoch, changed });
        }
        if changed {
            self.sweep = Sweep::after(self.sweep.last);
        }
        self.begin_sweeps(now, effects);
        // It may be another way by now: with each connection twice as much is tried.
        self.largest_part = self.largest_part.map(|size| size.saturating_mul(2));
        self.server_now = Some(answer.now);
        self.backed_up = answer.backed_up;
        for (sequence, row) in self.rows.operations.iter_mut() {
            let is_lacked = *sequence > answer.highest
                || answer.gaps.iter().any(|gap| (gap.from..=gap.until).contains(sequence));
            // What is quarantined has, as far as the server can tell, no number.
            let is_gap = is_lacked && holds(Rule::L7Gaps);
            if is_gap && row.answer.is_some() && !row.lacked && !row.is_quarantined() {
                row.lacked = true;
                effects.push(Effect::StoreLacked { sequence: *sequence });
            }
        }
        for photo in self.rows.photos.values_mut() {
            photo.missing = false;
            photo.offset = None;
        }
        self.free_what_may_be(now, effects);
        // It answers: should the next call fail all the same, that is worth a try soon.
        self.link_tries = self.link_tries.min(TRIES_AFTER_HELLO);
        effects.push(Effect::PullChanges);
    }

    pub(super) fn way_failed(&mut self, why: Failure, now: Timestamp, random: u64) {
        let since = match &self.link {
            LinkState::Closed { since, .. } => *since,
            LinkState::Unknown | LinkState::Open => now,
        };
        let asked = match why {
            Failure::Busy { retry_after_ms: Some(wait) } => OF_THE_WAY.at_most(wait, now),
            _ => now,
        };
        self.is_good_line = false;
        let next_try = OF_THE_WAY.next(self.link_tries, now, random).max(asked);
        self.link_tries = self.link_tries.saturating_add(1);
        self.link = LinkState::Closed { since, next_try, tries: self.link_tries, why };
    }

    /// The server answered something that is more than a hello.
    pub(super) fn heard(&mut self, now: Timestamp) {
        self.last_answer = Some(now);
        self.link_tries = 0;
        if matches!(self.link, LinkState::Closed { .. }) {
            self.link = LinkState::Unknown;
        }
    }

    pub(super) fn pause(&mut self, effects: &mut Vec<Effect>) {
        if !self.is_paused {
            self.is_paused = true;
            effects.push(Effect::SessionEnded);
        }
    }
}
