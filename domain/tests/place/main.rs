//! From a position to a place: tables of what is honest, and the index against plain
//! measuring of every line (with `geo`, which the index does not use).
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "a test fails by panicking, in its helpers too"
)]

mod certainty;
#[path = "../common/mod.rs"]
mod common;
mod map;
mod measured;
mod stalls;

use domain::{
    District, SectionCode, ZoneCode,
    pack::DistrictPack,
    place::{AgedPosition, AreaLevel, GeoPoint, Place, PlaceChoice},
};
use map::{at, empty_pack, mesh, point, section, square, zone};
use proptest::prelude::*;

/// A ten-thousandth of a degree of longitude at the equator is 11.1 m; the tables
/// lie there, so that both directions measure alike.
const STEP: i32 = 100;

const fn position(lon_e6: i32, lat_e6: i32, accuracy_m: u32) -> AgedPosition {
    AgedPosition { at: at(lon_e6, lat_e6), accuracy_m, age_ms: 0 }
}

fn placed(pack: &DistrictPack, lon_e6: i32, lat_e6: i32, accuracy_m: u32) -> Place {
    let place = District::new(pack.clone())
        .place(Some(position(lon_e6, lat_e6, accuracy_m)), &PlaceChoice::default());
    assert_eq!(place.at, Some(at(lon_e6, lat_e6)));
    place
}

fn codes<T: ToString>(codes: &[T]) -> String {
    codes.iter().map(ToString::to_string).collect::<Vec<_>>().join(" ")
}

/// An office around two zones, west and east of longitude 0; inside the western
/// zone two grid cells on its eastern side, south and north of latitude 0.
fn nested() -> DistrictPack {
    let mut pack = empty_pack();
    let mut add = |code: &str, level, parent: Option<&str>, low: (i32, i32), high: (i32, i32)| {
        let mut zone = zone(code, level, vec![square(low, high)]);
        zone.parent = parent.map(Into::into);
        pack.zones.push(zone);
    };
    add("office", AreaLevel::StreetOffice, None, (-4000, -4000), (4000, 4000));
    add("west", AreaLevel::Zone, Some("office"), (-4000, -4000), (0, 4000));
    add("east", AreaLevel::Zone, Some("office"), (0, -4000), (4000, 4000));
    add("cell-s", AreaLevel::GridCell, Some("west"), (-1000, -1000), (0, 0));
    add("cell-n", AreaLevel::GridCell, Some("west"), (-1000, 0), (0, 1000));
    pack
}

#[test]
fn the_innermost_area_is_the_zone_and_what_the_circle_touches_is_said() {
    let pack = nested();
    for (what, lon, lat, accuracy, zone, others) in [
        ("deep inside", 2000, 2000, 50, Some("east"), ""),
        ("a cell inside its zone", -500, 500, 10, Some("cell-n"), ""),
        // 100 millionths are 11.1 m.
        ("near the border, sure", STEP, 2000, 11, Some("east"), ""),
        ("near the border, unsure", STEP, 2000, 12, Some("east"), "west"),
        ("the same from the west", -STEP, 2000, 12, Some("west"), "east"),
        ("a cell's neighbour of its level", -500, STEP, 12, Some("cell-n"), "cell-s"),
        // The western zone is touched only where its cells are.
        ("from a zone to a cell of the next", STEP, 500, 12, Some("east"), "cell-n"),
        ("from a zone into its own cell", -500, 1000 + STEP, 12, Some("west"), "cell-n"),
        ("nearest first", 2 * STEP, STEP, 60, Some("east"), "cell-n cell-s"),
        ("outside, sure", 4000 + STEP, 0, 11, None, ""),
        ("outside, touching", 4000 + STEP, 0, 12, None, "east"),
        ("far outside", 900_000, 0, 60, None, ""),
    ] {
        let place = placed(&pack, lon, lat, accuracy);
        assert_eq!(place.zone, zone.map(ZoneCode::new), "{what}");
        assert_eq!(codes(&place.other_zones), others, "{what}");
        assert_eq!(place.is_ambiguous(), !others.is_empty(), "{what}");
    }
}

