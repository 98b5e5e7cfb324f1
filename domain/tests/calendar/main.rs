//! The four clocks against the public holidays of 2026, and against a calendar that
//! is walked day by day.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "a test fails by panicking, in its helpers too"
)]

#[path = "../common/mod.rs"]
mod common;
mod walked;

use common::{at, pack};
use domain::{
    Lang, Timestamp,
    calendar::{Calendar, DayException, DayHours, DayKind, Limit, Weekdays},
};
use jiff::civil::date;

/// The arrangement for 2026 (国务院办公厅关于2026年部分节假日安排的通知): first day
/// and number of days off, and the weekend days worked in exchange.
const OFF: [((i8, i8), u8); 7] =
    [((1, 1), 3), ((2, 15), 9), ((4, 4), 3), ((5, 1), 5), ((6, 19), 3), ((9, 25), 3), ((10, 1), 7)];
const SWAPPED: [(i8, i8); 6] = [(1, 4), (2, 14), (2, 28), (5, 9), (9, 20), (10, 10)];

fn arrangement_of_2026() -> Vec<DayException> {
    let off = OFF.iter().flat_map(|((month, day), count)| {
        date(2026, *month, *day).series(jiff::Span::new().days(1)).take(usize::from(*count))
    });
    let swapped = SWAPPED.iter().map(|(month, day)| date(2026, *month, *day));
    let day = |kind| move |date| DayException { date, kind, name: "".into() };
    off.map(day(DayKind::Holiday)).chain(swapped.map(day(DayKind::Working))).collect()
}

fn calendar_of(weekdays: Weekdays, hours: &[DayHours], days: &[DayException]) -> Calendar {
    let mut pack = pack();
    pack.hours.weekdays = weekdays;
    pack.hours.hours = hours.to_vec();
    pack.days = days.to_vec();
    Calendar::new(&pack)
}

/// 08:30-12:00 and 14:00-17:30, Monday to Friday.
fn calendar() -> Calendar {
    calendar_of(Weekdays::MONDAY_TO_FRIDAY, &hours(), &arrangement_of_2026())
}

fn hours() -> Vec<DayHours> {
    ["08:30-12:00", "14:00-17:30"].map(|text| text.parse().unwrap()).to_vec()
}

fn check(rows: &[(&str, &str, &str)]) {
    let calendar = calendar();
    for (start, limit, expected) in rows {
        let due = calendar.due(at(start), limit.parse().unwrap());
        assert_eq!(
            calendar.local(due).to_string(),
            expected.replace(' ', "T") + ":00",
            "{limit} from {start}"
        );
    }
}

#[test]
fn urgent_hours_run_round_the_clock() {
    check(&[
        ("2026-11-23 10:00", "2 urgent hours", "2026-11-23 12:00"),
        ("2026-11-23 23:30", "1 urgent hour", "2026-11-24 00:30"),
        ("2026-09-30 17:00", "24 urgent hours", "2026-10-01 17:00"),
        ("2026-12-31 23:00", "3650 urgent hours", "2027-06-02 01:00"),
    ]);
}

#[test]
fn working_hours_count_inside_working_hours() {
    check(&[
        ("2026-11-23 09:00", "2 working hours", "2026-11-23 11:00"),
        // Over lunch.
        ("2026-11-23 09:00", "4 working hours", "2026-11-23 15:00"),
        ("2026-11-23 12:30", "1 working hour", "2026-11-23 15:00"),
        // Used up exactly when work ends: due then.
        ("2026-11-23 09:00", "3 working hours", "2026-11-23 12:00"),
        ("2026-11-27 16:30", "1 working hour", "2026-11-27 17:30"),
        ("2026-11-23 08:30", "7 working hours", "2026-11-23 17:30"),
        ("2026-11-23 08:30", "14 working hours", "2026-11-24 17:30"),
        // Begun outside: from the next working minute.
        ("2026-11-23 07:00", "1 working hour", "2026-11-23 09:30"),
        ("2026-11-23 12:00", "1 working hour", "2026-11-23 15:00"),
        ("2026-11-23 17:30", "1 working hour", "2026-11-24 09:30"),
        ("2026-11-28 11:00", "1 working hour", "2026-11-30 09:30"),
        // Over a weekend, a festival, to and over a swapped Saturday.
        ("2026-11-27 17:00", "1 working hour", "2026-11-30 09:00"),
        ("2026-09-30 16:30", "2 working hours", "2026-10-08 09:30"),
        ("2026-10-09 17:00", "1 working hour", "2026-10-10 09:00"),
        ("2026-02-13 17:30", "7 working hours", "2026-02-14 17:30"),
        ("2026-02-14 17:00", "1 working hour", "2026-02-24 09:00"),
    ]);
}

