//! When a photo's bytes may leave the phone. Receipts are not enough: a server that is
//! restored from yesterday's backup has never heard of today.

use super::{
    Effect, Outbox,
    rule::{Rule, holds},
    tracked::TrackedPhoto,
};
use crate::{PhotoHash, Timestamp, evidence::Receipt};

/// Milliseconds after which a receipt is trusted without a backup: 14 days, by the
/// phone's clock and by the server's.
const TRUSTED_AFTER_MS: i64 = 14 * 24 * 60 * 60 * 1_000;

impl Outbox {
    /// Gives up what may be given up by now.
    pub(super) fn free_what_may_be(&mut self, now: Timestamp, effects: &mut Vec<Effect>) {
        let hashes: Vec<_> = self
            .rows
            .photos
            .iter()
            .filter(|(_, photo)| !photo.evicted && photo.answer.is_some())
            .map(|(hash, _)| *hash)
            .collect();
        for hash in hashes {
            self.free_if_possible(hash, now, effects);
        }
    }

    pub(super) fn free_if_possible(
        &mut self,
        hash: PhotoHash,
        now: Timestamp,
        effects: &mut Vec<Effect>,
    ) {
        let Some(photo) = self.rows.photos.get(&hash) else { return };
        let Some(covered) = self.covered(photo, now) else { return };
        if self.rows.may_be_evicted(&hash, self.epoch, covered)
            && !self.sending.contains_key(&hash)
            && let Some(photo) = self.rows.photos.get_mut(&hash)
        {
            photo.evicted = true;
            effects.push(Effect::FreePhoto { hash, covered });
        }
    }

    /// Receipts that were given before this are safe to rely on.
    fn covered(&self, photo: &TrackedPhoto, now: Timestamp) -> Option<Timestamp> {
        let heard = photo.answer.as_ref()?.heard.unwrap_or(photo.kept_at);
        let by_age = self
            .server_now
            .filter(|_| now.since(heard) >= TRUSTED_AFTER_MS || !holds(Rule::L7DaysOfPhone))
            .map(|server| match holds(Rule::L7DaysOfServer) {
                true => server.plus_millis(1 - TRUSTED_AFTER_MS),
                false => server,
            });
        let covered = self.backed_up.max(by_age);
        if holds(Rule::L7Covered) { covered } else { self.server_now }
    }
}

/// Whether the records that name a photo can spare its bytes: each with a receipt that
/// names it, of before `covered`. `None`: it has none that counts.
pub(super) fn are_all_safe<'a>(
    receipts: impl Iterator<Item = Option<&'a Receipt>>,
    hash: &PhotoHash,
    covered: Timestamp,
) -> bool {
    let is_safe = |receipt: &Receipt| {
        let is_named = receipt.stated.subject.names(hash) || !holds(Rule::L5NamedBeforeFreed);
        is_named && receipt.stated.at < covered
    };
    let mut safe = receipts.map(|receipt| receipt.is_some_and(is_safe));
    if holds(Rule::D4EveryRecord) { safe.all(|it| it) } else { safe.any(|it| it) }
}
