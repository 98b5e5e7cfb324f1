//! Counting against walking: any calendar a district could have, day by day.

use domain::{
    Lang, Timestamp,
    calendar::{Calendar, Clock, DayException, DayHours, DayKind, Limit, Weekdays},
};
use jiff::civil::{Date, Weekday, date};
use proptest::prelude::*;

use super::{
    calendar_of,
    common::{at, pack},
};

/// Any calendar a district could have, and some it should not.
fn any_calendar() -> impl Strategy<Value = (Weekdays, Vec<DayHours>, Vec<DayException>)> {
    let weekdays = proptest::collection::vec(0..7_i8, 1..8).prop_map(|days| {
        days.into_iter().fold(Weekdays::NONE, |set, day| {
            set.with(Weekday::from_monday_zero_offset(day).unwrap())
        })
    });
    let hours = proptest::collection::btree_set(0..=1440_u16, 2..7).prop_map(|bounds| {
        let bounds: Vec<u16> = bounds.into_iter().collect();
        bounds.chunks_exact(2).map(|pair| DayHours { start: pair[0], end: pair[1] }).collect()
    });
    let exception = (0..800_i64, any::<bool>()).prop_map(|(day, is_holiday)| {
        let kind = if is_holiday { DayKind::Holiday } else { DayKind::Working };
        let date = date(2025, 6, 1).checked_add(jiff::Span::new().days(day)).unwrap();
        DayException { date, kind, name: "".into() }
    });
    (weekdays, hours, proptest::collection::vec(exception, 0..60))
}

fn any_clock() -> impl Strategy<Value = Clock> {
    prop_oneof![
        Just(Clock::UrgentHours),
        Just(Clock::WorkingHours),
        Just(Clock::WorkingDays),
        Just(Clock::CalendarDays),
    ]
}

/// Milliseconds within 2026.
fn any_time() -> impl Strategy<Value = Timestamp> {
    (0..365 * 86_400_000_i64).prop_map(|ms| at("2026-01-01 00:00").plus_millis(ms))
}

/// The day's working hours by walking, and the sum of what was walked.
fn walked(
    calendar: &Calendar,
    hours: &[DayHours],
    start: Timestamp,
    amount: u32,
    clock: Clock,
) -> Timestamp {
    let moment = |day: Date, minute: u16| {
        calendar.timestamp_of(day.at(0, 0, 0, 0)).plus_millis(i64::from(minute) * 60_000)
    };
    let mut day = calendar.local(start).date();
    let mut left = i64::from(amount) * if clock == Clock::WorkingHours { 3_600_000 } else { 1 };
    loop {
        if clock == Clock::WorkingHours && calendar.is_working_day(day) {
            for span in hours {
                let from = moment(day, span.start).max(start);
                let until = moment(day, span.end);
                let worked = until.since(from).max(0);
                if left <= worked {
                    return from.plus_millis(left);
                }
                left -= worked;
            }
        }
        day = day.tomorrow().unwrap();
        if clock == Clock::CalendarDays
            || clock == Clock::WorkingDays && calendar.is_working_day(day)
        {
            left -= 1;
            if left == 0 {
                let end =
                    if clock == Clock::CalendarDays { 1440 } else { hours.last().unwrap().end };
                return moment(day, end);
            }
        }
    }
}

proptest! {
    #[test]
    fn counting_agrees_with_walking(
        (weekdays, hours, days) in any_calendar(), start in any_time(), amount in 1..60_u32, clock in any_clock(),
    ) {
        let calendar = calendar_of(weekdays, &hours, &days);
        let due = calendar.due(start, Limit::new(amount, clock).unwrap());
        let expected = match clock {
            Clock::UrgentHours => start.plus_millis(i64::from(amount) * 3_600_000),
            _ => walked(&calendar, &hours, start, amount, clock),
        };
        prop_assert_eq!(calendar.local(due), calendar.local(expected));
    }

    #[test]
    fn later_begun_is_never_sooner_due(
        (weekdays, hours, days) in any_calendar(), start in any_time(), later in 0..40 * 86_400_000_i64,
        amount in 1..=Limit::MOST, more in 0..50_u32, clock in any_clock(),
    ) {
        let calendar = calendar_of(weekdays, &hours, &days);
        let limit = |amount: u32| Limit::new(amount.min(Limit::MOST), clock).unwrap();
        let due = calendar.due(start, limit(amount));
        prop_assert!(due > start);
        prop_assert!(due <= calendar.due(start.plus_millis(later), limit(amount)));
        prop_assert!(due <= calendar.due(start, limit(amount + more)));
    }

    #[test]
    fn work_is_due_while_offices_work(
        (weekdays, hours, days) in any_calendar(), start in any_time(), amount in 1..=Limit::MOST,
        by_hours in any::<bool>(),
    ) {
        let calendar = calendar_of(weekdays, &hours, &days);
        let clock = if by_hours { Clock::WorkingHours } else { Clock::WorkingDays };
        let due = calendar.due(start, Limit::new(amount, clock).unwrap());
        // The last millisecond before it is worked.
        let before = calendar.local(due.plus_millis(-1));
        prop_assert!(calendar.is_working_day(before.date()));
        prop_assert!(hours.iter().any(|span| span.contains(before.time())), "{before}");
    }

    #[test]
    fn no_time_and_no_calendar_panics(
        start in any::<i64>(), offset in any::<i16>(), bits in proptest::collection::vec(0..7_i8, 0..7),
        hours in proptest::collection::vec(any::<(u16, u16)>(), 0..5),
        amount in 1..=Limit::MOST, clock in any_clock(),
    ) {
        let mut pack = pack();
        pack.utc_offset_minutes = offset;
        pack.hours.weekdays = bits.into_iter().fold(Weekdays::NONE, |set, day| {
            set.with(Weekday::from_monday_zero_offset(day).unwrap())
        });
        pack.hours.hours = hours.into_iter().map(|(start, end)| DayHours { start, end }).collect();
        let calendar = Calendar::new(&pack);
        for start in [start, i64::MIN, i64::MAX, 0].map(Timestamp::from_millis) {
            let due = calendar.due(start, Limit::new(amount, clock).unwrap());
            let _ = calendar.due_text(Lang::En, due, start);
            let _ = calendar.local(due);
        }
    }
}
