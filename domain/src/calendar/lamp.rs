//! How near a due time is.

use serde::{Deserialize, Serialize};

use crate::Timestamp;

/// How near a due time is. Shown as colour and shape, never colour alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Lamp {
    /// ●
    OnTime,
    /// ▲ less than a quarter of the time is left.
    Near,
    /// ■
    Over,
    /// The case has ended.
    Ended,
}

/// The moments at which the lamp of an open case changes.
///
/// A share of the time, not a fixed number of hours: the last two hours of a limit
/// of two urgent hours are all of it, and a lamp that is lit from the start says
/// nothing; for ten days two hours are too late to act. A quarter of what was given
/// leaves time to act under every limit. At the due time itself it is not over yet.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct LampTimes {
    /// Later than this it is near.
    pub near_after: Timestamp,
    /// Later than this it is over.
    pub due: Timestamp,
}

impl Lamp {
    /// What several cases are shown with is the last of these that one of them has; `None` is an
    /// open case that nobody is to fix yet.
    pub const BY_URGENCY: [Option<Self>; 5] =
        [Some(Self::Ended), None, Some(Self::OnTime), Some(Self::Near), Some(Self::Over)];

    /// Of a case; `None` while it is open and nobody is to fix it.
    #[must_use]
    pub fn of_case(is_open: bool, times: Option<LampTimes>, now: Timestamp) -> Option<Self> {
        if is_open { times.map(|times| times.at(now)) } else { Some(Self::Ended) }
    }
}

impl LampTimes {
    #[must_use]
    pub const fn of(assigned: Timestamp, due: Timestamp) -> Self {
        let given = due.since(assigned);
        let last_quarter = if given > 0 { given / 4 } else { 0 };
        Self { near_after: due.plus_millis(-last_quarter), due }
    }

    #[must_use]
    pub fn at(self, now: Timestamp) -> Lamp {
        if now > self.due {
            Lamp::Over
        } else if now > self.near_after {
            Lamp::Near
        } else {
            Lamp::OnTime
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_quarter_is_near() {
        let at = Timestamp::from_millis;
        for (assigned, due, now, expected) in [
            (0, 100, 0, Lamp::OnTime),
            (0, 100, 75, Lamp::OnTime),
            (0, 100, 76, Lamp::Near),
            (0, 100, 100, Lamp::Near),
            (0, 100, 101, Lamp::Over),
            // A phone whose clock lags behind the server's.
            (50, 100, 0, Lamp::OnTime),
            // Ordered with a due time that has passed.
            (100, 50, 40, Lamp::OnTime),
            (100, 50, 51, Lamp::Over),
            (i64::MIN, i64::MAX, 0, Lamp::OnTime),
        ] {
            let times = LampTimes::of(at(assigned), at(due));
            assert_eq!(times.at(at(now)), expected, "{assigned} {due} {now}");
        }
    }
}
