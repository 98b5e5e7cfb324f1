//! Where and when a stall is permitted.

use domain::{
    District, Names,
    calendar::Weekdays,
    catalogue::InForce,
    place::{GeoPoint, Stall},
};
use jiff::civil::{Weekday, date};

use crate::{
    common::at as time,
    map::{at, empty_pack, square},
};

const HERE: GeoPoint = at(500, 500);

fn stall(code: &str, hours: &[&str]) -> Stall {
    Stall {
        code: code.into(),
        names: Names::new(code, "", ""),
        categories: vec!["0201".into()],
        hours: hours.iter().map(|hours| hours.parse().unwrap()).collect(),
        weekdays: Weekdays::ALL,
        force: InForce::default(),
        polygons: vec![square((0, 0), (1000, 1000))],
    }
}

fn district(stalls: &[Stall]) -> District {
    let mut pack = empty_pack();
    pack.stalls = stalls.to_vec();
    District::new(pack)
}

/// Code and end of what is permitted, `-` for nothing.
fn permitted(district: &District, place: GeoPoint, captured: &str) -> String {
    let found = district.permitted_stall(place, &"0201".into(), time(captured));
    found.map_or("-".into(), |found| {
        format!("{} {}", found.stall, district.calendar().local(found.until).strftime("%a %H:%M"))
    })
}

fn check(stalls: &[Stall], rows: &[(&str, &str)]) {
    let district = district(stalls);
    for (captured, expected) in rows {
        assert_eq!(permitted(&district, HERE, captured), *expected, "{captured}");
    }
}

// 2026-11-27 is a Friday.

#[test]
fn an_evening_market_ends_when_its_hours_end() {
    check(
        &[stall("market", &["18:00-22:00"])],
        &[
            ("2026-11-27 17:59", "-"),
            ("2026-11-27 18:00", "market Fri 22:00"),
            ("2026-11-27 21:59", "market Fri 22:00"),
            ("2026-11-27 22:00", "-"),
        ],
    );
}

#[test]
fn hours_past_midnight_belong_to_the_day_they_begin_on() {
    let mut night = stall("night", &["22:00-02:00"]);
    night.weekdays = Weekdays::NONE.with(Weekday::Friday);
    check(
        &[night],
        &[
            // Thursday's night is not permitted.
            ("2026-11-27 01:00", "-"),
            ("2026-11-27 22:00", "night Sat 02:00"),
            ("2026-11-28 01:59", "night Sat 02:00"),
            ("2026-11-28 02:00", "-"),
            ("2026-11-28 23:00", "-"),
        ],
    );
}

#[test]
fn days_in_force_are_those_the_hours_begin_on() {
    let mut night = stall("night", &["22:00-02:00"]);
    night.force = InForce { from: Some(date(2026, 11, 27)), until: Some(date(2026, 11, 28)) };
    check(
        &[night],
        &[
            ("2026-11-26 23:00", "-"),
            ("2026-11-27 01:00", "-"),
            ("2026-11-27 23:00", "night Sat 02:00"),
            ("2026-11-29 01:00", "night Sun 02:00"),
            ("2026-11-29 23:00", "-"),
        ],
    );
}

#[test]
fn hours_that_follow_one_another_are_one() {
    check(
        &[stall("split", &["06:00-09:00", "20:00-24:00", "00:00-01:00", "09:00-10:30"])],
        &[
            ("2026-11-27 06:30", "split Fri 10:30"),
            ("2026-11-27 23:00", "split Sat 01:00"),
            ("2026-11-27 00:30", "split Fri 01:00"),
            ("2026-11-27 12:00", "-"),
        ],
    );
    // Round the clock: until the end of tomorrow is as far as it looks.
    check(&[stall("always", &["00:00-24:00"])], &[("2026-11-27 12:00", "always Sun 00:00")]);
}

#[test]
fn of_several_the_longest_then_the_first_code() {
    check(
        &[stall("c", &["18:00-22:00"]), stall("b", &["18:00-23:00"]), stall("a", &["18:00-22:00"])],
        &[("2026-11-27 19:00", "b Fri 23:00")],
    );
    check(
        &[stall("b", &["18:00-22:00"]), stall("a", &["18:00-22:00"])],
        &[("2026-11-27 19:00", "a Fri 22:00")],
    );
}

#[test]
fn only_there_and_only_for_its_categories() {
    let district = district(&[stall("market", &["18:00-22:00"])]);
    let captured = time("2026-11-27 19:00");
    assert_eq!(permitted(&district, at(1500, 500), "2026-11-27 19:00"), "-");
    assert_eq!(district.permitted_stall(HERE, &"0202".into(), captured), None);
    let found = district.permitted_stall(HERE, &"0201".into(), captured).unwrap();
    assert_eq!(found.names, Names::new("market", "", ""));
}
