//! Who must fix it, as a table: a report and its time against unit, person, basis
//! and the rules that lost.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test fails by panicking, in its helpers too"
)]

mod common;

use common::{at, district, pack, position};
use domain::{
    District, Lang, Timestamp,
    case::OrderTo,
    duty::{
        Assignment, Basis, Destination, Facts, Lead, LostBecause, Rule, Scope, Tier, Via, Why,
        assign, assign_by_order,
    },
    place::{Place, PlaceChoice},
};
use proptest::prelude::*;

/// Zone 1 on East Ankang Road, away from the market.
const SECTION_1: (f64, f64) = (32.705, 109.101);
const MARKET: (f64, f64) = (32.705, 109.105);
/// Zone 1, off every section.
const OFF_SECTION: (f64, f64) = (32.702, 109.102);
const ZONE_2: (f64, f64) = (32.702, 109.112);
const RURAL: (f64, f64) = (32.702, 109.130);
const SEA: (f64, f64) = (30.0, 122.5);

fn facts(district: &District, category: &str, (lat, lon): (f64, f64), now: Timestamp) -> Facts {
    Facts {
        category: category.into(),
        condition: "1".into(),
        place: district.place(Some(position(lat, lon).fresh()), &PlaceChoice::default()),
        captured: now,
        now,
    }
}

fn assigned(category: &str, place: (f64, f64), time: &str) -> Assignment {
    let district = district();
    match assign(&district, &facts(&district, category, place, at(time))).destination {
        Destination::Unit(assignment) => *assignment,
        tray => panic!("{category} at {place:?} went to {tray:?}"),
    }
}

fn tray(category: &str, place: (f64, f64)) -> Why {
    let district = district();
    let facts = facts(&district, category, place, at("2026-11-23 10:00"));
    match assign(&district, &facts).destination {
        Destination::Headquarters { why, .. } => why,
        Destination::Unit(assignment) => panic!("assigned: {assignment:?}"),
    }
}

#[test]
fn the_tiers_are_tried_in_order_and_the_most_specific_rule_wins() {
    for (category, place, time, unit, tier, rule) in [
        ("0401", SECTION_1, "2026-11-23 10:00", "cgj", Tier::Law, "law-vending"),
        ("0401", MARKET, "2026-11-23 10:00", "mkt", Tier::Law, "law-vending-market"),
        ("0401", RURAL, "2026-11-23 10:00", "so2", Tier::Document, "doc-vending"),
        ("0402", SECTION_1, "2026-11-23 10:00", "jjd", Tier::Law, "law-parking-warden"),
        // No warden off the section: the law's role resolves to nobody, the document speaks.
        ("0402", OFF_SECTION, "2026-11-23 19:00", "jjd", Tier::Document, "doc-parking"),
        // The old law ended in 2020.
        ("0403", SECTION_1, "2026-11-23 10:00", "so1", Tier::Order, "ord-structure"),
        ("P0101", SECTION_1, "2026-11-23 10:00", "own", Tier::Law, "law-cover"),
        ("P0101", ZONE_2, "2026-11-23 10:00", "so1", Tier::Law, "law-cover"),
    ] {
        let found = assigned(category, place, time);
        let Basis::Rule { rule: won, .. } = &found.basis else { panic!("{:?}", found.basis) };
        assert_eq!(
            (found.unit.code.as_str(), found.tier, won.as_str()),
            (unit, tier, rule),
            "{category} at {place:?}"
        );
    }
}

#[test]
fn what_no_tier_resolves_goes_to_headquarters() {
    assert_eq!(tray("0404", RURAL), Why::NoBasisFound);
    assert_eq!(tray("0401", SEA), Why::OutsideDistrict);
    let district = district();
    let nowhere = Facts {
        place: district.place(None, &PlaceChoice::default()),
        ..facts(&district, "0401", SECTION_1, at("2026-11-23 10:00"))
    };
    let Destination::Headquarters { why, sentence, .. } = assign(&district, &nowhere).destination
    else {
        panic!("assigned without a place")
    };
    assert_eq!(why, Why::PlaceUnknown);
    assert!(sentence.get(Lang::En).contains("headquarters"));
}

