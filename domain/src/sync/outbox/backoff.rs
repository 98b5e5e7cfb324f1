//! How long to wait before the next try: exponential with full jitter, so that a
//! thousand phones do not come back in step when a network returns.

use super::rule::{Rule, holds};
use crate::Timestamp;

/// Between one try and the next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Backoff {
    /// Doubled with each try.
    base_ms: i64,
    most_ms: i64,
}

/// The way to the server: a hello is small, and people wait for it.
pub(super) const OF_THE_WAY: Backoff = Backoff { base_ms: 2_000, most_ms: 60_000 };

/// One record or photo that the server would not take by itself.
pub(super) const OF_A_RECORD: Backoff = Backoff { base_ms: 10_000, most_ms: 30 * 60_000 };

impl Backoff {
    /// When try number `tries` + 1 may begin. There is no last try. Never less than a
    /// quarter of a second, or a failing server is asked in a circle.
    pub(super) fn next(self, tries: u32, now: Timestamp, random: u64) -> Timestamp {
        let ceiling = self.base_ms.saturating_mul(1_i64 << tries.min(20)).min(self.most_ms);
        let share = i64::try_from(random % 1_024).unwrap_or(0);
        now.plus_millis((ceiling * share / 1_024).max(250))
    }

    /// As long as was asked for, up to the longest wait.
    pub(super) fn at_most(self, millis: u32, now: Timestamp) -> Timestamp {
        now.plus_millis(i64::from(millis).min(self.most_ms))
    }

    /// A wait that was reckoned on a clock that has since been set back would last
    /// for ever: no wait is longer than the longest.
    pub(super) fn is_over(self, until: Timestamp, now: Timestamp) -> bool {
        until <= now || (until.since(now) > self.most_ms && holds(Rule::S11ClockSetBack))
    }
}

/// Another random number from one that was handed in (SplitMix64).
pub(super) fn another(random: u64, index: u64) -> u64 {
    let mut z = random.wrapping_add(index.wrapping_mul(0x9e37_79b9_7f4a_7c15));
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waits_grow_to_a_ceiling_and_never_stop() {
        let now = Timestamp::from_millis(1_000_000);
        let longest = u64::MAX;
        let mut before = 0;
        for tries in 0..40 {
            let wait = OF_THE_WAY.next(tries, now, longest).since(now);
            assert!((before..=60_000).contains(&wait), "{tries}: {wait}");
            before = wait;
        }
        assert!(before > 59_000);
        assert_eq!(OF_THE_WAY.next(3, now, 0).since(now), 250);
    }

    #[test]
    fn a_clock_set_back_does_not_silence_the_phone() {
        let until = Timestamp::from_millis(1_000_000_000);
        assert!(!OF_THE_WAY.is_over(until, until.plus_millis(-1_000)));
        assert!(OF_THE_WAY.is_over(until, Timestamp::from_millis(0)));
    }
}
