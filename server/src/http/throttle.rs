//! Slows down guessing of passwords, by user name. Memory is bounded: a fixed number of
//! slots, and a name's slot is found by a keyed hash that nobody outside can compute.
//!
//! Never: keyed by address; a forwarded one can be forged, and a whole office shares one.

use std::{
    hash::{BuildHasher, RandomState},
    sync::{Mutex, MutexGuard, PoisonError},
};

use domain::Timestamp;
use tokio::sync::Notify;

const SLOTS: usize = 4096;
/// Wrong passwords before the first wait.
const FREE: u32 = 5;
const FIRST_WAIT_MS: i64 = 5_000;
/// Short, so that nobody can be locked out for long by somebody else's guesses.
const LONGEST_WAIT_MS: i64 = 300_000;
/// After this long without a failure, all is forgotten.
const FORGET_MS: i64 = 900_000;

#[derive(Clone, Copy, Default)]
struct Slot {
    failures: u32,
    last: Timestamp,
    /// Tries whose password is being looked at.
    under_way: u32,
}

pub struct Throttle {
    slots: Mutex<Vec<Slot>>,
    hasher: RandomState,
    /// A try has ended: who waits for its outcome looks again.
    ended: Notify,
}

/// One try. Counted against the name only once its password was seen to be wrong; dropped
/// without a word (the caller hung up, the database was away) it counts for nothing.
#[must_use]
pub struct Try<'a> {
    throttle: &'a Throttle,
    index: usize,
}

impl Default for Throttle {
    fn default() -> Self {
        Self {
            slots: Mutex::new(vec![Slot::default(); SLOTS]),
            hasher: RandomState::new(),
            ended: Notify::new(),
        }
    }
}

impl Throttle {
    /// Waits for a turn: no more are looked at side by side than there are wrong ones free,
    /// so that many at once are no way around the wait, and right ones all get in.
    ///
    /// # Errors
    /// Seconds to wait before the next try.
    pub async fn begin(&self, user: &str, now: impl Fn() -> Timestamp) -> Result<Try<'_>, u64> {
        let index = self.index(user);
        loop {
            // From before the look, so that no end is missed between look and wait.
            let mut ended = std::pin::pin!(self.ended.notified());
            ended.as_mut().enable();
            if self.has_turn(index, now())? {
                return Ok(Try { throttle: self, index });
            }
            ended.await;
        }
    }

    /// `false`: others are being looked at, and what comes of them decides.
    fn has_turn(&self, index: usize, now: Timestamp) -> Result<bool, u64> {
        let mut slots = self.slots();
        let Some(slot) = slots.get_mut(index) else { return Ok(true) };
        if now.since(slot.last) > FORGET_MS {
            slot.failures = 0;
        }
        let wait = wait_ms(slot.failures) - now.since(slot.last);
        if wait > 0 {
            return Err(u64::try_from(wait).unwrap_or(0).div_ceil(1000));
        }
        let at_once = FREE.saturating_sub(slot.failures).max(1);
        let has_turn = slot.under_way < at_once;
        if has_turn {
            slot.under_way = slot.under_way.saturating_add(1);
        }
        Ok(has_turn)
    }

    #[expect(clippy::as_conversions, reason = "any part of the hash will do")]
    fn index(&self, user: &str) -> usize {
        self.hasher.hash_one(user) as usize % SLOTS
    }

    fn slots(&self) -> MutexGuard<'_, Vec<Slot>> {
        self.slots.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Try<'_> {
    pub fn was_right(self) {
        self.change(|slot| (slot.failures, slot.last) = (0, Timestamp::default()));
    }

    pub fn was_wrong(self, now: Timestamp) {
        self.change(|slot| {
            slot.failures = slot.failures.saturating_add(1);
            slot.last = now;
        });
    }

    fn change(&self, change: impl FnOnce(&mut Slot)) {
        if let Some(slot) = self.throttle.slots().get_mut(self.index) {
            change(slot);
        }
    }
}

impl Drop for Try<'_> {
    fn drop(&mut self) {
        self.change(|slot| slot.under_way = slot.under_way.saturating_sub(1));
        self.throttle.ended.notify_waiters();
    }
}

fn wait_ms(failures: u32) -> i64 {
    if failures < FREE {
        return 0;
    }
    let doublings = (failures - FREE).min(16);
    FIRST_WAIT_MS.saturating_mul(1 << doublings).min(LONGEST_WAIT_MS)
}

#[cfg(test)]
mod tests {
    use futures_util::FutureExt as _;

    use super::*;

    #[tokio::test]
    async fn guessing_gets_slower_and_is_forgotten() {
        let throttle = Throttle::default();
        let start = Timestamp::from_millis(1_000_000_000);
        let wrong = async |user, now| {
            let attempt = throttle.begin(user, || now).await?;
            attempt.was_wrong(now);
            Ok::<(), u64>(())
        };
        for _ in 0..FREE {
            assert_eq!(wrong("a", start).await, Ok(()));
        }
        assert_eq!(wrong("a", start).await, Err(5));
        assert_eq!(wrong("b", start).await, Ok(()), "others are not slowed down");
        let later = start.plus_millis(FIRST_WAIT_MS);
        assert_eq!(wrong("a", later).await, Ok(()));
        assert_eq!(wrong("a", later).await, Err(10));
        let much_later = later.plus_millis(FORGET_MS + 1);
        for _ in 0..FREE {
            throttle.begin("a", || much_later).await.unwrap().was_right();
            assert_eq!(wrong("a", much_later).await, Ok(()), "the right one ends the count");
        }
    }

    #[tokio::test]
    async fn tries_side_by_side_wait_for_what_comes_of_the_others() {
        let now = Timestamp::from_millis(1_000_000_000);
        for (ends_right, expected) in [(true, Ok(())), (false, Err(5))] {
            let throttle = Throttle::default();
            let mut begun = Vec::new();
            for _ in 0..FREE {
                begun.push(throttle.begin("a", || now).await.unwrap());
            }
            let mut next = std::pin::pin!(throttle.begin("a", || now));
            assert!(next.as_mut().now_or_never().is_none());
            for attempt in begun {
                if ends_right { attempt.was_right() } else { attempt.was_wrong(now) }
            }
            assert_eq!(next.await.map(drop), expected);
        }
    }

    #[tokio::test]
    async fn who_hangs_up_makes_room_and_is_not_counted() {
        let throttle = Throttle::default();
        let now = Timestamp::from_millis(1_000_000_000);
        for _ in 0..3 * FREE {
            drop(throttle.begin("a", || now).await.unwrap());
        }
        throttle.begin("a", || now).await.unwrap().was_right();
    }

    #[test]
    fn the_wait_is_bounded() {
        assert_eq!(wait_ms(u32::MAX), LONGEST_WAIT_MS);
    }
}
