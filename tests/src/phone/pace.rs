//! The phone's clock: real time, but the waits that the engine asks for pass faster.

use std::time::Duration;

use domain::Timestamp;

use crate::client::now;

/// How fast time passes while a phone only waits. Its clock runs ahead of the
/// server's by what it did not wait, which is allowed: a device's clock is a claim.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Pace {
    /// A wait of so many seconds takes one.
    pub speedup: f64,
    /// A call that makes no progress for this long is given up.
    pub silence: Duration,
}

impl Pace {
    /// As in the field.
    pub const REAL: Pace = Pace { speedup: 1.0, silence: Duration::from_secs(60) };

    /// For tests: the longest wait of the way, a minute, takes 0.3 s.
    pub const HASTY: Pace = Pace { speedup: 200.0, silence: Duration::from_secs(20) };
}

#[derive(Clone, Copy, Debug)]
pub(super) struct PhoneClock {
    pace: Pace,
    ahead_ms: i64,
}

impl PhoneClock {
    pub fn new(pace: Pace) -> Self {
        Self { pace, ahead_ms: 0 }
    }

    pub fn now(&self) -> Timestamp {
        now().plus_millis(self.ahead_ms)
    }

    /// Ends when the clock shows `until`; never when there is nothing to wait for.
    pub async fn pass_until(&mut self, until: Option<Timestamp>) {
        let Some(until) = until else { return std::future::pending().await };
        let wait_ms = until.since(self.now()).max(0);
        let really = Duration::from_secs_f64(wait_ms as f64 / 1_000.0 / self.pace.speedup);
        tokio::time::sleep(really).await; // the wait is the phone's
        self.ahead_ms += until.since(self.now()).max(0);
    }
}
