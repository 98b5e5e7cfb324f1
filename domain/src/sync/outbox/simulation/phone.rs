//! A phone: its store, which survives everything, and the tabs that run engines on it.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    super::{Effect, OperationRow, Outbox, PhotoRow, Tries},
    rules::{Rule, holds},
    thrift::Told,
};
use crate::{
    DeviceId, PhotoHash, Timestamp, UserName,
    evidence::{Epoch, Link},
};

/// What lies in the device store.
#[derive(Clone, Default)]
pub struct Store {
    pub rows: BTreeMap<u64, OperationRow>,
    pub photos: BTreeMap<PhotoHash, PhotoRow>,
    /// Photos whose bytes are here; `false` where they are no longer what they were.
    pub bytes: BTreeMap<PhotoHash, bool>,
    pub epoch: Option<Epoch>,
    pub verified: Option<Timestamp>,
    pub link: Option<Link>,
    /// Rows taken out for sending: never filled while the rule holds.
    taken: BTreeSet<u64>,
}

pub struct Tab {
    pub engine: Outbox,
    /// Counts starts: answers to an earlier one are not heard.
    pub term: u32,
    /// The number of the timer that counts.
    pub timer: u64,
    pub told: Told,
}

pub struct Phone {
    pub device: DeviceId,
    /// People who sign in on it; the first of `users` is signed in.
    pub users: Vec<UserName>,
    pub store: Store,
    pub tabs: Vec<Option<Tab>>,
    /// Its clock minus the true time.
    pub clock_ms: i64,
    pub session_ended: bool,
    /// Its clock was set at some time.
    pub was_set: bool,
}

impl Phone {
    pub fn now(&self, truth: Timestamp) -> Timestamp {
        truth.plus_millis(self.clock_ms)
    }

    /// An engine from nothing but what is stored.
    pub fn load(&self) -> Outbox {
        let rows = self.store.rows.iter().filter(|(seq, _)| !self.store.taken.contains(seq));
        let photos = self.store.photos.values();
        Outbox::new(self.device, "simulated", self.store.epoch, rows.map(|(_, row)| row), photos)
            .verified_at(self.store.verified)
    }
}

impl Store {
    /// One commit. Effects that are no commits are the world's.
    pub fn commit(&mut self, effect: &Effect) {
        match effect {
            Effect::StoreAnswer { sequence, answer } => {
                self.taken.remove(sequence);
                if let Some(row) = self.rows.get_mut(sequence) {
                    row.answer = Some((**answer).clone());
                    row.tries = Tries::default();
                    row.lacked = false;
                }
            }
            Effect::StoreTries { sequence, tries } => {
                if !holds(Rule::L3OnlyByReceipt) {
                    self.rows.remove(sequence);
                } else if let Some(row) = self.rows.get_mut(sequence) {
                    row.tries = tries.clone();
                }
            }
            Effect::StoreLacked { sequence } => {
                if let Some(row) = self.rows.get_mut(sequence) {
                    row.lacked = true;
                }
            }
            Effect::StorePhotoAnswer { hash, answer } => self.photo(hash, |photo| {
                photo.answer = Some(answer.clone());
                photo.tries = Tries::default();
                photo.lacked = false;
            }),
            Effect::StorePhotoTries { hash, tries } => {
                self.photo(hash, |photo| photo.tries = tries.clone());
            }
            Effect::StorePhotoLacked { hash } => self.photo(hash, |photo| photo.lacked = true),
            Effect::StorePhotoDamaged { hash, is_damaged } => {
                self.photo(hash, |photo| photo.damaged = *is_damaged);
            }
            Effect::StoreEpoch { epoch, .. } => self.epoch = Some(*epoch),
            Effect::StoreVerified(at) => self.verified = Some(*at),
            Effect::SessionEnded if !holds(Rule::L14SignedOut) => {
                self.rows.retain(|_, row| row.answer.is_some());
            }
            Effect::SendBatch { sequences, .. } if !holds(Rule::L4RowStays) => {
                let waiting =
                    |seq: &&u64| self.rows.get(seq).is_some_and(|row| row.answer.is_none());
                self.taken.extend(sequences.iter().filter(waiting));
            }
            _ => {}
        }
    }

    /// Gives up the bytes when the rows say that it may, as the app's store does.
    /// Whether it did.
    pub fn free(&mut self, hash: PhotoHash, covered: Timestamp) -> bool {
        let named_by = self.rows.values().filter(|row| row.photos.contains(&hash));
        let Some(photo) = self.photos.get_mut(&hash) else { return false };
        if !photo.may_be_evicted(named_by, covered) {
            return false;
        }
        photo.evicted = true;
        self.bytes.remove(&hash);
        true
    }

    fn photo(&mut self, hash: &PhotoHash, change: impl FnOnce(&mut PhotoRow)) {
        if let Some(photo) = self.photos.get_mut(hash) {
            change(photo);
        }
    }
}
