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

mod common;

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

/// The first that is found, and others that must be among the first five.
#[test]
fn everyday_word_of_any_language_finds_its_category_first() {
    let mut wrong = Vec::new();
    for (text, expected) in [
        // Pinyin: initials and whole, also without the last letters.
        ("zdjy", &["0402"][..]),
        ("ZDJY", &["0402"]),
        ("ｚｄｊｙ", &["0402"]),
        ("zhandaojingying", &["0402"]),
        ("zhan dao jing ying", &["0402"]),
        ("zhandaojing", &["0402"]),
        ("bllj", &["0102"]),
        ("baolulaji", &["0102"]),
        ("jdc", &["0404"]),
        ("jinggai", &["P0101", "P0103", "P0104", "P0105"]),
        ("hongludeng", &["P0204"]),
        ("luhua", &["0507"]),
        ("lvhua", &["P0402"]),
        // Simplified Chinese.
        ("占道经营", &["0402"]),
        ("乱停车", &["0404", "0405"]),
        ("违停", &["0404"]),
        ("垃圾", &["0102", "0105", "P0302"]),
        ("垃圾桶", &["P0302", "0107"]),
        ("小广告", &["0202"]),
        ("路灯", &["P0106"]),
        ("灯不亮", &["P0106"]),
        ("井盖", &["P0101", "P0103", "P0104", "P0105"]),
        ("坑", &["0309", "P0201"]),
        ("红绿灯", &["P0204"]),
        ("公厕", &["P0301"]),
        ("狗", &["0601"]),
        ("积水", &["0505"]),
        ("树", &["P0401", "0504"]),
        ("噪音", &["0307", "0409"]),
        ("烧烤", &["0408"]),
        // Traditional Chinese.
        ("占道經營", &["0402"]),
        ("佔道經營", &["0402"]),
        ("亂停車", &["0404", "0405"]),
        ("違停", &["0404"]),
        ("小廣告", &["0202"]),
        ("路燈", &["P0106"]),
        ("紅綠燈", &["P0204"]),
        ("暴露垃圾", &["0102"]),
        ("僵屍車", &["0604"]),
        ("綠地", &["P0402"]),
        ("煙頭", &["0104"]),
        ("公廁", &["P0301"]),
        // English.
        ("parking", &["0404", "0405"]),
        ("Parking", &["0404", "0405"]),
        ("park", &["0404", "0405"]),
        ("badly parked", &["0404", "0405"]),
        ("trash", &["0102", "0105", "0107", "P0302"]),
        ("garbage", &["0102", "0107", "P0302"]),
        ("rubbish", &["0102", "P0303"]),
        ("trash can", &["0107", "P0302"]),
        ("vendor", &["0401", "0402"]),
        ("vendors", &["0401", "0402"]),
        ("street vendor", &["0401"]),
        ("pothole", &["P0201"]),
        ("lamp", &["P0106"]),
        ("street lamp", &["P0106"]),
        ("streetlight", &["P0106"]),
        ("tree", &["0504", "P0401"]),
        ("fallen tree", &["0504"]),
        ("street tree", &["P0401"]),
        ("manhole", &["P0101", "P0103", "P0104"]),
        ("graffiti", &["0202"]),
        ("dog", &["0601"]),
        ("flood", &["0505"]),
        ("gas", &["0503", "P0105"]),
        ("traffic light", &["P0204"]),
        ("bench", &["P0403"]),
        ("noise", &["0307", "0409"]),
        ("toilet", &["P0301"]),
        ("bbq", &["0408"]),
        // One slip, in letters, in pinyin, and the wrong character of the same sound.
        ("vender", &["0401", "0402"]),
        ("pothloe", &["P0201"]),
        ("grafiti", &["0202"]),
        ("parkng", &["0404", "0405"]),
        ("garbge", &["0102", "0107"]),
        ("streat light", &["P0106"]),
        ("zhandoajingying", &["0402"]),
        ("baolvlaji", &["0102"]),
        ("占到经营", &["0402"]),
        ("站到经营", &["0402"]),
        // Codes.
        ("0404", &["0404"]),
        ("p0106", &["P0106"]),
    ] {
        let found = categories(&DEMO, text);
        let early: Vec<&str> = found.iter().take(6).map(CategoryCode::as_str).collect();
        let is_right =
            early.first() == expected.first() && expected.iter().all(|code| early.contains(code));
        if !is_right {
            wrong.push(format!("{text}: {early:?}"));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
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

/// Every category that is found by a whole name, or shares it, comes before all others.
#[test]
fn whole_name_always_finds_its_thing_first() {
    let pack: &DistrictPack = DEMO.pack();
    for category in &pack.categories {
        let names = &category.names;
        for name in [&names.hans, &names.hant, &names.en].into_iter().filter(|it| !it.is_empty()) {
            let found = categories(&DEMO, name);
            assert_eq!(found.first(), Some(&category.code), "{name}: {found:?}");
        }
    }
    for target in DEMO.search().find("", |_| true) {
        let names = match target {
            Target::Category(_) => continue,
            Target::Place(PlaceKey::Section(code)) => &DEMO.section(code).unwrap().names,
            Target::Place(PlaceKey::Point(code)) => &DEMO.point(code).unwrap().names,
            Target::Place(PlaceKey::Zone(code)) => &DEMO.zone(code).unwrap().names,
            Target::Unit(code) => &DEMO.unit(code).unwrap().names,
            Target::Person(code) => &DEMO.person(code).unwrap().names,
        };
        for name in [&names.hans, &names.hant, &names.en].into_iter().filter(|it| !it.is_empty()) {
            let same_kind =
                |other: &Target| std::mem::discriminant(other) == std::mem::discriminant(target);
            let found = DEMO.search().find(name, same_kind);
            // People and streets may share a name: theirs stand together.
            let entry = DEMO.search().entry(found[0]).unwrap();
            let whole = find(std::iter::once(((), entry)), &Query::new(name));
            assert_eq!(whole[0].0.fit, Fit::Exact, "{name}: {found:?}");
            assert!(found.iter().take(4).any(|it| *it == target), "{name}: {found:?}");
        }
    }
}

#[test]
fn joined_entry_is_found_by_the_words_of_all_its_parts() {
    let part = |target: Target| DEMO.search().entry(&target).unwrap();
    let case = |number: &str, unit: &str| {
        Entry::default()
            .with(Field::Name, number)
            .joined(part(Target::Category("0402".into())))
            .joined(part(Target::Unit(unit.into())))
    };
    let cases = [case("2026-000017", "cgj"), case("2026-000018", "hws")];
    for (text, expected) in [
        ("", &[0, 1][..]),
        ("zdjy", &[0, 1]),
        ("vendor", &[0, 1]),
        ("18", &[1]),
        ("2026-000017", &[0]),
        ("2026-000019", &[]),
        ("sanitation vendor", &[1]),
        ("cgj 17 stall", &[0]),
        ("环境卫生 17", &[]),
        ("sanitatoin vender", &[1]),
    ] {
        let found = find(cases.iter().enumerate(), &Query::new(text));
        let found: Vec<usize> = found.into_iter().map(|(_, number)| number).collect();
        assert_eq!(found, expected, "{text}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    #[test]
    fn no_input_makes_search_panic_or_list_a_thing_twice(text in "\\PC{0,24}") {
        let found = categories(&DEMO, &text);
        let mut once = found.clone();
        once.sort();
        once.dedup();
        prop_assert_eq!(once.len(), found.len());
        let _ = places(&text, GeoPoint::from_degrees(32.7, 109.1));
        let _ = DEMO.search().find(&text, |_| true);
    }

    #[test]
    fn mixed_input_of_names_and_noise_never_panics(
        at in 0_usize..76,
        noise in "[a-zü’（ 占道x0-9-]{0,6}",
        cut in 0_usize..6,
    ) {
        let names = &DEMO.pack().categories[at].names;
        let text: String = names.hans.chars().take(cut).chain(noise.chars()).collect();
        let _ = categories(&DEMO, &text);
        let _ = places(&text, None);
    }

    /// The first letters of a name find it, whatever else they find.
    #[test]
    fn every_beginning_of_a_name_finds_it(at in 0_usize..76, letters in 1_usize..30) {
        let category = &DEMO.pack().categories[at];
        for name in [&category.names.hans, &category.names.en] {
            let beginning: String = name.chars().take(letters).collect();
            let found = categories(&DEMO, &beginning);
            prop_assert!(found.contains(&category.code), "{}: {:?}", beginning, found);
        }
    }

    /// One letter of a long English name wrong: it is still found.
    #[test]
    fn one_slip_in_a_long_word_is_forgiven(at in 0_usize..76, slip in 0_usize..40) {
        let category = &DEMO.pack().categories[at];
        let word = category.names.en.split(' ').max_by_key(|word| word.len()).unwrap();
        let mut letters: Vec<char> = word.to_lowercase().chars().collect();
        prop_assume!(letters.len() >= 4 && letters.iter().all(char::is_ascii_lowercase));
        let slip = slip % letters.len();
        letters[slip] = 'q';
        let typed: String = letters.into_iter().collect();
        let found = categories(&DEMO, &typed);
        prop_assert!(found.contains(&category.code), "{}: {:?}", typed, found);
    }
}
