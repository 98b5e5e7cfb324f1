//! When a position makes a known place, as a table of ages and accuracies; and that less
//! knowledge never makes more certainty.

use domain::{
    DeviceTime, District, SectionCode, Timestamp,
    case::Report,
    duty::{Destination, Facts, Why, assign},
    pack::DistrictPack,
    place::{
        AgedPosition, AreaLevel, GeoPoint, Place, PlaceChoice, PlaceDoubt,
        PlaceDoubt::{Coarse, Stale},
        Position,
    },
};
use proptest::prelude::*;

use crate::{
    codes,
    common::{pack as small_district, report, shot},
    map::{at, empty_pack, point, section, square, zone},
};

/// Two zones, west and east of longitude 0, 4.4 km wide each; a street along latitude 0
/// and one across it at 1000 (111 m east), another 3000 (334 m) north of the first.
fn town() -> DistrictPack {
    let mut pack = empty_pack();
    let mut add = |code: &str, low, high| {
        pack.zones.push(zone(code, AreaLevel::Zone, vec![square(low, high)]));
    };
    add("west", (-40_000, -40_000), (0, 40_000));
    add("east", (0, -40_000), (40_000, 40_000));
    pack.sections.push(section("main", &[&[(-30_000, 0), (30_000, 0)]]));
    pack.sections.push(section("cross", &[&[(1000, -2000), (1000, 2000)]]));
    pack.sections.push(section("north", &[&[(-30_000, 3000), (30_000, 3000)]]));
    pack.points.push(point("market", (20_000, 100), None));
    pack.points.push(point("kiosk", (25_000, 0), Some(10)));
    pack
}

/// 1.1 km from the next zone and from the cross street.
const MID_STREET: GeoPoint = at(10_000, 0);
const CROSSING: GeoPoint = at(1000, 0);
/// 11 m east of the border, on the main street.
const AT_THE_BORDER: GeoPoint = at(100, 0);
/// 22 m south of the main street, by the market's middle.
const MARKET: GeoPoint = at(20_000, 100);
const KIOSK: GeoPoint = at(25_000, 0);
/// 1.7 km from every street.
const FIELDS: GeoPoint = at(20_000, 20_000);
/// 33 m off the eastern edge.
const OUTSIDE: GeoPoint = at(40_300, 20_000);

fn placed(pack: &DistrictPack, at: GeoPoint, accuracy_m: u32, age_ms: u64) -> Place {
    let position = AgedPosition { at, accuracy_m, age_ms };
    District::new(pack.clone()).place(Some(position), &PlaceChoice::default())
}

