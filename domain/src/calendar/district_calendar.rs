//! The district's calendar, made once from a pack: civil time of the district, and which
//! days are worked.
//!
//! Never: a time zone database. China has one offset without summer time, and a
//! pack states it.

use jiff::civil::{Date, DateTime};

use super::{
    civil::{self, MINUTE_MS},
    hours::{DayHours, MINUTES_PER_DAY},
    worked::Worked,
};
use crate::{Timestamp, pack::DistrictPack};

/// The district's calendar, made once from a pack.
#[derive(Clone, Debug)]
pub struct Calendar {
    offset_ms: i64,
    pub(super) worked: Worked,
    /// In order, apart from each other, never empty.
    pub(super) hours: Vec<DayHours>,
}

impl Calendar {
    #[must_use]
    pub fn new(pack: &DistrictPack) -> Self {
        Self {
            offset_ms: i64::from(pack.utc_offset_minutes) * MINUTE_MS,
            worked: Worked::new(pack.hours.weekdays, &pack.days),
            hours: in_order(&pack.hours.hours),
        }
    }

    /// What a clock on a wall of the district shows. Beyond the years −9999 to 9999,
    /// the nearest time within.
    #[must_use]
    pub fn local(&self, at: Timestamp) -> DateTime {
        civil::wall_time(self.local_ms(at))
    }

    /// When a clock on a wall of the district shows `local`.
    #[must_use]
    pub fn timestamp_of(&self, local: DateTime) -> Timestamp {
        self.at_local_ms(civil::local_ms_of(local))
    }

    /// Whether offices work on that day: weekday, public holiday, swapped day.
    #[must_use]
    pub fn is_working_day(&self, date: Date) -> bool {
        self.worked.contains(civil::day_number(date))
    }

    /// Milliseconds of district time since 1970-01-01T00:00 district time.
    pub(super) const fn local_ms(&self, at: Timestamp) -> i64 {
        at.millis().saturating_add(self.offset_ms)
    }

    pub(super) const fn at_local_ms(&self, local: i64) -> Timestamp {
        Timestamp::from_millis(local.saturating_sub(self.offset_ms))
    }
}

/// Sorted, merged where they overlap, cut at midnight. Without any, the whole day:
/// a due time that never comes would hide a case. (The pack's check refuses what is
/// mended here.)
fn in_order(hours: &[DayHours]) -> Vec<DayHours> {
    let end = |hours: &DayHours| {
        let end = if hours.runs_past_midnight() { MINUTES_PER_DAY } else { hours.end };
        end.min(MINUTES_PER_DAY)
    };
    let mut sorted: Vec<DayHours> =
        hours.iter().map(|hours| DayHours { start: hours.start, end: end(hours) }).collect();
    sorted.retain(|hours| hours.start < hours.end);
    sorted.sort_by_key(|hours| hours.start);

    let mut merged: Vec<DayHours> = Vec::with_capacity(sorted.len());
    for hours in sorted {
        match merged.last_mut() {
            Some(last) if hours.start <= last.end => last.end = last.end.max(hours.end),
            _ => merged.push(hours),
        }
    }
    if merged.is_empty() {
        merged.push(DayHours { start: 0, end: MINUTES_PER_DAY });
    }
    merged
}
