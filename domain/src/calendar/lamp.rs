//! How near a due time is.

use crate::Timestamp;

/// How near a due time is. Shown as colour and shape, never colour alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
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

/// The lamp of an open case.
///
/// A share of the time, not a fixed number of hours: the last two hours of a limit
/// of two urgent hours are all of it, and a lamp that is lit from the start says
/// nothing; for ten days two hours are too late to act. A quarter of what was given
/// leaves time to act under every limit. At the due time itself it is not over yet.
#[must_use]
pub fn lamp(assigned: Timestamp, due: Timestamp, now: Timestamp) -> Lamp {
    let whole = due.since(assigned).max(0);
    let left = due.since(now);
    if left < 0 {
        Lamp::Over
    } else if left < whole / 4 {
        Lamp::Near
    } else {
        Lamp::OnTime
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
            assert_eq!(lamp(at(assigned), at(due), at(now)), expected, "{assigned} {due} {now}");
        }
    }
}
