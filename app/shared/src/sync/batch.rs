//! Effects that stand one behind the other and are carried out in one transaction: a
//! batch's receipts must not be half there, and a look at what names a photo reads every
//! record.

use domain::{
    PhotoHash, Timestamp,
    sync::outbox::{Answer, Effect},
};

use super::Sync;

/// Photos given up in one transaction: the next save waits for it.
const EVICTED_AT_ONCE: usize = 50;

impl Sync {
    /// This answer and those right behind it: the rest of its batch.
    pub(super) fn answers_from(&self, first: (u64, Answer)) -> Vec<(u64, Answer)> {
        let (mut answers, mut queue) = (vec![first], self.queue.borrow_mut());
        while let Some(Effect::StoreAnswer { sequence, answer }) =
            queue.pop_front_if(|next| matches!(next, Effect::StoreAnswer { .. }))
        {
            answers.push((sequence, *answer));
        }
        answers
    }

    /// This photo and those right behind it: a backup covers many at once.
    pub(super) fn evicted_from(
        &self,
        first: (PhotoHash, Timestamp),
    ) -> Vec<(PhotoHash, Timestamp)> {
        let (mut photos, mut queue) = (vec![first], self.queue.borrow_mut());
        while photos.len() < EVICTED_AT_ONCE
            && let Some(Effect::FreePhoto { hash, covered }) =
                queue.pop_front_if(|next| matches!(next, Effect::FreePhoto { .. }))
        {
            photos.push((hash, covered));
        }
        photos
    }
}