/// Position, accuracy and age; zone, section and point; other zones; other sections; doubt.
type Row = (GeoPoint, u32, u64, &'static str, &'static str, &'static str, Option<PlaceDoubt>);

#[test]
fn circle_and_age_decide_what_is_known_of_a_place() {
    let coarse = |accuracy_m| Some(Coarse { accuracy_m });
    let stale = |age_s| Some(Stale { age_s });
    let rows: &[Row] = &[
        (MID_STREET, 0, 0, "east main", "", "", None),
        (MID_STREET, 3, 0, "east main", "", "", None),
        (MID_STREET, 8, 0, "east main", "", "", None),
        (MID_STREET, 30, 0, "east main", "", "", None),
        (MID_STREET, 60, 0, "east main", "", "", None),
        (MID_STREET, 61, 0, "east", "", "main", coarse(61)),
        (MID_STREET, 65, 0, "east", "", "main", coarse(65)),
        (MID_STREET, 100, 0, "east", "", "main", coarse(100)),
        (MID_STREET, 300, 0, "east", "", "main", coarse(300)),
        (MID_STREET, 900, 0, "east", "", "main north", coarse(900)),
        // The circle reaches the west; what lies beyond a kilometre is not listed.
        (MID_STREET, 3_000, 0, "", "east", "main north", coarse(3_000)),
        (MID_STREET, 10_000, 0, "", "east", "main north", coarse(10_000)),
        (MID_STREET, 10_001, 0, "", "", "", coarse(10_001)),
        (MID_STREET, u32::MAX, 0, "", "", "", coarse(u32::MAX)),
        (CROSSING, 3, 0, "east cross", "", "main", None),
        (CROSSING, 8, 0, "east cross", "", "main", None),
        (CROSSING, 30, 0, "east cross", "", "main", None),
        (CROSSING, 65, 0, "east", "", "cross main", coarse(65)),
        (CROSSING, 300, 0, "", "east west", "cross main", coarse(300)),
        (CROSSING, 900, 0, "", "east west", "cross main north", coarse(900)),
        (AT_THE_BORDER, 3, 0, "east main", "", "", None),
        (AT_THE_BORDER, 8, 0, "east main", "", "", None),
        (AT_THE_BORDER, 30, 0, "east main", "west", "", None),
        (AT_THE_BORDER, 65, 0, "", "east west", "main", coarse(65)),
        (AT_THE_BORDER, 100, 0, "", "east west", "main", coarse(100)),
        (AT_THE_BORDER, 101, 0, "", "east west", "main cross", coarse(101)),
        (MARKET, 8, 0, "east main market", "", "", None),
        (MARKET, 30, 0, "east main market", "", "", None),
        (MARKET, 65, 0, "east", "", "main", coarse(65)),
        (KIOSK, 20, 0, "east main kiosk", "", "", None),
        // Twice the ten metres of the kiosk: whether it is the kiosk decides a rule.
        (KIOSK, 21, 0, "east", "", "main", coarse(21)),
        (FIELDS, 8, 0, "east", "", "", None),
        (FIELDS, 300, 0, "east", "", "", coarse(300)),
        (FIELDS, 2_000, 0, "east", "", "", coarse(2_000)),
        (FIELDS, 3_000, 0, "", "east", "", coarse(3_000)),
        (OUTSIDE, 8, 0, "", "", "", None),
        (OUTSIDE, 40, 0, "", "east", "", None),
        (OUTSIDE, 300, 0, "", "east", "", coarse(300)),
        (OUTSIDE, u32::MAX, 0, "", "", "", coarse(u32::MAX)),
        (MID_STREET, 8, 119_000, "east main", "", "", None),
        (MID_STREET, 8, 120_000, "east main", "", "", None),
        (MID_STREET, 8, 120_001, "", "", "", stale(120)),
        (MID_STREET, 8, 121_000, "", "", "", stale(121)),
        (MID_STREET, 8, 7_272_000, "", "", "", stale(7_272)),
        (CROSSING, 8, 121_000, "", "", "", stale(121)),
        (MARKET, 8, 7_272_000, "", "", "", stale(7_272)),
        // What is old and wide is old first.
        (MID_STREET, 3_000, 7_200_000, "", "", "", stale(7_200)),
        (OUTSIDE, 8, 7_200_000, "", "", "", stale(7_200)),
        (MID_STREET, 8, u64::MAX, "", "", "", stale(u64::MAX / 1_000)),
    ];
    let pack = town();
    for (here, accuracy, age, known, zones, sections, doubt) in rows {
        let place = placed(&pack, *here, *accuracy, *age);
        let row = format!("{here:?}, {accuracy} m, {age} ms: {place:?}");
        let parts = [
            codes(place.zone.as_slice()),
            codes(place.section.as_slice()),
            codes(place.point.as_slice()),
        ];
        let found = parts.iter().filter(|part| !part.is_empty()).cloned().collect::<Vec<_>>();
        assert_eq!(found.join(" "), *known, "{row}");
        assert_eq!(codes(&place.other_zones), *zones, "{row}");
        assert_eq!(codes(&place.other_sections), *sections, "{row}");
        assert_eq!(place.doubt, *doubt, "{row}");
        assert_eq!(place.at, Some(*here), "{row}: the coordinates stay");
        let is_certain = doubt.is_none() && zones.is_empty() && sections.is_empty();
        assert_eq!(place.is_certain(), is_certain, "{row}");
        assert_eq!(place.is_outside(), is_certain && known.is_empty(), "{row}");
        assert_eq!(place.known_at(), place.at.filter(|_| doubt.is_none()), "{row}");
    }
}

#[test]
fn age_of_a_position_is_the_time_to_the_nearest_act() {
    let ms = Timestamp::from_millis;
    let noon = 43_200_000;
    let read = Position { at: MID_STREET, accuracy_m: 8, read: ms(noon) };
    // Photos and saving in seconds after the reading, and the age.
    for (photos, done, age_s) in [
        (&[][..], 0, 0),
        (&[], 119, 119),
        (&[], 7_272, 7_272),
        (&[7_270], 7_272, 7_270),
        // Saved late, photographed there.
        (&[1], 7_272, 1),
        (&[1, 7_270], 7_272, 1),
        // Read just after the shutter, or long after it.
        (&[-20], 600, 20),
        (&[-7_200], 600, 600),
        (&[-7_200], 5, 5),
        // The clock was set back before the saving.
        (&[], -3_600, 0),
    ] {
        let at = |seconds: &i64| ms(noon + 1_000 * seconds);
        let aged = read.aged(photos.iter().map(at), at(&done));
        assert_eq!(aged.age_ms, 1_000 * age_s, "{photos:?} {done}");
    }
    let aged = Position { read: ms(i64::MIN), ..read }.aged([ms(i64::MAX)], ms(i64::MAX));
    assert!(aged.is_stale());
    assert!(!Position { read: ms(i64::MAX), ..read }.aged([], ms(i64::MIN)).is_stale());
}

#[test]
fn uncertain_place_makes_nobody_answerable_until_somebody_chooses() {
    let district = District::new(small_district());
    let on_the_road = GeoPoint::from_degrees(32.705, 109.101).unwrap();
    let now = crate::common::at("2026-11-23 10:00");
    let chosen = |section: Option<&str>, zone: Option<&str>| PlaceChoice {
        section: section.map(Into::into),
        zone: zone.map(Into::into),
        point: None,
    };
    let nothing = chosen(None, None);
    for (accuracy_m, age_ms, choice, why) in [
        (8, 0, &nothing, None),
        (8, 119_000, &nothing, None),
        (8, 121_000, &nothing, Some(Why::PositionStale)),
        (8, 7_272_000, &nothing, Some(Why::PositionStale)),
        (65, 0, &nothing, Some(Why::PositionCoarse)),
        (300, 0, &nothing, Some(Why::PositionCoarse)),
        (10_000, 0, &nothing, Some(Why::PositionCoarse)),
        (u32::MAX, 0, &nothing, Some(Why::PositionCoarse)),
        (8, 7_272_000, &chosen(Some("s1"), None), None),
        (10_000, 0, &chosen(Some("s1"), None), None),
        (10_000, 7_272_000, &chosen(Some("s1"), None), None),
        (10_000, 0, &chosen(None, Some("z1")), None),
        (10_000, 0, &chosen(Some("no-street"), None), Some(Why::PositionCoarse)),
    ] {
        let position = AgedPosition { at: on_the_road, accuracy_m, age_ms };
        let facts = Facts {
            category: "0401".into(),
            condition: "1".into(),
            place: district.place(Some(position), choice),
            captured: now,
            now,
        };
        let row = format!("{accuracy_m} m, {age_ms} ms, {choice:?}");
        match assign(&district, &facts).destination {
            Destination::Headquarters { why: found, sentence, .. } => {
                assert_eq!(Some(found), why, "{row}");
                assert!(sentence.en.contains("headquarters"), "{row}: {sentence:?}");
            }
            Destination::Unit(_) => assert_eq!(None, why, "{row}"),
        }
    }
}

#[test]
fn place_of_a_report_is_that_of_its_photos() {
    let district = District::new(small_district());
    let minutes =
        |minutes: i64| crate::common::at("2026-11-23 10:00").plus_millis(minutes * 60_000);
    let taken = |at: Timestamp| domain::evidence::Shot {
        taken: DeviceTime { claimed: at, offset_ms: None },
        ..shot("before")
    };
    for (read, photographed, saved, is_known) in
        [(0, 0, 1, true), (0, 0, 180, true), (0, 180, 181, false), (0, 180, 1, true)]
    {
        let mut report: Report = report("0401", 32.705, 109.101);
        report.position = report.position.map(|it| Position { read: minutes(read), ..it });
        report.photos = vec![taken(minutes(photographed))];
        let place = report.place(&district, minutes(saved));
        assert_eq!(place.section.is_some(), is_known, "{read} {photographed} {saved}");
        assert_eq!(place.doubt.is_none(), is_known, "{read} {photographed} {saved}");
    }
}

#[test]
fn doubt_is_written_by_its_name() {
    for (doubt, json) in [
        (Stale { age_s: 7_272 }, r#"{"stale":{"age_s":7272}}"#),
        (Coarse { accuracy_m: 3_000 }, r#"{"coarse":{"accuracy_m":3000}}"#),
    ] {
        assert_eq!(serde_json::to_string(&doubt).unwrap(), json);
        assert_eq!(serde_json::from_str::<PlaceDoubt>(json).unwrap(), doubt);
    }
    assert_eq!(serde_json::to_string(&Place::default()).unwrap(), "{}");
}

/// Whether `less` knows nothing that `more` does not.
fn knows_no_more(less: &Place, more: &Place) -> bool {
    let zone = less.zone.is_none() || less.zone == more.zone;
    let section = less.section.is_none() || less.section == more.section;
    let point = less.point.is_none() || less.point == more.point;
    zone && section && point && (more.is_certain() || !less.is_certain())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn wider_circle_or_greater_age_never_knows_more(
        lon in -45_000..45_000_i32, lat in -45_000..45_000_i32, near_streets in any::<bool>(),
        mut accuracies in proptest::collection::vec(
            prop_oneof![0..120_u32, 0..3_000_u32, any::<u32>()], 6),
        mut ages in proptest::collection::vec(
            prop_oneof![0..200_000_u64, any::<u64>()], 4),
    ) {
        let district = District::new(town());
        let here = if near_streets { at(lon / 20, lat / 40) } else { at(lon, lat) };
        accuracies.sort_unstable();
        ages.sort_unstable();
        let placed = |accuracy_m, age_ms| {
            let position = AgedPosition { at: here, accuracy_m, age_ms };
            district.place(Some(position), &PlaceChoice::default())
        };
        for age in &ages {
            for pair in accuracies.windows(2) {
                let (more, less) = (placed(pair[0], *age), placed(pair[1], *age));
                prop_assert!(knows_no_more(&less, &more), "{pair:?} m: {more:?} → {less:?}");
            }
        }
        for accuracy in &accuracies {
            for pair in ages.windows(2) {
                let (more, less) = (placed(*accuracy, pair[0]), placed(*accuracy, pair[1]));
                prop_assert!(knows_no_more(&less, &more), "{pair:?} ms: {more:?} → {less:?}");
            }
        }
        let section: Option<SectionCode> = Some("main".into());
        let chosen = PlaceChoice { section: section.clone(), ..PlaceChoice::default() };
        for accuracy_m in accuracies {
            let position = AgedPosition { at: here, accuracy_m, age_ms: ages[3] };
            let place = district.place(Some(position), &chosen);
            prop_assert_eq!((&place.section, place.doubt), (&section, None));
        }
    }
}
