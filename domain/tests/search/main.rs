//! Search over the sample district and the small one: tables of what people type in three
//! languages, and properties of any input.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test fails by panicking, in its helpers too"
)]

use std::sync::LazyLock;

use domain::{
    CategoryCode, District, Lang,
    catalogue::{Category, CategoryKind, InForce, usual},
    pack::{DistrictPack, read},
    place::{GeoPoint, PlaceChoice, PointKind},
    search::{Entry, Field, Fit, PlaceKey, Query, Target, find},
};
use jiff::civil::{Date, date};
use proptest::prelude::*;

#[path = "../common/mod.rs"]
mod common;
mod everyday_words;
mod whole_names;

const DAY: Date = date(2026, 11, 23);

static DEMO: LazyLock<District> = LazyLock::new(|| {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../server/demo/pack");
    let files = std::fs::read_dir(folder).unwrap().map(|entry| {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_str().unwrap().to_owned();
        (name, std::fs::read(path).unwrap())
    });
    District::new(read(&files.collect()).unwrap())
});

fn categories(district: &District, text: &str) -> Vec<CategoryCode> {
    district.search_categories(text, DAY)
}

fn places(text: &str, near: Option<GeoPoint>) -> Vec<String> {
    let found = DEMO.search_places(text, near).into_iter();
    found.map(|place| code_of(&place.key).to_owned()).collect()
}

fn code_of(place: &PlaceKey) -> &str {
    match place {
        PlaceKey::Section(code) => code.as_str(),
        PlaceKey::Point(code) => code.as_str(),
        PlaceKey::Zone(code) => code.as_str(),
    }
}

#[test]
fn chance_similarity_is_not_found_beside_what_fits() {
    for (text, never) in [
        ("tree", "P0106"),
        ("tree", "0401"),
        ("gas", "0201"),
        ("lamp", "0302"),
        ("garbage", "0302"),
        ("parking", "P0402"),
    ] {
        let found = categories(&DEMO, text);
        assert!(found.iter().all(|code| code.as_str() != never), "{text}: {found:?}");
    }
    for text in ["kayak", "xyzzy", "？？", "9999", "zzzzzz"] {
        let found = if text == "？？" { Vec::new() } else { categories(&DEMO, text) };
        assert!(found.is_empty(), "{text}: {found:?}");
    }
}

/// The small catalogue on which the engine before this one was tried.
fn catalogue() -> Vec<Category> {
    let category = |code: &str, hans: &str, hant: &str, en: &str, words: &[&str]| Category {
        code: code.into(),
        kind: CategoryKind::Event,
        class: "E04".into(),
        class_names: domain::Names::new("街面秩序", "街面秩序", "Street order"),
        names: domain::Names::new(hans, hant, en),
        evidence: domain::Names::default(),
        words: words.iter().map(|word| (*word).into()).collect(),
        frequency: 0,
        usual_at: Vec::new(),
        force: InForce::default(),
        conditions: vec![],
    };
    let mut ended = category("0409", "占道旧", "占道舊", "Old blocking", &["zdj"]);
    ended.force.until = Some(date(2025, 12, 31));
    vec![
        category("0401", "无照经营游商", "無照經營遊商", "Street vending", &["摆摊"]),
        category("0402", "占道经营", "占道經營", "Stalls blocking the way", &[]),
        category("0403", "机动车乱停放", "機動車亂停放", "Cars parked in the way", &[]),
        category("0404", "店外经营", "店外經營", "Trading outside the shop", &[]),
        ended,
    ]
}

#[test]
fn a_few_letters_are_enough() {
    let mut pack = common::pack();
    pack.categories = catalogue();
    let district = District::new(pack);
    for (text, expected) in [
        ("zdjy", &["0402"][..]),
        ("ZDJ", &["0402"]),
        ("zhan", &["0402"]),
        ("占道", &["0402"]),
        ("經營", &["0401", "0402", "0404"]),
        ("摆摊", &["0401"]),
        ("way", &["0402", "0403"]),
        ("park", &["0403"]),
        ("way block", &["0402"]),
        ("jy", &["0401", "0402", "0404"]),
        ("street", &["0401", "0402", "0403", "0404"]),
        ("0404", &["0404"]),
        ("", &["0401", "0402", "0403", "0404"]),
        ("  ", &["0401", "0402", "0403", "0404"]),
        ("kayak", &[]),
    ] {
        let found = categories(&district, text);
        let found: Vec<&str> = found.iter().map(CategoryCode::as_str).collect();
        assert_eq!(found, expected, "{text}");
    }
}

#[test]
fn better_fit_comes_before_a_lesser_one() {
    let entries: Vec<(Fit, Entry)> = [
        (Fit::Inside, "一占道"),
        (Fit::WordPrefix, "north zd street"),
        (Fit::Initials, "占道"),
        (Fit::FirstInitials, "占道经营"),
        (Fit::Prefix, "zdx"),
        (Fit::Exact, "zd"),
    ]
    .into_iter()
    .map(|(fit, name)| (fit, Entry::default().with(Field::Name, name)))
    .collect();
    let found = find(entries.iter().map(|(fit, entry)| (*fit, entry)), &Query::new("zd"));
    assert_eq!(found.len(), entries.len());
    for (rank, expected) in found {
        assert_eq!(rank.fit, expected);
    }
}