#[test]
fn a_chosen_section_stands_in_for_a_position() {
    let district = district();
    let chosen = PlaceChoice { section: Some("s1".into()), ..PlaceChoice::default() };
    let facts = Facts {
        place: district.place(None, &chosen),
        ..facts(&district, "0402", SECTION_1, at("2026-11-23 10:00"))
    };
    let Destination::Unit(found) = assign(&district, &facts).destination else { panic!() };
    assert_eq!(found.unit.code.as_str(), "jjd");
}

#[test]
fn the_condition_makes_a_rule_more_specific_and_sets_the_limit() {
    let district = district();
    let now = at("2026-11-23 10:00");
    let severe = Facts { condition: "2".into(), ..facts(&district, "0403", SECTION_1, now) };
    let Destination::Unit(found) = assign(&district, &severe).destination else { panic!() };
    assert_eq!(found.unit.code.as_str(), "cgj");
    assert_eq!(found.due.at, at("2026-11-23 12:00"));
}

#[test]
fn it_ends_at_a_present_person() {
    for (category, place, time, person, via) in [
        ("0401", SECTION_1, "2026-11-23 10:00", "c4", Via::Warden),
        ("0401", SECTION_1, "2026-12-05 10:00", "c5", Via::DeputyOf(name("c4"))),
        ("0401", ZONE_2, "2026-11-23 10:00", "c2", Via::OnDuty),
        ("0401", ZONE_2, "2026-12-12 10:00", "c3", Via::DeputyOf(name("c2"))),
        // Duty person and deputy both away: the unit's lead.
        ("0401", ZONE_2, "2026-12-16 10:00", "c1", Via::Lead),
        // The community warden's term ended in June.
        ("0403", SECTION_1, "2026-11-23 10:00", "o2", Via::OnDuty),
        ("0403", SECTION_1, "2026-06-01 10:00", "o1", Via::Warden),
    ] {
        let found = assigned(category, place, time).person.expect("a person");
        assert_eq!((found.code.as_str(), found.via), (person, via), "{category} {time}");
    }
}

#[test]
fn the_narrowest_patch_names_its_leader() {
    for (place, leader) in [(SECTION_1, Some("l2")), (ZONE_2, Some("l1")), (RURAL, None)] {
        let found = assigned("0401", place, "2026-11-23 10:00").patch_leader;
        assert_eq!(found.as_ref().map(|leader| leader.code.as_str()), leader);
    }
}

#[test]
fn the_rules_that_lost_are_kept_with_the_reason() {
    let lost = |found: Assignment| -> Vec<(String, LostBecause)> {
        found.lost.iter().map(|lost| (lost.rule.to_string(), lost.because)).collect()
    };
    assert_eq!(
        lost(assigned("0401", MARKET, "2026-11-23 10:00")),
        [
            ("law-vending".to_owned(), LostBecause::MoreSpecific),
            ("doc-vending".to_owned(), LostBecause::HigherTier),
        ]
    );
    assert_eq!(
        lost(assigned("0402", OFF_SECTION, "2026-11-23 19:00")),
        [
            ("law-parking-warden".to_owned(), LostBecause::Unresolved),
            ("ord-parking-night".to_owned(), LostBecause::HigherTier),
        ]
    );
}

#[test]
fn the_sentence_says_why_in_each_language() {
    let found = assigned("0401", SECTION_1, "2026-12-05 10:00");
    assert_eq!(
        found.sentence.get(Lang::Hans),
        "依法律《甲法》第一条，安康路东段的“无照经营游商”由城管局负责整改，责任人人c5（代人c4）。"
    );
    assert_eq!(
        found.sentence.get(Lang::En),
        "By law (《甲法》, 第一条): “Street vending” at East Ankang Road is for Urban management to \
         fix; Person c5 answers for it, standing in for Person c4."
    );
}