#[test]
fn of_two_areas_of_one_level_the_smaller_then_the_first_code_is_inner() {
    let mut pack = empty_pack();
    pack.zones.push(zone("b", AreaLevel::Zone, vec![square((0, 0), (1000, 1000))]));
    pack.zones.push(zone("a", AreaLevel::Zone, vec![square((0, 0), (1000, 1000))]));
    assert_eq!(placed(&pack, 500, 500, 1).zone, Some("a".into()));
    pack.zones.push(zone("c", AreaLevel::Zone, vec![square((400, 400), (600, 600))]));
    let place = placed(&pack, 500, 500, 1);
    assert_eq!((place.zone, codes(&place.other_zones)), (Some("c".into()), "a b".into()));
}

#[test]
fn a_hole_is_not_inside_and_an_island_is() {
    let mut pack = empty_pack();
    let mut around = square((0, 0), (3000, 3000));
    around.0.extend(square((1000, 1000), (2000, 2000)).0);
    let island = square((1400, 1400), (1600, 1600));
    pack.zones.push(zone("around", AreaLevel::Zone, vec![around, island]));
    for (lon, lat, inside) in [
        (500, 500, true),
        (1200, 1200, false),
        (1500, 1500, true),
        // The south-west edge belongs to an area, the north-east one to the next.
        (0, 0, true),
        (3000, 3000, false),
        (1000, 1500, false),
        (2000, 1500, true),
    ] {
        assert_eq!(placed(&pack, lon, lat, 0).zone.is_some(), inside, "{lon} {lat}");
    }
}

#[test]
fn sections_within_tolerance_that_cannot_be_told_apart_are_said() {
    let mut pack = empty_pack();
    // Parallel streets 22.2 m and 55.6 m apart; the third has two lines.
    pack.sections.push(section("s1", &[&[(-3000, 0), (3000, 0)]]));
    pack.sections.push(section("s2", &[&[(-3000, 200), (3000, 200)]]));
    pack.sections.push(section("s3", &[&[(-3000, 700), (0, 700)], &[(1000, 700), (3000, 700)]]));
    for (what, lon, lat, accuracy, found, others) in [
        ("on it, sure", 0, 0, 5, "s1", ""),
        ("on it, unsure", 0, 0, 23, "s1", "s2"),
        // 5.6 m to one, 16.7 m to the other: 11.1 m decide.
        ("between, sure", 0, 50, 11, "s1", ""),
        ("between, unsure", 0, 50, 12, "s1", "s2"),
        ("in the middle, by code", 0, 100, 0, "s1", ""),
        ("in the middle", 0, 100, 1, "s1", "s2"),
        ("within tolerance", 0, -269, 5, "s1", ""),
        ("beyond it", 0, -270, 5, "", ""),
        ("between the lines of one", 500, 731, 5, "", ""),
        ("beyond the end", 3000 + 200, 0, 5, "s1", ""),
        ("far", 0, 2000, 60, "", ""),
        // 55.7 m away: beyond the tolerance, and the circle touches it.
        ("on it, and the next but one touched", 0, 200, 56, "s2", "s1 s3"),
        ("beyond the tolerance, touched", 0, -450, 51, "", "s1"),
        ("beyond the tolerance, not touched", 0, -450, 50, "", ""),
    ] {
        let place = placed(&pack, lon, lat, accuracy);
        assert_eq!(codes(place.section.as_slice()), found, "{what}");
        assert_eq!(codes(&place.other_sections), others, "{what}");
    }
}

#[test]
fn a_point_is_the_nearest_within_its_own_radius() {
    let mut pack = empty_pack();
    pack.points.push(point("wide", (0, 0), Some(200)));
    pack.points.push(point("plain", (1000, 0), None));
    pack.points.push(point("twin", (1000, 0), None));
    for (lon, expected) in [
        (0, "wide"),
        // 67 m from `plain`, 44 m from `wide`; then 44 m and 67 m.
        (400, "wide"),
        (600, "plain"),
        (1539, "plain"),
        // Beyond 60 m of `plain`, and still within 200 m of `wide`.
        (1541, "wide"),
        (1900, ""),
    ] {
        assert_eq!(codes(placed(&pack, lon, 0, 10).point.as_slice()), expected, "{lon}");
    }
}