#[test]
fn sections_points_and_zones_are_found_by_name_and_pinyin() {
    for (text, expected) in [
        ("东正街", "东正街"),
        ("東正街", "东正街"),
        ("dzj", "东正街"),
        ("dongzhengjie", "东正街"),
        ("Dongzheng Street", "东正街"),
        ("dongzeng street", "东正街"),
        ("xing'an road", "兴安路"),
        ("xingan", "兴安路"),
        ("老城农贸市场", "老城农贸市场"),
        ("nmsc", "老城农贸市场"),
        ("old town market", "老城农贸市场"),
        ("hkkyz", "恒口客运站"),
        ("coach station", "恒口客运站"),
        ("老城片区", "老城片区"),
        ("lcpq", "老城片区"),
        ("river valley", "河谷片区"),
        ("恒口街道", "恒口街道（示例）"),
    ] {
        let found = DEMO.search_places(text, None);
        let first = found.first().unwrap_or_else(|| panic!("{text} finds nothing"));
        let name = match &first.key {
            PlaceKey::Section(code) => &DEMO.section(code).unwrap().names,
            PlaceKey::Point(code) => &DEMO.point(code).unwrap().names,
            PlaceKey::Zone(code) => &DEMO.zone(code).unwrap().names,
        };
        assert_eq!(name.get(Lang::Hans), expected, "{text}: {found:?}");
    }
}

#[test]
fn equally_good_places_are_listed_the_nearest_first_when_the_position_is_known() {
    for point in &DEMO.pack().points {
        let found = DEMO.search_places("", Some(point.at));
        assert!(found.iter().all(|place| place.distance_m.is_some()));
        assert!(found.is_sorted_by_key(|place| place.distance_m));
        let own = found.iter().find(|it| it.key == PlaceKey::Point(point.code.clone())).unwrap();
        assert_eq!(own.distance_m, Some(0));
        let zone = DEMO.choice_of(&own.key).zone.unwrap();
        let zone = found.iter().find(|it| it.key == PlaceKey::Zone(zone.clone())).unwrap();
        assert_eq!(zone.distance_m, Some(0), "inside");
    }
    // All schools fit alike; without a position they stand in the order of the pack.
    let schools = places("小学", None);
    assert!(schools.is_sorted(), "{schools:?}");
    let last = &DEMO.point(&schools.last().unwrap().as_str().into()).unwrap();
    assert_eq!(places("小学", Some(last.at)).first(), schools.last());
}

#[test]
fn choosing_a_place_gives_what_a_position_there_would() {
    for point in &DEMO.pack().points {
        let choice = DEMO.choice_of(&PlaceKey::Point(point.code.clone()));
        let place = DEMO.place(None, &choice);
        assert_eq!(place.point.as_ref(), Some(&point.code));
        assert!(place.zone.is_some(), "{}", point.code);
        assert_eq!((place.zone, place.section), (choice.zone, choice.section));
    }
    for section in &DEMO.pack().sections {
        let choice = DEMO.choice_of(&PlaceKey::Section(section.code.clone()));
        let expected =
            PlaceChoice { section: Some(section.code.clone()), ..PlaceChoice::default() };
        assert_eq!(choice, expected);
    }
    let zone = DEMO.choice_of(&PlaceKey::Zone("z01".into()));
    assert_eq!(zone, PlaceChoice { zone: Some("z01".into()), ..PlaceChoice::default() });
    assert!(DEMO.choice_of(&PlaceKey::Point("nowhere".into())).is_empty());
}

#[test]
fn units_and_people_are_found_by_name_and_pinyin() {
    let first = |text: &str, is_wanted: fn(&Target) -> bool| {
        DEMO.search().find(text, is_wanted).first().copied().cloned()
    };
    let unit = |target: &Target| matches!(target, Target::Unit(_));
    for (text, code) in [
        ("城市管理执法局", "cgj"),
        ("城市管理執法局", "cgj"),
        ("csgl", "cgj"),
        ("chengshiguanli", "cgj"),
        ("urban management", "cgj"),
        ("交警", "jjd"),
        ("traffic police", "jjd"),
        ("sanitation", "hws"),
        ("sanitatoin", "hws"),
        ("gds", "gds"),
    ] {
        assert_eq!(first(text, unit), Some(Target::Unit(code.into())), "{text}");
    }
    let person = |target: &Target| matches!(target, Target::Person(_));
    for (text, code) in [
        ("王春平", "u001"),
        ("wcp", "u001"),
        ("wangchunping", "u001"),
        ("Wang Chunping", "u001"),
        ("chunping wang", "u001"),
        ("guoan", "u008"),
    ] {
        assert_eq!(first(text, person), Some(Target::Person(code.into())), "{text}");
    }
}

#[test]
fn first_day_guesses_follow_the_districts_frequency_and_the_kind_of_place() {
    let first = |kind: Option<PointKind>| -> Vec<String> {
        let usual = usual(&DEMO.pack().categories, kind, DAY);
        usual.iter().take(3).map(|code| code.as_str().to_owned()).collect()
    };
    assert_eq!(first(None), ["0102", "0402", "0404"]);
    for (kind, expected) in [
        (PointKind::Market, ["0102", "0402", "0401"]),
        (PointKind::Station, ["0404", "0401", "0405"]),
        (PointKind::ConstructionSite, ["P0201", "0303", "0103"]),
        (PointKind::School, ["0402", "0404", "0401"]),
    ] {
        assert_eq!(first(Some(kind)), expected, "{kind:?}");
    }
}