#[test]
fn co_units_stand_beside_the_lead() {
    let found = assigned("0401", MARKET, "2026-11-23 10:00");
    let units: Vec<_> = found.co_units.iter().map(|unit| unit.code.as_str()).collect();
    assert_eq!(units, ["cgj"]);
}

#[test]
fn a_permitted_stall_is_told() {
    let district = district();
    for (time, permitted) in [("2026-11-23 20:00", true), ("2026-11-23 22:30", false)] {
        let routing = assign(&district, &facts(&district, "0401", MARKET, at(time)));
        assert_eq!(routing.permitted.is_some(), permitted, "{time}");
        if let Some(stall) = routing.permitted {
            assert_eq!(stall.until, at("2026-11-23 22:00"));
        }
    }
}

#[test]
fn an_order_names_unit_person_and_limit() {
    let district = district();
    let facts = facts(&district, "0404", RURAL, at("2026-11-23 10:00"));
    let order = |unit: &str, person: Option<&str>| OrderTo {
        unit: unit.into(),
        person: person.map(Into::into),
        co_units: Vec::new(),
        limit: Some("2 urgent hours".parse().unwrap()),
        reason: "示范路段".into(),
    };
    let found = assign_by_order(&district, &facts, &order("cgj", Some("c3"))).unwrap();
    assert_eq!(found.tier, Tier::Order);
    assert_eq!(found.person.unwrap().code.as_str(), "c3");
    assert_eq!(found.due.at, at("2026-11-23 12:00"));
    assert!(assign_by_order(&district, &facts, &order("nobody", None)).is_err());
    assert!(assign_by_order(&district, &facts, &order("cgj", Some("t1"))).is_err());
}

#[test]
fn an_order_names_no_person_by_a_section_that_may_be_another() {
    let district = district();
    let certain = facts(&district, "0401", SECTION_1, at("2026-11-23 10:00"));
    let order = OrderTo {
        unit: "cgj".into(),
        person: None,
        co_units: Vec::new(),
        limit: None,
        reason: "示范路段".into(),
    };
    let may_be_another =
        Place { other_sections: vec!["s2".into()], other_zones: vec![], ..certain.place.clone() };
    let nowhere_sure = Place { other_zones: vec!["z2".into()], ..may_be_another.clone() };
    for (place, person, via, leader, where_to) in [
        (certain.place.clone(), "c4", Via::Warden, Some("l2"), "East Ankang Road"),
        (may_be_another, "c2", Via::OnDuty, Some("l1"), "Zone 1"),
        (nowhere_sure, "c2", Via::OnDuty, None, "district"),
    ] {
        let facts = Facts { place, ..certain.clone() };
        let found = assign_by_order(&district, &facts, &order).unwrap();
        let named = found.person.expect("somebody is on duty");
        assert_eq!((named.code.as_str(), named.via), (person, via), "{where_to}");
        let found_leader = found.patch_leader.as_ref().map(|leader| leader.code.as_str());
        assert_eq!(found_leader, leader, "{where_to}");
        assert!(found.sentence.en.contains(where_to), "{}", found.sentence.en);
    }
}

#[test]
fn ambiguous_place_names_whom_all_its_candidates_name_and_nobody_else() {
    let district = district();
    let now = at("2026-11-23 10:00");
    let at_zones = |zone: Option<&str>, others: &[&str]| Place {
        zone: zone.map(Into::into),
        section: None,
        point: None,
        other_zones: others.iter().map(|&code| code.into()).collect(),
        ..facts(&district, "0401", OFF_SECTION, now).place
    };
    let at_sections = |others: &[&str]| Place {
        other_sections: others.iter().map(|&code| code.into()).collect(),
        ..facts(&district, "0401", SECTION_1, now).place
    };
    let many: Vec<String> = (0..8).map(|number| format!("s9{number}")).collect();
    let many: Vec<&str> = many.iter().map(String::as_str).collect();
    for (what, category, place, unit, words) in [
        (
            "both zones are the bureau's",
            "0401",
            at_zones(Some("z1"), &["z2"]),
            Some("cgj"),
            "district",
        ),
        ("each zone has an office", "0403", at_zones(Some("z1"), &["z3"]), None, "headquarters"),
        ("or outside the district", "0401", at_zones(None, &["z1"]), None, "headquarters"),
        ("each section has a warden", "0401", at_sections(&["s2"]), None, "headquarters"),
        ("the same section twice", "0401", at_sections(&["s1"]), Some("cgj"), "Zone 1"),
        ("more than are listed", "0401", at_sections(&many), None, "headquarters"),
    ] {
        let facts = Facts { place, ..facts(&district, category, SECTION_1, now) };
        let (found, sentence) = match assign(&district, &facts).destination {
            Destination::Unit(it) => (Some(it.unit.code.as_str().to_owned()), it.sentence),
            Destination::Headquarters { why, sentence, .. } => {
                assert_eq!(why, Why::PlaceAmbiguous, "{what}");
                (None, sentence)
            }
        };
        assert_eq!(found.as_deref(), unit, "{what}");
        assert!(sentence.en.contains(words), "{what}: {}", sentence.en);
    }
}

