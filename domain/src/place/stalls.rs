//! Where and when a stall is permitted, so that an inspector is told before
//! reporting one that is allowed until 22:00.

use super::Stall;
use crate::{
    CategoryCode, Timestamp,
    calendar::{Calendar, DayHours},
    duty::PermittedStall,
};

/// Of the stalls of a place, the one that permits `category` now for longest.
pub(super) fn permitted<'a>(
    stalls: impl Iterator<Item = &'a Stall>,
    calendar: &Calendar,
    category: &CategoryCode,
    captured: Timestamp,
) -> Option<PermittedStall> {
    stalls
        .filter(|stall| stall.categories.contains(category))
        .filter_map(|stall| Some((open_until(stall, calendar, captured)?, stall)))
        .max_by(|(a_until, a), (b_until, b)| a_until.cmp(b_until).then_with(|| b.code.cmp(&a.code)))
        .map(|(until, stall)| PermittedStall {
            stall: stall.code.clone(),
            names: stall.names.clone(),
            until,
        })
}

/// When the hours that hold `at` end; hours that follow one another without a gap
/// are one. Weekday and days in force are those of the day on which hours begin.
fn open_until(stall: &Stall, calendar: &Calendar, at: Timestamp) -> Option<Timestamp> {
    let mut until = None;
    let mut spans = spans_around(stall, calendar, at);
    spans.sort_by_key(|span| *span);
    for (start, end) in spans {
        let reached = until.unwrap_or(at);
        if start <= reached && reached <= end && at < end {
            until = Some(end);
        }
    }
    until
}

/// Spans that begin between the day before `at` and the day after: who is open
/// round the clock is told "until tomorrow", and that is enough.
fn spans_around(stall: &Stall, calendar: &Calendar, at: Timestamp) -> Vec<(Timestamp, Timestamp)> {
    let today = calendar.local(at).date();
    [today.yesterday(), Ok(today), today.tomorrow()]
        .into_iter()
        .flatten()
        .filter(|day| stall.weekdays.contains(day.weekday()) && stall.force.on(*day))
        .flat_map(|day| {
            let midnight = calendar.timestamp_of(day.at(0, 0, 0, 0));
            stall.hours.iter().map(move |hours| span(midnight, *hours))
        })
        .collect()
}

fn span(midnight: Timestamp, hours: DayHours) -> (Timestamp, Timestamp) {
    const MINUTE_MS: i64 = 60_000;
    let end_day = if hours.runs_past_midnight() { 24 * 60 } else { 0 };
    let at = |minutes: i64| midnight.plus_millis(minutes * MINUTE_MS);
    (at(i64::from(hours.start)), at(end_day + i64::from(hours.end)))
}
