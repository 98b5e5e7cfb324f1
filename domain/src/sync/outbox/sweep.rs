//! The verify sweep: once a day, and when the server begins another life, it is asked
//! whether it still has what it gave receipts for. What it lacks is offered again.

use super::{
    Effect, Failure, LinkState, Outbox,
    engine::Text,
    rule::{Rule, holds},
};
use crate::{
    OperationId, PhotoHash, Timestamp,
    sync::{HeldOperation, Holdings, HoldingsAnswer},
};
use std::collections::BTreeSet;

const EVERY_MS: i64 = 24 * 60 * 60 * 1_000;

/// Operations, and photos, in one question.
const QUESTION: usize = 500;

/// Questions that failed in a row before the day goes on without them: a sweep must
/// never stand before what has not been sent yet.
const MAX_FAILURES: u32 = 2;

/// How the sweep stands; nothing of it but the time is stored.
#[derive(Clone, Debug, Default)]
pub(super) struct Sweep {
    /// When the last one ended, or was given up.
    pub last: Option<Timestamp>,
    /// Everything up to here was asked in the one that runs.
    run: Option<Until>,
    failures: u32,
    /// The server did not answer it in this life: it is sent what is in doubt.
    pub is_refused: bool,
}

#[derive(Clone, Debug, Default)]
struct Until {
    operation: u64,
    photo: Option<PhotoHash>,
}

/// What one question is about.
#[derive(Clone, Debug)]
pub(super) struct Asked {
    operations: Vec<u64>,
    photos: Vec<PhotoHash>,
    /// Part of the daily sweep, and not of another life's first question.
    until: Option<Until>,
}

impl Sweep {
    pub fn after(last: Option<Timestamp>) -> Self {
        Self { last, ..Self::default() }
    }
}

impl Outbox {
    /// A new phone has nothing to ask about: its first sweep is a day away.
    pub(super) fn begin_sweeps(&mut self, now: Timestamp, effects: &mut Vec<Effect>) {
        let is_new = self.rows.operations.values().all(|row| row.answer.is_none());
        if self.sweep.last.is_none() && is_new {
            self.sweep.last = Some(now);
            effects.push(Effect::StoreVerified(now));
        }
    }

    /// Operations that another life of the server answered.
    pub(super) fn next_doubt(&mut self, effects: &mut Vec<Effect>) -> bool {
        if self.sweep.is_refused {
            return false;
        }
        let operations: Vec<u64> = self
            .rows
            .operations
            .iter()
            .filter(|(_, row)| row.is_unsure(self.epoch))
            .map(|(sequence, _)| *sequence)
            .take(QUESTION)
            .collect();
        if operations.is_empty() {
            return false;
        }
        self.ask(Asked { operations, photos: Vec::new(), until: None }, effects);
        true
    }

    /// The next part of the daily sweep, when its time has come.
    pub(super) fn next_sweep(&mut self, now: Timestamp, effects: &mut Vec<Effect>) {
        // The absolute distance: a clock that was set back does not put it off.
        let is_due = self.sweep.last.is_none_or(|last| now.since(last).abs() >= EVERY_MS);
        if self.sweep.run.is_none() && !(is_due && holds(Rule::L7Daily)) {
            return;
        }
        let from = self.sweep.run.clone().unwrap_or_default();
        let operations: Vec<u64> = self
            .rows
            .operations
            .range(from.operation.saturating_add(1)..)
            .filter(|(_, row)| row.is_settled(self.epoch))
            .map(|(sequence, _)| *sequence)
            .take(QUESTION)
            .collect();
        let photos: Vec<PhotoHash> = self
            .rows
            .photos
            .iter()
            .filter(|(hash, photo)| {
                from.photo.is_none_or(|last| **hash > last) && photo.is_settled(self.epoch)
            })
            .map(|(hash, _)| *hash)
            .take(QUESTION)
            .collect();
        if operations.is_empty() && photos.is_empty() {
            self.sweep.run = None;
            self.sweep.last = Some(now);
            effects.push(Effect::StoreVerified(now));
            return;
        }
        let until = Until {
            operation: operations.last().copied().unwrap_or(from.operation),
            photo: photos.last().copied().or(from.photo),
        };
        self.ask(Asked { operations, photos, until: Some(until) }, effects);
    }

    fn ask(&mut self, asked: Asked, effects: &mut Vec<Effect>) {
        let held = |sequence: &u64| {
            let row = self.rows.operations.get(sequence)?;
            Some(HeldOperation { id: row.id, digest: row.digest })
        };
        effects.push(Effect::AskVerify(Holdings {
            device: self.device,
            operations: asked.operations.iter().filter_map(held).collect(),
            photos: asked.photos.clone(),
        }));
        self.text = Some(Text::Verify(asked));
    }

    pub(super) fn verify_answered(
        &mut self,
        answer: &HoldingsAnswer,
        now: Timestamp,
        effects: &mut Vec<Effect>,
    ) {
        let Some(Text::Verify(asked)) = self.text.take_if(|text| matches!(text, Text::Verify(_)))
        else {
            return;
        };
        self.heard(now);
        self.sweep.failures = 0;
        if Some(answer.epoch) != self.epoch {
            // It began another life since the hello.
            self.link = LinkState::Unknown;
            return;
        }
        let operations: BTreeSet<OperationId> = answer.operations.iter().copied().collect();
        for sequence in asked.operations {
            let Some(row) = self.rows.operations.get_mut(&sequence) else { continue };
            if operations.contains(&row.id) && holds(Rule::L7OfferedAgain) {
                row.lacked = true;
                effects.push(Effect::StoreLacked { sequence });
            } else if let Some(known) = &mut row.answer
                && known.answered_in != answer.epoch
            {
                known.answered_in = answer.epoch;
                let known = Box::new(known.clone());
                effects.push(Effect::StoreAnswer { sequence, answer: known });
            }
        }
        let photos: BTreeSet<PhotoHash> = answer.photos.iter().copied().collect();
        for hash in asked.photos {
            if photos.contains(&hash) {
                self.photo_lacked(hash, effects);
            } else {
                self.photo_is_there(hash, effects);
            }
        }
        if let Some(until) = asked.until {
            self.sweep.run = Some(until);
        }
    }

    /// Never in the way of what waits: after a few failures, or from a server that does
    /// not know the question, not again before tomorrow or its next life.
    pub(super) fn verify_failed(&mut self, failure: &Failure, now: Timestamp) {
        self.sweep.failures = self.sweep.failures.saturating_add(1);
        let is_patient = matches!(failure, Failure::Unreachable | Failure::Busy { .. })
            && self.sweep.failures < MAX_FAILURES;
        if !is_patient {
            self.sweep = Sweep { last: Some(now), run: None, failures: 0, is_refused: true };
        }
    }

    fn photo_lacked(&mut self, hash: PhotoHash, effects: &mut Vec<Effect>) {
        let Some(photo) = self.rows.photos.get_mut(&hash) else { return };
        if photo.evicted && holds(Rule::L7LossIsShown) {
            self.photo_damaged(hash, effects);
            return;
        }
        photo.lacked = true;
        effects.push(Effect::StorePhotoLacked { hash });
    }

    /// What was called lost came back: from another phone, or out of a bundle.
    fn photo_is_there(&mut self, hash: PhotoHash, effects: &mut Vec<Effect>) {
        if let Some(photo) = self.rows.photos.get_mut(&hash)
            && photo.evicted
            && photo.damaged
        {
            photo.damaged = false;
            effects.push(Effect::StorePhotoDamaged { hash, is_damaged: false });
        }
    }
}
