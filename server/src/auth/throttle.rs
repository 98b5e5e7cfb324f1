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

/// Far more than a district has accounts; two names that share a slot wait together.
const SLOTS: usize = 4096;
/// Wrong passwords before the first wait.
const FREE_ATTEMPTS: u32 = 5;
const FIRST_WAIT_MS: i64 = 5_000;
/// Five minutes: nobody can be locked out for long by somebody else's guesses, and a guesser
/// has fewer than 300 tries a day.
const MAX_WAIT_MS: i64 = 300_000;
/// After this long without a failure, the count begins anew.
const FORGOTTEN_AFTER_MS: i64 = 900_000;

#[derive(Clone, Copy, Default)]
struct Slot {
    failures: u32,
    last: Timestamp,
    /// Attempts whose password is being verified.
    pending: u32,
}

pub struct Throttle {
    slots: Mutex<Vec<Slot>>,
    hasher: RandomState,
    /// Notified when an attempt has ended: whoever waits for a turn checks again.
    ended: Notify,
}

/// One attempt. Counted against the name only once its password was found to be wrong; when
/// it is dropped before that (the client hung up, the database failed) it is not counted.
#[must_use]
pub struct Attempt<'a> {
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
    /// Waits for a turn. No more passwords of one name are verified at the same time than may
    /// still be wrong without a wait: many requests at once are no way around the wait, and
    /// right passwords all get in.
    ///
    /// # Errors
    /// Seconds to wait before the next attempt.
    pub async fn begin(&self, user: &str, now: impl Fn() -> Timestamp) -> Result<Attempt<'_>, u64> {
        let index = self.index(user);
        loop {
            // Registered before the check, so that no end between check and wait is missed.
            let mut ended = std::pin::pin!(self.ended.notified());
            ended.as_mut().enable();
            if self.take_turn(index, now())? {
                return Ok(Attempt { throttle: self, index });
            }
            ended.await;
        }
    }

    /// `false`: others are being verified, and their outcome decides.
    fn take_turn(&self, index: usize, now: Timestamp) -> Result<bool, u64> {
        let mut slots = self.slots();
        let Some(slot) = slots.get_mut(index) else { return Ok(true) };
        if now.since(slot.last) > FORGOTTEN_AFTER_MS {
            slot.failures = 0;
        }
        let wait = wait_ms(slot.failures) - now.since(slot.last);
        if wait > 0 {
            return Err(u64::try_from(wait).unwrap_or(0).div_ceil(1000));
        }
        let at_once = FREE_ATTEMPTS.saturating_sub(slot.failures).max(1);
        let has_turn = slot.pending < at_once;
        if has_turn {
            slot.pending = slot.pending.saturating_add(1);
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

impl Attempt<'_> {
    pub fn succeeded(self) {
        self.change(|slot| (slot.failures, slot.last) = (0, Timestamp::default()));
    }

    pub fn failed(self, now: Timestamp) {
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

impl Drop for Attempt<'_> {
    fn drop(&mut self) {
        self.change(|slot| slot.pending = slot.pending.saturating_sub(1));
        self.throttle.ended.notify_waiters();
    }
}

fn wait_ms(failures: u32) -> i64 {
    if failures < FREE_ATTEMPTS {
        return 0;
    }
    let doublings = (failures - FREE_ATTEMPTS).min(16);
    FIRST_WAIT_MS.saturating_mul(1 << doublings).min(MAX_WAIT_MS)
}

#[cfg(test)]
mod tests {
    use futures_util::FutureExt as _;

    use super::*;

    #[tokio::test]
    async fn wrong_passwords_of_a_name_make_it_wait_longer_each_time_until_they_are_forgotten() {
        let throttle = Throttle::default();
        let start = Timestamp::from_millis(1_000_000_000);
        let wrong = async |user, now| {
            let attempt = throttle.begin(user, || now).await?;
            attempt.failed(now);
            Ok::<(), u64>(())
        };
        for _ in 0..FREE_ATTEMPTS {
            assert_eq!(wrong("a", start).await, Ok(()));
        }
        assert_eq!(wrong("a", start).await, Err(5));
        assert_eq!(wrong("b", start).await, Ok(()), "others are not slowed down");
        let later = start.plus_millis(FIRST_WAIT_MS);
        assert_eq!(wrong("a", later).await, Ok(()));
        assert_eq!(wrong("a", later).await, Err(10));
        let much_later = later.plus_millis(FORGOTTEN_AFTER_MS + 1);
        for _ in 0..FREE_ATTEMPTS {
            throttle.begin("a", || much_later).await.unwrap().succeeded();
            assert_eq!(wrong("a", much_later).await, Ok(()), "the right password resets the count");
        }
    }

    #[tokio::test]
    async fn attempts_at_the_same_time_wait_for_the_outcome_of_the_others() {
        let now = Timestamp::from_millis(1_000_000_000);
        for (ends_right, expected) in [(true, Ok(())), (false, Err(5))] {
            let throttle = Throttle::default();
            let mut begun = Vec::new();
            for _ in 0..FREE_ATTEMPTS {
                begun.push(throttle.begin("a", || now).await.unwrap());
            }
            let mut next = std::pin::pin!(throttle.begin("a", || now));
            assert!(next.as_mut().now_or_never().is_none());
            for attempt in begun {
                if ends_right { attempt.succeeded() } else { attempt.failed(now) }
            }
            assert_eq!(next.await.map(drop), expected);
        }
    }

    #[tokio::test]
    async fn an_attempt_that_is_dropped_is_not_counted_and_gives_its_turn_away() {
        let throttle = Throttle::default();
        let now = Timestamp::from_millis(1_000_000_000);
        for _ in 0..3 * FREE_ATTEMPTS {
            drop(throttle.begin("a", || now).await.unwrap());
        }
        throttle.begin("a", || now).await.unwrap().succeeded();
    }

    #[test]
    fn the_wait_is_bounded_after_any_number_of_failures() {
        assert_eq!(wait_ms(u32::MAX), MAX_WAIT_MS);
    }
}