#[test]
fn working_days_end_with_the_last_working_hour() {
    check(&[
        ("2026-11-23 10:00", "1 working day", "2026-11-24 17:30"),
        ("2026-11-23 00:00", "1 working day", "2026-11-24 17:30"),
        ("2026-11-23 23:59", "1 working day", "2026-11-24 17:30"),
        ("2026-11-23 10:00", "5 working days", "2026-11-30 17:30"),
        ("2026-11-28 10:00", "1 working day", "2026-11-30 17:30"),
        // New Year with its worked Sunday.
        ("2026-01-01 09:00", "1 working day", "2026-01-04 17:30"),
        ("2026-01-01 09:00", "2 working days", "2026-01-05 17:30"),
        // Spring Festival between two worked Saturdays.
        ("2026-02-13 09:00", "3 working days", "2026-02-25 17:30"),
        ("2026-02-27 09:00", "1 working day", "2026-02-28 17:30"),
        ("2026-04-03 09:00", "1 working day", "2026-04-07 17:30"),
        ("2026-04-30 09:00", "3 working days", "2026-05-08 17:30"),
        ("2026-04-30 09:00", "4 working days", "2026-05-09 17:30"),
        ("2026-06-18 09:00", "1 working day", "2026-06-22 17:30"),
        ("2026-09-18 09:00", "1 working day", "2026-09-20 17:30"),
        ("2026-09-24 09:00", "1 working day", "2026-09-28 17:30"),
        ("2026-09-30 09:00", "3 working days", "2026-10-10 17:30"),
        ("2026-10-03 09:00", "1 working day", "2026-10-08 17:30"),
    ]);
}

#[test]
fn calendar_days_end_at_midnight() {
    check(&[
        ("2026-11-23 10:00", "1 calendar day", "2026-11-25 00:00"),
        ("2026-11-23 00:00", "1 calendar day", "2026-11-25 00:00"),
        ("2026-11-23 23:59", "10 calendar days", "2026-12-04 00:00"),
        // A festival neither stops the clock nor moves its end.
        ("2026-09-30 09:00", "1 calendar day", "2026-10-02 00:00"),
        ("2026-02-27 09:00", "1 calendar day", "2026-03-01 00:00"),
        ("2028-02-28 09:00", "1 calendar day", "2028-03-01 00:00"),
    ]);
}

#[test]
fn the_year_2026_has_248_working_days() {
    let calendar = calendar();
    let year = date(2026, 1, 1).series(jiff::Span::new().days(1)).take(365);
    assert_eq!(year.filter(|day| calendar.is_working_day(*day)).count(), 248);
    check(&[("2025-12-31 23:59", "248 working days", "2026-12-31 17:30")]);

    for (month, day, expected) in
        [(1, 2, false), (1, 4, true), (2, 14, true), (2, 23, false), (10, 7, false), (10, 8, true)]
    {
        assert_eq!(calendar.is_working_day(date(2026, month, day)), expected, "{month}-{day}");
    }
}

#[test]
fn district_time_is_its_offset() {
    for (minutes, local) in
        [(480, "2026-11-24T00:30:00"), (0, "2026-11-23T16:30:00"), (-210, "2026-11-23T13:00:00")]
    {
        let mut pack = pack();
        pack.utc_offset_minutes = minutes;
        let calendar = Calendar::new(&pack);
        let instant = at("2026-11-24 00:30");
        assert_eq!(calendar.local(instant).to_string(), local);
        assert_eq!(calendar.timestamp_of(calendar.local(instant)), instant);
    }
    let calendar = calendar();
    for extreme in [i64::MIN, i64::MAX] {
        let year = calendar.local(Timestamp::from_millis(extreme)).year();
        assert_eq!(year, if extreme < 0 { -9999 } else { 9999 });
    }
}