#[test]
fn no_stall_is_permitted_where_the_position_is_in_doubt() {
    let district = district();
    let now = at("2026-11-23 20:00");
    let (lat, lon) = MARKET;
    let here = position(lat, lon).fresh();
    for (accuracy_m, age_ms, is_permitted) in
        [(8, 0, true), (8, 121_000, false), (300, 0, false), (10_000, 0, false)]
    {
        let position = domain::place::AgedPosition { accuracy_m, age_ms, ..here };
        let place = district.place(Some(position), &PlaceChoice::default());
        let facts = Facts { place, ..facts(&district, "0401", MARKET, now) };
        let permitted = assign(&district, &facts).permitted;
        assert_eq!(permitted.is_some(), is_permitted, "{accuracy_m} m, {age_ms} ms");
    }
}

fn name(code: &str) -> domain::Names {
    pack().people.into_iter().find(|person| person.code.as_str() == code).unwrap().names
}

proptest! {
    /// Where a higher tier decides, adding a rule of a lower tier changes nothing but
    /// the list of those that lost.
    #[test]
    fn a_lower_tier_never_changes_what_a_higher_one_decides(
        lat in 32.699..32.711_f64,
        lon in 109.099..109.141_f64,
        category in prop::sample::select(vec!["0401", "0402", "0403", "P0101"]),
        narrow in 0..3_u8,
        hour in 0..24_i64,
    ) {
        let before = district();
        let now = at("2026-11-23 00:00").plus_millis(hour * 3_600_000);
        let facts = facts(&before, category, (lat, lon), now);
        let decided = assign(&before, &facts).destination;
        let mut pack = pack();
        let lowest = match &decided {
            Destination::Unit(assignment) if assignment.tier < Tier::Order => Tier::Order,
            _ => return Ok(()),
        };
        pack.rules.push(Rule {
            id: "added".into(),
            tier: lowest,
            citation: "ord-c".into(),
            scope: Scope {
                categories: vec![category.into()],
                conditions: if narrow > 0 { vec!["1".into()] } else { Vec::new() },
                sections: if narrow > 1 { facts.place.section.iter().cloned().collect() } else { Vec::new() },
                ..Scope::default()
            },
            lead: Lead::Unit("hq".into()),
            co: Vec::new(),
            force: Default::default(),
        });
        let after = assign(&District::new(pack), &facts).destination;
        let without_lost = |destination| match destination {
            Destination::Unit(mut assignment) => { assignment.lost.clear(); Destination::Unit(assignment) }
            tray => tray,
        };
        prop_assert_eq!(without_lost(after), without_lost(decided));
    }

    /// The answer depends on nothing but its arguments.
    #[test]
    fn assigning_again_gives_the_same_answer(
        lat in -90.0..90.0_f64,
        lon in -180.0..180.0_f64,
        millis in 0..4_000_000_000_000_i64,
    ) {
        let (one, other) = (district(), district());
        let facts = facts(&one, "0401", (lat, lon), Timestamp::from_millis(millis));
        prop_assert_eq!(assign(&one, &facts), assign(&other, &facts));
    }
}
