//! Days of the calendar as numbers, and back. Days are numbered from 1970-01-01 (a
//! Thursday).
//!
//! By hand, and in whole numbers: the operators of the library of dates can panic, and
//! bring all their messages to the phone (18 KB brotli).
//!
//! Source: H. Hinnant, "chrono-Compatible Low-Level Date Algorithms", `days_from_civil`
//! and `civil_from_days`.

use jiff::civil::{Date, DateTime, Time};

pub(super) const MINUTE_MS: i64 = 60_000;
pub(super) const DAY_MS: i64 = 24 * 60 * MINUTE_MS;

const DAYS_OF_ERA: i64 = 146_097;
/// From 0000-03-01, with which an era of 400 years begins, to 1970-01-01.
const ERA_TO_EPOCH: i64 = 719_468;

/// Day number of a date.
#[must_use]
pub fn day_number(date: Date) -> i64 {
    let month = i64::from(date.month());
    // Years begin in March here: the day that leap years add is the last of a year.
    let year = i64::from(date.year()) - i64::from(month <= 2);
    let day_of_year = (153 * ((month + 9) % 12) + 2) / 5 + i64::from(date.day()) - 1;
    let year_of_era = year.rem_euclid(400);
    let day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    year.div_euclid(400) * DAYS_OF_ERA + day_of_era - ERA_TO_EPOCH
}

/// The date of a day number; the nearest date there is beyond the years −9999 to 9999.
#[must_use]
pub fn date_of(number: i64) -> Date {
    let beyond = if number < 0 { Date::MIN } else { Date::MAX };
    let day = number.saturating_add(ERA_TO_EPOCH);
    let day_of_era = day.rem_euclid(DAYS_OF_ERA);
    let leap_days = day_of_era / 1_460 - day_of_era / 36_524 + day_of_era / 146_096;
    let year_of_era = (day_of_era - leap_days) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let march_month = (5 * day_of_year + 2) / 153;
    let month = (march_month + 2) % 12 + 1;
    let year = year_of_era + day.div_euclid(DAYS_OF_ERA) * 400 + i64::from(month <= 2);
    let day_of_month = day_of_year - (153 * march_month + 2) / 5 + 1;
    match (i16::try_from(year), i8::try_from(month), i8::try_from(day_of_month)) {
        (Ok(year), Ok(month), Ok(day)) => Date::new(year, month, day).unwrap_or(beyond),
        _ => beyond,
    }
}

/// What a clock on a wall shows, from milliseconds of its own time since 1970; the
/// nearest there is beyond the years −9999 to 9999.
#[must_use]
pub fn wall_time(local_ms: i64) -> DateTime {
    let number = local_ms.div_euclid(DAY_MS);
    let date = date_of(number);
    if day_number(date) != number {
        return if number < 0 { DateTime::MIN } else { DateTime::MAX };
    }
    let ms = local_ms.rem_euclid(DAY_MS);
    let part = |unit_ms: i64, of: i64| i8::try_from(ms / unit_ms % of).unwrap_or(0);
    let nanos = i32::try_from(ms % 1_000 * 1_000_000).unwrap_or(0);
    let time = Time::new(part(3_600_000, 24), part(60_000, 60), part(1_000, 60), nanos);
    DateTime::from_parts(date, time.unwrap_or(Time::MIN))
}

/// Milliseconds of its own time since 1970, of what a clock on a wall shows.
#[must_use]
pub fn local_ms_of(wall: DateTime) -> i64 {
    let part = |count: i8, unit_ms: i64| i64::from(count) * unit_ms;
    day_number(wall.date()) * DAY_MS
        + part(wall.hour(), 3_600_000)
        + part(wall.minute(), 60_000)
        + part(wall.second(), 1_000)
        + i64::from(wall.subsec_nanosecond()) / 1_000_000
}

#[cfg(test)]
mod tests {
    use jiff::SignedDuration;
    use proptest::prelude::*;

    use super::*;

    const EPOCH: DateTime = DateTime::constant(1970, 1, 1, 0, 0, 0, 0);

    #[test]
    fn every_day_of_four_centuries_follows_the_one_before() {
        let mut day = Date::constant(1600, 2, 27);
        let mut number = day_number(day);
        while day.year() < 2005 {
            let next = day.tomorrow().unwrap();
            assert_eq!((day_number(next), date_of(number + 1)), (number + 1, next));
            (day, number) = (next, number + 1);
        }
    }

    #[test]
    fn the_ends_of_the_calendar_are_its_ends() {
        for end in [Date::MIN, Date::MAX] {
            assert_eq!(date_of(day_number(end)), end);
        }
        for (number, end) in [
            (day_number(Date::MIN) - 1, Date::MIN),
            (day_number(Date::MAX) + 1, Date::MAX),
            (i64::MIN, Date::MIN),
            (i64::MAX, Date::MAX),
        ] {
            assert_eq!(date_of(number), end, "{number}");
        }
        assert_eq!(wall_time(i64::MIN), DateTime::MIN);
        assert_eq!(wall_time(i64::MAX), DateTime::MAX);
    }

    proptest! {
        #[test]
        fn days_and_clocks_are_those_of_the_library(
            local_ms in prop_oneof![
                any::<i64>(), -377_705_116_800_001i64..=253_402_300_800_001, -5i64..2_000_000_000_000,
            ],
        ) {
            let beyond = if local_ms < 0 { DateTime::MIN } else { DateTime::MAX };
            let wall = EPOCH.checked_add(SignedDuration::from_millis(local_ms)).unwrap_or(beyond);
            prop_assert_eq!(wall_time(local_ms), wall);
            let millis = wall.duration_since(EPOCH).as_millis();
            prop_assert_eq!(i128::from(local_ms_of(wall)), millis);
            let days = wall.date().duration_since(EPOCH.date()).as_hours() / 24;
            prop_assert_eq!(day_number(wall.date()), days);
        }
    }
}
