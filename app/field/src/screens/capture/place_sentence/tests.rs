//! What the strip says, as tables over positions, ages and circles.

use domain::{
    Lang, Timestamp,
    place::{AreaLevel, GeoPoint, Line, Polygon, Position, Section, Zone},
};

use super::*;
use crate::case_story::{at, district, pack, position};

const HANS: Words = Words::of(Lang::Hans);

/// On East Ankang Road, in the street office's zone.
fn on_the_road() -> Position {
    position(32.705, 109.101)
}

fn now() -> Timestamp {
    at("2026-11-23 09:59")
}

/// The draft has no photo yet.
fn here(state: PositionState) -> Whereabouts {
    Whereabouts {
        state,
        position: state.known(),
        photographed: Vec::new(),
        chosen: PlaceChoice::default(),
        now: now(),
    }
}

/// The draft has a photo, taken now, and this position.
fn kept(position: Option<Position>, state: PositionState) -> Whereabouts {
    Whereabouts { position, photographed: vec![now()], ..here(state) }
}

fn said(about: &Whereabouts) -> PlaceSentence {
    place_sentence(about, Some(&district()), HANS)
}

fn old(seconds: i64) -> Position {
    Position { read: now().plus_millis(-1_000 * seconds), ..on_the_road() }
}

fn wide(accuracy_m: u32) -> Position {
    Position { accuracy_m, ..on_the_road() }
}

#[test]
fn state_of_the_position_is_said_while_there_is_none() {
    for (state, code, main) in [
        (PositionState::SEEKING, "seeking", HANS.locating),
        (PositionState::Seeking { unusable: true }, "seeking", HANS.locating),
        (PositionState::Denied, "none", HANS.position_denied),
        (PositionState::Unavailable, "none", HANS.no_position),
        (PositionState::Unusable, "none", HANS.position_unusable),
        (PositionState::Off, "none", HANS.no_position),
    ] {
        let said = said(&here(state));
        assert_eq!((said.code, said.main.as_str()), (code, main), "{state:?}");
        assert!(said.candidates.is_empty());
    }
}

#[test]
fn seeking_offers_nothing_to_choose_and_no_position_does() {
    assert_eq!(said(&here(PositionState::SEEKING)).sub, "");
    for state in [PositionState::Denied, PositionState::Unusable] {
        assert_eq!(said(&here(state)).sub, HANS.choose_section);
    }
}

#[test]
fn position_of_the_draft_counts_before_the_present_one() {
    let elsewhere = PositionState::Known(position(31.0, 108.0));
    assert_eq!(said(&here(elsewhere)).code, "outside");
    assert_eq!(said(&kept(Some(on_the_road()), elsewhere)).code, "known");
    // Photographed without one: where the phone is now is not where that was.
    assert_eq!(said(&kept(None, elsewhere)).code, "none");
}

#[test]
fn old_position_is_said_with_its_time_and_names_no_place() {
    for (seconds, code) in
        [(0, "known"), (119, "known"), (120, "known"), (121, "stale"), (7_272, "stale")]
    {
        let state = PositionState::Known(old(seconds));
        for about in [here(state), kept(Some(old(seconds)), PositionState::Unavailable)] {
            let said = said(&about);
            assert_eq!(said.code, code, "{seconds} s");
            let names_it = said.main.contains("安康路") || said.sub.contains("片区");
            assert_eq!(names_it, code == "known", "{said:?}");
        }
    }
    for (lang, main) in [
        (Lang::Hans, "这是 07:57 的定位，2 小时前"),
        (Lang::Hant, "這是 07:57 的定位，2 小時前"),
        (Lang::En, "Position from 07:57, 2 h ago"),
    ] {
        let words = Words::of(lang);
        let state = PositionState::Known(old(7_272));
        let said = place_sentence(&here(state), Some(&district()), words);
        assert_eq!((said.main.as_str(), said.sub.as_str()), (main, words.choose_section));
    }
}

#[test]
fn position_of_the_time_of_the_photo_stays_known_however_long_the_draft_waits() {
    let mut about = kept(Some(on_the_road()), PositionState::Unavailable);
    about.now = now().plus_millis(36_000_000);
    assert_eq!(said(&about).code, "known");
}

#[test]
fn wide_circle_asks_for_a_section_and_offers_those_it_touches() {
    for (accuracy, code) in [(8, "known"), (30, "known"), (65, "coarse"), (300, "coarse")] {
        let said = said(&here(PositionState::Known(wide(accuracy))));
        assert_eq!(said.code, code, "{accuracy} m");
        let offered = said.candidates.iter().any(|it| it.code == "s1" && !it.is_chosen);
        assert_eq!(offered, code == "coarse", "{accuracy} m: {said:?}");
    }
    for (accuracy, main) in [
        (3_000, "误差约 3 公里，请选择路段"),
        (10_001, "误差约 10.1 公里，请选择路段"),
        (u32::MAX, "误差未知，请选择路段"),
    ] {
        let said = said(&here(PositionState::Known(wide(accuracy))));
        assert_eq!((said.code, said.main.as_str()), ("coarse", main));
        assert_eq!(said.sub, HANS.choose_section);
    }
}