#[test]
fn a_choice_wins_over_what_was_measured() {
    let mut pack = nested();
    pack.sections.push(section("s1", &[&[(-3000, 3000), (3000, 3000)]]));
    pack.sections.push(section("s2", &[&[(-3000, 3100), (3000, 3100)]]));
    // Its middle lies in the east, where its first quarter ends in the west.
    pack.sections
        .push(section("bent", &[&[(-1500, 2000), (1000, 2000)], &[(1000, 3000), (2500, 3000)]]));
    let district = District::new(pack);
    let here = position(-STEP, 3049, 12);
    let hopeless = position(-STEP, 3049, 5_000);
    let old = AgedPosition { age_ms: 7_272_000, ..here };
    let chosen = |zone: &str, section: &str| PlaceChoice {
        zone: (!zone.is_empty()).then(|| zone.into()),
        section: (!section.is_empty()).then(|| section.into()),
        point: None,
    };
    for (position, zone, section, expected) in [
        (Some(here), "", "", ("west", "s1", "east", "s2")),
        (Some(here), "east", "", ("east", "s1", "", "s2")),
        (Some(here), "", "s2", ("west", "s2", "east", "")),
        (Some(here), "east", "s2", ("east", "s2", "", "")),
        (Some(here), "west", "s1", ("west", "s1", "", "")),
        (Some(here), "nowhere", "no-street", ("west", "s1", "east", "s2")),
        (None, "", "", ("", "", "", "")),
        (None, "east", "", ("east", "", "", "")),
        (None, "", "bent", ("east", "bent", "", "")),
        (None, "west", "bent", ("west", "bent", "", "")),
        (None, "", "no-street", ("", "", "", "")),
        // A position in doubt says nothing any more once somebody has chosen.
        (Some(hopeless), "", "bent", ("east", "bent", "", "")),
        (Some(hopeless), "west", "", ("west", "", "", "")),
        (Some(old), "", "bent", ("east", "bent", "", "")),
        (Some(old), "west", "bent", ("west", "bent", "", "")),
        (Some(old), "nowhere", "no-street", ("", "", "", "")),
    ] {
        let place = district.place(position, &chosen(zone, section));
        let found = (
            codes(place.zone.as_slice()),
            codes(place.section.as_slice()),
            codes(&place.other_zones),
            codes(&place.other_sections),
        );
        let expected = (expected.0.into(), expected.1.into(), expected.2.into(), expected.3.into());
        assert_eq!(found, expected, "{zone} {section}");
        let is_settled = !(zone.contains("no") || (zone.is_empty() && section.is_empty()));
        let in_doubt = position.is_some_and(|it| it != here);
        assert_eq!(place.at.is_some(), position.is_some() && !(in_doubt && is_settled));
        assert_eq!(place.doubt.is_some(), in_doubt && !is_settled, "{zone} {section}");
    }
}

