//! Which days are worked, counted rather than walked: a limit of ten years costs a
//! binary search.
//!
//! Days are numbered, so that no arithmetic leaves the range of a calendar.

use std::collections::BTreeMap;

use super::{
    civil::day_number,
    days::{DayException, DayKind},
    weekdays::Weekdays,
};

/// The days that are worked: weekdays, and exceptions to them.
#[derive(Clone, Debug)]
pub(super) struct Worked {
    /// Monday first.
    week: [bool; 7],
    /// Days that differ from their weekday, in order, with how many such days were
    /// won (+1) or lost (−1) up to and including each.
    swapped: Vec<(i64, i64)>,
}

impl Worked {
    /// Without any weekday, every day is worked: a due time that never comes would
    /// hide a case. (The pack's check refuses such a calendar.)
    pub(super) fn new(weekdays: Weekdays, exceptions: &[DayException]) -> Self {
        let weekdays = if weekdays.is_empty() { Weekdays::ALL } else { weekdays };
        let week = std::array::from_fn(|index| {
            let offset = i8::try_from(index).unwrap_or(0);
            jiff::civil::Weekday::from_monday_zero_offset(offset)
                .is_ok_and(|day| weekdays.contains(day))
        });
        let mut worked = Self { week, swapped: Vec::new() };

        // The last word on a date counts.
        let days: BTreeMap<i64, DayKind> =
            exceptions.iter().map(|day| (day_number(day.date), day.kind)).collect();
        let mut gained = 0;
        for (day, kind) in days {
            match (worked.is_weekday_worked(day), kind) {
                (true, DayKind::Holiday) => gained -= 1,
                (false, DayKind::Working) => gained += 1,
                _ => continue,
            }
            worked.swapped.push((day, gained));
        }
        worked
    }

    pub(super) fn contains(&self, day: i64) -> bool {
        let is_swapped = self.swapped.binary_search_by_key(&day, |(day, _)| *day).is_ok();
        self.is_weekday_worked(day) != is_swapped
    }

    /// Worked days up to and including `day`, from a fixed but arbitrary day on.
    pub(super) fn count_until(&self, day: i64) -> i64 {
        let since_monday = day.saturating_add(MONDAY_TO_EPOCH);
        let (weeks, weekday) = (since_monday.div_euclid(7), since_monday.rem_euclid(7));
        let this_week: i64 =
            self.week.iter().zip(0..=weekday).map(|(worked, _)| i64::from(*worked)).sum();
        let passed = self.swapped.partition_point(|(swapped, _)| *swapped <= day);
        let gained = passed.checked_sub(1).and_then(|last| self.swapped.get(last));
        weeks * self.per_week() + this_week + gained.map_or(0, |(_, gained)| *gained)
    }

    /// The first day up to which `count` days are worked.
    pub(super) fn day_of_count(&self, count: i64) -> i64 {
        // Exceptions move a day by at most as many weeks as there are of them.
        let swapped = i64::try_from(self.swapped.len()).unwrap_or(i64::MAX);
        let guess = |count: i64| count.saturating_mul(7) / self.per_week() - MONDAY_TO_EPOCH;
        let mut before = guess(count.saturating_sub(swapped)).saturating_sub(14);
        let mut found = guess(count.saturating_add(swapped)).saturating_add(14);
        while found - before > 1 {
            let middle = before + (found - before) / 2;
            if self.count_until(middle) < count {
                before = middle;
            } else {
                found = middle;
            }
        }
        found
    }

    fn is_weekday_worked(&self, day: i64) -> bool {
        let weekday = day.saturating_add(MONDAY_TO_EPOCH).rem_euclid(7);
        usize::try_from(weekday).ok().and_then(|index| self.week.get(index)) == Some(&true)
    }

    /// At least 1.
    fn per_week(&self) -> i64 {
        self.week.iter().map(|worked| i64::from(*worked)).sum::<i64>().max(1)
    }
}

/// Days from a Monday to 1970-01-01.
const MONDAY_TO_EPOCH: i64 = 3;