#[test]
fn choice_ends_the_asking() {
    let chosen = PlaceChoice { section: Some("s1".into()), ..PlaceChoice::default() };
    for state in [
        PositionState::Known(old(7_272)),
        PositionState::Known(wide(10_000)),
        PositionState::Denied,
        PositionState::SEEKING,
    ] {
        let said = said(&Whereabouts { chosen: chosen.clone(), ..here(state) });
        assert_eq!(said.code, "known", "{state:?}");
        assert!(said.sub.ends_with(HANS.chosen_by_hand), "{said:?}");
    }
}

/// Two streets cross on the border of two zones, at 0° N 0° E.
fn crossing() -> District {
    let mut pack = pack();
    let at = |lon_e6, lat_e6| GeoPoint { lon_e6, lat_e6 };
    let zone = |code: &str, west: i32, east: i32| {
        let ring = [(west, -9000), (east, -9000), (east, 9000), (west, 9000), (west, -9000)];
        Zone {
            code: code.into(),
            level: AreaLevel::Zone,
            parent: None,
            polygons: vec![Polygon(vec![ring.map(|(lon, lat)| at(lon, lat)).to_vec()])],
            ..pack.zones[0].clone()
        }
    };
    let street = |code: &str, line: [GeoPoint; 2]| Section {
        code: code.into(),
        lines: vec![Line(line.to_vec())],
        ..pack.sections[0].clone()
    };
    let zones = vec![zone("west", -9000, 0), zone("east", 0, 9000)];
    let sections = vec![
        street("along", [at(-9000, 0), at(9000, 0)]),
        street("across", [at(10, -9000), at(10, 9000)]),
    ];
    pack.zones = zones;
    pack.sections = sections;
    pack.points.clear();
    District::new(pack)
}

#[test]
fn at_a_crossing_on_a_border_the_section_is_asked_first_and_then_the_zone() {
    let district = crossing();
    let fix = Position { at: GeoPoint { lon_e6: 20, lat_e6: 0 }, ..on_the_road() };
    let choose = |chosen: &PlaceChoice| {
        let about = Whereabouts { chosen: chosen.clone(), ..here(PositionState::Known(fix)) };
        place_sentence(&about, Some(&district), HANS)
    };
    let pressed = |said: &PlaceSentence| {
        said.candidates.iter().find(|it| it.is_chosen).map(|it| it.code.clone())
    };
    let codes =
        |said: &PlaceSentence| said.candidates.iter().map(|it| it.code.clone()).collect::<Vec<_>>();
    let first = choose(&PlaceChoice::default());
    assert_eq!((first.code, codes(&first)), ("ambiguous", vec!["along".into(), "across".into()]));
    let second = choose(&first.candidates[1].choice);
    assert_eq!((second.code, codes(&second)), ("ambiguous", vec!["east".into(), "west".into()]));
    assert_eq!(pressed(&second), None);
    let third = choose(&second.candidates[1].choice);
    assert_eq!((third.code, codes(&third)), ("known", vec!["east".into(), "west".into()]));
    assert_eq!(pressed(&third), Some("west".into()));
    let chosen = &second.candidates[1].choice;
    assert_eq!(chosen.section, Some("across".into()));
}

#[test]
fn known_place_is_named_in_each_language_with_its_accuracy() {
    for (lang, road) in
        [(Lang::Hans, "安康路东段"), (Lang::Hant, "安康路東段"), (Lang::En, "East Ankang Road")]
    {
        let words = Words::of(lang);
        let about = here(PositionState::Known(on_the_road()));
        let said = place_sentence(&about, Some(&district()), words);
        assert!(said.main.contains(road), "{said:?}");
        assert!(said.sub.ends_with(&words.accuracy(8)), "{said:?}");
    }
}

#[test]
fn without_a_district_a_position_is_outside_rather_than_a_panic() {
    let said = place_sentence(&here(PositionState::Known(on_the_road())), None, HANS);
    assert_eq!(said.code, "outside");
}

#[test]
fn position_at_the_end_of_the_globe_is_outside() {
    for (lat, lon) in [(90.0, 180.0), (-90.0, -180.0), (0.0, 0.0)] {
        let at = GeoPoint::from_degrees(lat, lon).unwrap();
        let fix = Position { at, ..on_the_road() };
        assert_eq!(said(&here(PositionState::Known(fix))).code, "outside", "{lat} {lon}");
    }
}