/// The number of a case begins with the year.
#[test]
fn year_turns_at_midnight_of_the_district_not_of_utc() {
    let new_year = Timestamp::from_millis(1_798_732_800_000); // 2026-12-31T16:00:00Z
    assert_eq!(calendar().local(new_year).year(), 2027);
    assert_eq!(calendar().local(new_year.plus_millis(-1)).year(), 2026);
}

#[test]
fn a_bad_calendar_ends_early_rather_than_never() {
    let limit = |text: &str| text.parse::<Limit>().unwrap();
    let start = at("2026-11-23 10:00");
    let no_days = calendar_of(Weekdays::NONE, &hours(), &[]);
    let no_hours = calendar_of(Weekdays::MONDAY_TO_FRIDAY, &[], &[]);
    let nothing = calendar_of(Weekdays::NONE, &[], &[]);
    assert_eq!(no_days.due(start, limit("7 working days")), at("2026-11-30 17:30"));
    assert_eq!(no_hours.due(start, limit("1 working day")), at("2026-11-25 00:00"));
    assert_eq!(nothing.due(start, limit("30 working hours")), at("2026-11-24 16:00"));

    // Out of order, overlapping, past midnight, empty.
    let odd = [(14 * 60, 18 * 60), (8 * 60, 12 * 60), (11 * 60, 15 * 60), (22 * 60, 60), (5, 5)]
        .map(|(start, end)| DayHours { start, end });
    let odd = calendar_of(Weekdays::ALL, &odd, &[]);
    assert_eq!(odd.due(at("2026-11-23 07:00"), limit("11 working hours")), at("2026-11-23 23:00"));
}

#[test]
fn a_due_time_is_said_as_people_say_it() {
    let calendar = calendar();
    let now = "2026-11-26 14:30";
    for (due, hans, hant, en) in [
        (
            "2026-11-26 17:30",
            "今天 17:30，还剩 3 小时",
            "今天 17:30，還剩 3 小時",
            "today 17:30, 3 h left",
        ),
        (
            "2026-11-26 16:29",
            "今天 16:29，还剩 119 分钟",
            "今天 16:29，還剩 119 分鐘",
            "today 16:29, 119 min left",
        ),
        (
            "2026-11-26 14:30",
            "今天 14:30，还剩不到 1 分钟",
            "今天 14:30，還剩不到 1 分鐘",
            "today 14:30, less than 1 min left",
        ),
        (
            "2026-11-26 12:30",
            "今天 12:30，已超 2 小时",
            "今天 12:30，已超 2 小時",
            "today 12:30, 2 h over",
        ),
        (
            "2026-11-25 17:30",
            "昨天 17:30，已超 21 小时",
            "昨天 17:30，已超 21 小時",
            "yesterday 17:30, 21 h over",
        ),
        (
            "2026-11-24 17:30",
            "前天 17:30，已超 45 小时",
            "前天 17:30，已超 45 小時",
            "24 Nov 17:30, 45 h over",
        ),
        (
            "2026-11-27 00:00",
            "今天 24:00，还剩 9 小时",
            "今天 24:00，還剩 9 小時",
            "today 24:00, 9 h left",
        ),
        (
            "2026-11-27 09:05",
            "明天 09:05，还剩 18 小时",
            "明天 09:05，還剩 18 小時",
            "tomorrow 09:05, 18 h left",
        ),
        (
            "2026-11-28 17:30",
            "后天 17:30，还剩 2 天",
            "後天 17:30，還剩 2 天",
            "28 Nov 17:30, 2 days left",
        ),
        (
            "2027-01-04 17:30",
            "2027年1月4日 17:30，还剩 39 天",
            "2027年1月4日 17:30，還剩 39 天",
            "4 Jan 2027 17:30, 39 days left",
        ),
        (
            "2026-11-20 17:30",
            "11月20日 17:30，已超 5 天",
            "11月20日 17:30，已超 5 天",
            "20 Nov 17:30, 5 days over",
        ),
    ] {
        for (lang, expected) in [(Lang::Hans, hans), (Lang::Hant, hant), (Lang::En, en)] {
            assert_eq!(calendar.due_text(lang, at(due), at(now)), expected);
        }
    }
    for millis in [i64::MIN, -1, 0, i64::MAX] {
        for now in [i64::MIN, i64::MAX] {
            let said = calendar.due_text(
                Lang::Hans,
                Timestamp::from_millis(millis),
                Timestamp::from_millis(now),
            );
            assert!(!said.is_empty());
        }
    }
}
