//! Who is sending which photo in parts: one at a time for each photo, and the newest one.
//! A phone whose line broke asks again while the server still waits on the dead line.
//!
//! Never: keeps anything of a photo that nobody is sending.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use domain::PhotoHash;
use tokio::sync::OwnedMutexGuard;
use tokio_util::sync::CancellationToken;

#[derive(Debug, Default)]
pub(super) struct UploadLocks(Mutex<HashMap<PhotoHash, Slot>>);

#[derive(Debug, Default)]
struct Slot {
    mutex: Arc<tokio::sync::Mutex<()>>,
    newest: CancellationToken,
    /// Who has the lock or waits for it.
    holders: usize,
}

/// The right to write one photo's part, until it is dropped.
#[derive(Debug)]
pub(super) struct UploadLock {
    /// Cancelled when somebody newer waits.
    pub(super) superseded: CancellationToken,
    _guard: OwnedMutexGuard<()>,
    _counted: Counted,
}

impl UploadLocks {
    /// Tells who has this photo now to stop, and waits until they did.
    pub(super) async fn lock(self: &Arc<Self>, hash: PhotoHash) -> UploadLock {
        let (mutex, superseded) = {
            let mut slots = self.slots();
            let slot = slots.entry(hash).or_default();
            slot.newest.cancel();
            slot.newest = CancellationToken::new();
            slot.holders += 1;
            (Arc::clone(&slot.mutex), slot.newest.clone())
        };
        // Counted before the wait: who gives up waiting is counted out again.
        let counted = Counted { locks: Arc::clone(self), hash };
        UploadLock { superseded, _guard: mutex.lock_owned().await, _counted: counted }
    }

    fn slots(&self) -> MutexGuard<'_, HashMap<PhotoHash, Slot>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[derive(Debug)]
struct Counted {
    locks: Arc<UploadLocks>,
    hash: PhotoHash,
}

impl Drop for Counted {
    fn drop(&mut self) {
        let mut slots = self.locks.slots();
        if let Some(slot) = slots.get_mut(&self.hash) {
            slot.holders = slot.holders.saturating_sub(1);
            if slot.holders == 0 {
                slots.remove(&self.hash);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn newest_upload_gets_the_lock_and_nothing_is_left_of_the_others() {
        let locks = Arc::new(UploadLocks::default());
        let hash = PhotoHash::of(b"one");
        let first = locks.lock(hash).await;
        let other = locks.lock(PhotoHash::of(b"other")).await;
        assert!(!first.superseded.is_cancelled(), "another photo is no matter of this one");
        let second = tokio::spawn({
            let locks = Arc::clone(&locks);
            async move { locks.lock(hash).await }
        });
        first.superseded.cancelled().await;
        assert!(!second.is_finished(), "it waits until the first one stopped");
        drop(first);
        let second = second.await.unwrap();
        assert!(!second.superseded.is_cancelled());
        drop((second, other));
        assert!(locks.slots().is_empty());
    }
}
