//! How a photo goes out: in parts from where the server stands, each a whole request; alone, or
//! beside others where the line carries it.

use std::ops::Range;

use super::{
    Effect, Failure, Outbox,
    backoff::OF_A_RECORD,
    rule::{Rule, holds},
    tracked::TrackedPhoto,
};
use crate::{PhotoHash, Timestamp, evidence::Epoch};

/// Bytes up to which a photo goes in one request: nginx lets 1 MiB through unless it is told
/// otherwise (`client_max_body_size`).
const IN_ONE_UP_TO: u64 = 900 * 1024;

/// Bytes of a part of a larger one, and of one that did not get through at once: at 200 kbit/s it
/// takes ten seconds.
const PART: u64 = 256 * 1024;

/// The smallest part. A proxy that lets no more through lets no photo through.
const SMALLEST_PART: u64 = 16 * 1024;

/// Failures of the way after which the parts of a photo are halved: some firewalls end a
/// connection that carries too much, without a word.
const HALVED_AFTER: u32 = 2;

/// … to a quarter, so that a photo on a bad line is not hundreds of requests.
const HALVED_AT_MOST: u32 = 2;

/// Photos in flight on a good line.
const MAX_AT_ONCE: usize = 3;

/// Bytes a second of a good line: 2 Mbit/s.
const GOOD_LINE: u64 = 250_000;

/// A call of fewer bytes says more about the delay than about the width.
const TELLING: u64 = 32 * 1024;

/// Offsets in a row that the server took back, before the photo is sent whole.
const MAX_TURNS: u32 = 3;

/// A photo on its way.
#[derive(Clone, Debug)]
pub(super) struct Sending {
    pub step: Step,
    /// The server's life that was known when it was sent.
    pub epoch: Epoch,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Step {
    Ask,
    Whole,
    Part(Range<u64>),
}

impl Outbox {
    pub(super) fn start_photo(&mut self, hash: PhotoHash, effects: &mut Vec<Effect>) {
        let (Some(photo), Some(epoch)) = (self.rows.photos.get(&hash), self.epoch) else { return };
        let step = match photo.offset {
            _ if photo.is_whole || !holds(Rule::S10InParts) => Step::Whole,
            Some(offset) => {
                let from = if holds(Rule::S10ServersOffset) { offset } else { 0 };
                Step::Part(from..photo.part_end(from, self.largest_part))
            }
            None => Step::Ask,
        };
        let part = match &step {
            Step::Whole => None,
            Step::Part(part) => Some(part.clone()),
            Step::Ask => Some(photo.length..photo.length),
        };
        effects.push(Effect::SendPhoto { hash, part });
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
            Step::Part(part) => offset > part.start,
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

    /// Whether a part that somebody on the way called too large goes again at once, as smaller
    /// ones. On this connection no part is larger from then on, of whatever photo: the way is the
    /// same.
    pub(super) fn goes_smaller(&mut self, sent: &Step, failure: &Failure) -> bool {
        let Step::Part(part) = sent else { return false };
        let size = part.end.saturating_sub(part.start);
        let smaller = if size > PART { PART } else { size / 2 };
        if !failure.is_too_large() || smaller < SMALLEST_PART {
            return false;
        }
        self.largest_part = Some(smaller);
        true
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
    /// Where the part that begins at `from` ends; `largest` is what the way lets through, where
    /// that is known.
    fn part_end(&self, from: u64, largest: Option<u64>) -> u64 {
        let broken = match &self.tries.last {
            Some(failure) if failure.is_of_the_way() => self.tries.count,
            _ => 0,
        };
        let size = if self.length <= IN_ONE_UP_TO && broken < HALVED_AFTER {
            self.length
        } else {
            PART >> (broken / HALVED_AFTER).min(HALVED_AT_MOST)
        };
        let size = size.min(largest.unwrap_or(u64::MAX)).max(SMALLEST_PART);
        from.saturating_add(size).min(self.length)
    }
}
