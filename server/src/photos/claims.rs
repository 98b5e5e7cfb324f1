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
pub(super) struct Claims(Mutex<HashMap<PhotoHash, Slot>>);

#[derive(Debug, Default)]
struct Slot {
    turn: Arc<tokio::sync::Mutex<()>>,
    newest: CancellationToken,
    claims: usize,
}

/// The right to write one photo's part, until it is dropped.
#[derive(Debug)]
pub(super) struct Claim {
    /// Cancelled when somebody newer waits.
    pub(super) superseded: CancellationToken,
    _turn: OwnedMutexGuard<()>,
    _counted: Counted,
}

impl Claims {
    /// Tells who has this photo now to stop, and waits until they did.
    pub(super) async fn claim(self: &Arc<Self>, hash: PhotoHash) -> Claim {
        let (turn, superseded) = {
            let mut slots = self.slots();
            let slot = slots.entry(hash).or_default();
            slot.newest.cancel();
            slot.newest = CancellationToken::new();
            slot.claims += 1;
            (Arc::clone(&slot.turn), slot.newest.clone())
        };
        // Counted before the wait: who gives up waiting is counted out again.
        let counted = Counted { claims: Arc::clone(self), hash };
        Claim { superseded, _turn: turn.lock_owned().await, _counted: counted }
    }

    fn slots(&self) -> MutexGuard<'_, HashMap<PhotoHash, Slot>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[derive(Debug)]
struct Counted {
    claims: Arc<Claims>,
    hash: PhotoHash,
}

impl Drop for Counted {
    fn drop(&mut self) {
        let mut slots = self.claims.slots();
        if let Some(slot) = slots.get_mut(&self.hash) {
            slot.claims = slot.claims.saturating_sub(1);
            if slot.claims == 0 {
                slots.remove(&self.hash);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn the_newest_has_it_and_nothing_is_left() {
        let claims = Arc::new(Claims::default());
        let hash = PhotoHash::of(b"one");
        let first = claims.claim(hash).await;
        let other = claims.claim(PhotoHash::of(b"other")).await;
        assert!(!first.superseded.is_cancelled(), "another photo is no matter of this one");
        let second = tokio::spawn({
            let claims = Arc::clone(&claims);
            async move { claims.claim(hash).await }
        });
        first.superseded.cancelled().await;
        assert!(!second.is_finished(), "it waits until the first one stopped");
        drop(first);
        let second = second.await.unwrap();
        assert!(!second.superseded.is_cancelled());
        drop((second, other));
        assert!(claims.slots().is_empty());
    }
}
