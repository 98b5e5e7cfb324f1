//! How a photo goes out: whole in one call, or in parts from where the server stands;
//! alone, or beside others where the line carries it.

use super::{
    Effect, Failure, Outbox,
    backoff::OF_A_RECORD,
    rule::{Rule, holds},
    tracked::TrackedPhoto,
};
use crate::{PhotoHash, Timestamp, evidence::Epoch};

/// Bytes above which a photo is sent so that a broken call leaves something behind, be it
/// the line or the page that broke: at 200 kbit/s this much takes 2.5 s.
const IN_PARTS_ABOVE: u64 = 64 * 1024;

/// Failures of the way after which a smaller one is sent so as well.
const IN_PARTS_AFTER: u32 = 2;

/// Photos in flight on a good line.
const MAX_AT_ONCE: usize = 3;

/// Bytes a second of a good line: 2 Mbit/s.
const GOOD_LINE: u64 = 250_000;

/// A call of fewer bytes says more about the delay than about the width.
const TELLING: u64 = 32 * 1024;

/// Offsets in a row that the server took back, before the photo is sent whole.
const MAX_TURNS: u32 = 3;

/// A photo on its way.
#[derive(Clone, Copy, Debug)]
pub(super) struct Sending {
    pub step: Step,
    /// The server's life that was known when it was sent.
    pub epoch: Epoch,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Step {
    Ask,
    Whole,
    From(u64),
}

impl Outbox {
    pub(super) fn start_photo(&mut self, hash: PhotoHash, effects: &mut Vec<Effect>) {
        let (Some(photo), Some(epoch)) = (self.rows.photos.get(&hash), self.epoch) else { return };
        let step = match photo.offset {
            _ if !photo.goes_in_parts() => Step::Whole,
            Some(from) => Step::From(if holds(Rule::S10ServersOffset) { from } else { 0 }),
            None => Step::Ask,
        };
        effects.push(match step {
            Step::Whole => Effect::SendPhoto { hash, from: None },
            Step::From(from) => Effect::SendPhoto { hash, from: Some(from) },
            Step::Ask => Effect::AskOffset(hash),
        });
        self.sending.insert(hash, Sending { step, epoch });
    }

    /// The server says how much it has.
    pub(super) fn photo_offset(
        &mut self,
        hash: PhotoHash,
        offset: u64,
        now: Timestamp,
        random: u64,
        effects: &mut Vec<Effect>,
    ) {
        let Some(sending) = self.sending.remove(&hash) else { return };
        self.heard(now);
        let Some(photo) = self.rows.photos.get_mut(&hash) else { return };
        let is_forward = match sending.step {
            Step::Ask => true,
            Step::From(from) => offset > from,
            Step::Whole => false,
        };
        photo.offset = Some(offset);
        // All of it: then an empty part brings the receipt.
        if is_forward && offset <= photo.length {
            return;
        }
        photo.turns = photo.turns.saturating_add(1);
        if photo.turns > MAX_TURNS {
            photo.turns = 0;
            photo.is_whole = true;
            let why = Failure::Rejected { status: 409, code: "offset".into() };
            photo.tries.failed(OF_A_RECORD, why, now, random);
            let tries = photo.tries.clone();
            effects.push(Effect::StorePhotoTries { hash, tries });
        }
    }

    /// How fast the line was, with as many photos on it as there are now.
    pub(super) fn measured(&mut self, bytes: u64, millis: u64) {
        if bytes < TELLING {
            return;
        }
        let at_once = u64::try_from(self.sending.len()).unwrap_or(1).max(1);
        let rate = bytes.saturating_mul(1_000).saturating_mul(at_once) / millis.max(1);
        self.is_good_line = rate >= GOOD_LINE;
    }

    pub(super) const fn photos_at_once(&self) -> usize {
        if self.is_good_line { MAX_AT_ONCE } else { 1 }
    }
}

impl TrackedPhoto {
    fn goes_in_parts(&self) -> bool {
        let is_broken_often = self.tries.count >= IN_PARTS_AFTER
            && self.tries.last.as_ref().is_some_and(Failure::is_of_the_way);
        let is_split = !self.is_whole && holds(Rule::S10InParts);
        is_split && (self.length > IN_PARTS_ABOVE || is_broken_often)
    }
}
