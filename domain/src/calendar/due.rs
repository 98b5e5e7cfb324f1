//! When a limit has run out, on each of the four clocks.
//!
//! All of it is whole-number arithmetic on district time: the same on phone and
//! server, and as fast for ten years as for a day.

use super::{
    Calendar, Clock, Limit,
    civil::{DAY_MS, MINUTE_MS},
};
use crate::Timestamp;

const HOUR_MS: i64 = 60 * MINUTE_MS;

impl Calendar {
    /// When `limit`, begun at `start`, has run out.
    ///
    /// - Urgent hours run round the clock from `start`.
    /// - Working hours count only inside working hours of working days. Begun
    ///   outside, they start with the next working minute; a limit that is used up
    ///   exactly when work ends is due then, not when it begins again.
    /// - Working days: the day of `start` does not count; due when work ends on the
    ///   last day.
    /// - Calendar days: the day of `start` does not count; due at 24:00 of the last
    ///   day. It is not moved when that day is a holiday: a catalogue that means
    ///   working days says so.
    ///
    /// Source: 民法典 (Civil Code of the PRC, 2020) article 201, the day on which a
    /// period begins is not counted, periods of hours run from the hour agreed;
    /// article 203, a period ends at 24:00 of its last day, or when business ends
    /// where there are business hours.
    ///
    /// Always later than `start`, except where time itself ends (`i64::MAX`).
    #[must_use]
    pub fn due(&self, start: Timestamp, limit: Limit) -> Timestamp {
        let amount = i64::from(limit.amount());
        let local = self.local_ms(start);
        let today = local.div_euclid(DAY_MS);
        match limit.clock() {
            Clock::UrgentHours => start.plus_millis(amount * HOUR_MS),
            Clock::WorkingHours => self.after_work(local, amount * HOUR_MS),
            Clock::WorkingDays => {
                let last = self.worked.day_of_count(self.worked.count_until(today) + amount);
                self.at_day_ms(last, self.work_ends_ms())
            }
            Clock::CalendarDays => self.at_day_ms(today + amount, DAY_MS),
        }
    }

    /// The first moment at which `work` milliseconds were worked since `local`.
    fn after_work(&self, local: i64, work: i64) -> Timestamp {
        let (today, time) = (local.div_euclid(DAY_MS), local.rem_euclid(DAY_MS));
        let a_day = self.worked_by_ms(DAY_MS);
        let done_today = if self.worked.contains(today) { self.worked_by_ms(time) } else { 0 };

        // Counted from the first worked minute of today, or of the next worked day.
        let total = done_today + work;
        // The last day is used up to its end rather than the next one not at all.
        let (whole_days, rest) = ((total - 1).div_euclid(a_day), (total - 1).rem_euclid(a_day) + 1);
        let days_before = self.worked.count_until(today - 1);
        let day = self.worked.day_of_count(days_before + whole_days + 1);
        self.at_day_ms(day, self.time_of_work_ms(rest))
    }

    /// Milliseconds worked on a working day until `time` (milliseconds of the day).
    fn worked_by_ms(&self, time: i64) -> i64 {
        self.spans_ms().map(|(start, end)| time.clamp(start, end) - start).sum()
    }

    /// The first time of a working day by which `work` was worked.
    fn time_of_work_ms(&self, work: i64) -> i64 {
        let mut left = work;
        for (start, end) in self.spans_ms() {
            if left <= end - start {
                return start + left;
            }
            left -= end - start;
        }
        self.work_ends_ms()
    }

    fn work_ends_ms(&self) -> i64 {
        self.spans_ms().last().map_or(DAY_MS, |(_, end)| end)
    }

    fn spans_ms(&self) -> impl Iterator<Item = (i64, i64)> {
        self.hours
            .iter()
            .map(|hours| (i64::from(hours.start) * MINUTE_MS, i64::from(hours.end) * MINUTE_MS))
    }

    fn at_day_ms(&self, day: i64, time: i64) -> Timestamp {
        self.at_local_ms(day.saturating_mul(DAY_MS).saturating_add(time))
    }
}