#[test]
fn a_hopeless_position_names_at_most_eight_zones_nearest_first() {
    let pack = mesh(12, 200, &[0; 338]);
    let place = placed(&pack, 1150, 1130, 4_000_000);
    assert_eq!(codes(&place.other_zones), "");
    for accuracy in [900, 10_000] {
        let place = placed(&pack, 1150, 1130, accuracy);
        assert_eq!(place.zone, None, "{accuracy}");
        let nearest = "z0505 z0605 z0506 z0606 z0504 z0604 z0405 z0406";
        assert_eq!(codes(&place.other_zones), nearest, "{accuracy}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    /// Areas that fit together leave no gap and no overlap, on their edges and
    /// corners neither.
    #[test]
    fn a_mesh_holds_every_place_once(
        jitter in proptest::collection::vec(-450..450_i32, 2 * 7 * 7),
        places in proptest::collection::vec((0..6000_i32, 0..6000_i32), 100),
    ) {
        let pack = mesh(6, 1000, &jitter);
        let corners = pack.zones.iter().flat_map(|zone| zone.polygons[0].0[0].clone());
        let places = places.into_iter().map(|(lon, lat)| at(lon, lat)).chain(corners);
        let around = map::outline(6, 1000, &jitter);
        for place in places {
            let holding = pack.zones.iter().filter(|zone| zone.polygons[0].contains(place)).count();
            prop_assert_eq!(holding, usize::from(around.contains(place)), "{:?}", place);
        }
    }

    #[test]
    fn the_index_agrees_with_measuring_everything(
        pack in any_district(), (east, north) in any_corner(),
        places in proptest::collection::vec((-1500..7500_i32, -1500..7500_i32, 0..150_u32), 40),
    ) {
        let district = District::new(map::moved(pack, east, north));
        let mut compared = 0;
        for (lon, lat, accuracy) in places {
            let position = position(lon + east, lat + north, accuracy);
            let found = district.place(Some(position), &PlaceChoice::default());
            if let Some(expected) = measured::place(district.pack(), &position) {
                prop_assert_eq!(found, expected);
                compared += 1;
            }
        }
        prop_assert!(compared > 20);
    }

    /// Whoever stands at the same distance on the other side is as unsure.
    #[test]
    fn ambiguity_is_symmetric(away in 1..2000_i32, along in -3000..3000_i32, accuracy in 0..60_u32) {
        let pack = {
            let mut pack = nested();
            pack.zones.truncate(3);
            pack
        };
        let (west, east) = (placed(&pack, -away, along, accuracy), placed(&pack, away, along, accuracy));
        prop_assert_eq!(west.zone, Some("west".into()));
        prop_assert_eq!(east.zone, Some("east".into()));
        let is_unsure = f64::from(away) * 0.111_195_08 <= f64::from(accuracy);
        prop_assert_eq!(codes(&west.other_zones), if is_unsure { "east" } else { "" });
        prop_assert_eq!(codes(&east.other_zones), if is_unsure { "west" } else { "" });
    }

    #[test]
    fn nothing_panics_anywhere(
        vertices in proptest::collection::vec(any::<[i32; 2]>(), 0..12),
        here in any::<[i32; 2]>(), accuracy in any::<u32>(), tolerance in any::<u32>(),
        age in prop_oneof![Just(0), any::<u64>()],
        radius in any::<Option<u32>>(),
    ) {
        let ring: Vec<GeoPoint> = vertices.into_iter().map(anywhere).collect();
        let mut pack = empty_pack();
        pack.tolerance.section_m = tolerance;
        pack.tolerance.point_m = tolerance;
        pack.zones.push(zone("z", AreaLevel::Zone, vec![domain::place::Polygon(vec![ring.clone(), vec![]])]));
        pack.zones[0].parent = Some("z".into());
        pack.sections.push(section("s", &[]));
        pack.sections[0].lines.push(domain::place::Line(ring.clone()));
        pack.points.extend(ring.iter().map(|at| point("p", (at.lon_e6, at.lat_e6), radius)));
        let district = District::new(pack);
        let position = AgedPosition { at: anywhere(here), accuracy_m: accuracy, age_ms: age };
        let _ = district.place(Some(position), &PlaceChoice::default());
        let section = Some(SectionCode::new("s"));
        let _ = district.place(None, &PlaceChoice { section, ..PlaceChoice::default() });
    }

    #[test]
    fn any_number_of_degrees_is_on_the_globe_or_nowhere(lat in any::<f64>(), lon in any::<f64>()) {
        if let Some(at) = GeoPoint::from_degrees(lat, lon) {
            prop_assert!((at.lat() - lat).abs() < 1e-6 && (at.lon() - lon).abs() < 1e-6);
        }
    }
}

/// Where on the globe a map may lie: a metre of longitude is not one of latitude.
fn any_corner() -> impl Strategy<Value = (i32, i32)> {
    prop_oneof![
        Just((0, 0)),
        Just((109_000_000, 32_700_000)),
        Just((-70_000_000, -54_000_000)),
        Just((10_000_000, 69_000_000)),
    ]
}

/// A jittered mesh at two levels, streets and points strewn over it.
fn any_district() -> impl Strategy<Value = DistrictPack> {
    let street = proptest::collection::vec((-1000..7000_i32, -1000..7000_i32), 2..6);
    let place = (-1000..7000_i32, -1000..7000_i32);
    let spot = (place, proptest::option::of(0..200_u32));
    (
        proptest::collection::vec(-450..450_i32, 2 * 7 * 7),
        proptest::collection::vec(street, 0..25),
        proptest::collection::vec(spot, 0..25),
        proptest::collection::btree_set(0..36_usize, 0..10),
    )
        .prop_map(|(jitter, streets, spots, cells)| {
            let mut pack = mesh(6, 1000, &jitter);
            for cell in cells {
                pack.zones[cell].level = AreaLevel::GridCell;
            }
            let outline = map::outline(6, 1000, &jitter);
            pack.zones.push(zone("office", AreaLevel::StreetOffice, vec![outline]));
            for (number, street) in streets.iter().enumerate() {
                pack.sections.push(section(&format!("s{number:02}"), &[street]));
            }
            for (number, (place, radius)) in spots.into_iter().enumerate() {
                pack.points.push(point(&format!("p{number:02}"), place, radius));
            }
            pack
        })
}

/// Also off the globe, where no reader lets anything in.
const fn anywhere([lon_e6, lat_e6]: [i32; 2]) -> GeoPoint {
    GeoPoint { lon_e6, lat_e6 }
}
