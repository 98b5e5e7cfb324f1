//! What the checker says of rules, against what assignment does: generated rules,
//! and every place, category and hour of the small district.

use std::collections::BTreeSet;

use domain::{
    District, Timestamp,
    duty::{Basis, Destination, Facts, assign},
    pack::{DistrictPack, FaultKind},
    place::{GeoPoint, PlaceChoice, Position},
};
use proptest::prelude::*;

use crate::sample::Folder;

/// A rule as its fields in `rules.toml`, without its id.
fn rule() -> impl Strategy<Value = String> {
    fn one(fields: &'static [&'static str]) -> impl Strategy<Value = &'static str> {
        prop::sample::select(fields)
    }
    let tier =
        one(&["tier = \"law\"\ncitation = \"law\"", "tier = \"document\"\ncitation = \"doc\""]);
    let what = one(&[
        "",
        "class = \"E1\"",
        "categories = [\"01\"]",
        "categories = [\"01\", \"02\"]",
        "categories = [\"01\"]\nconditions = [\"1\"]",
        "categories = [\"01\"]\nconditions = [\"1\", \"2\"]",
    ]);
    let zone = one(&[
        "",
        "",
        "area = \"urban\"",
        "area = \"rural\"",
        "zones = [\"z1\"]",
        "zones = [\"a1\"]",
        "zones = [\"z2\"]\narea = \"rural\"",
    ]);
    let spot = one(&[
        "",
        "",
        "",
        "sections = [\"s1\"]",
        "sections = [\"s1\", \"s2\"]",
        "points = [\"p1\"]",
        "point_kinds = [\"market\"]",
        "point_kinds = [\"market\"]\nsections = [\"s2\"]",
    ]);
    let hours = one(&["", "", "hours = [\"06:00-12:00\"]", "hours = [\"20:00-07:00\"]"]);
    let days = one(&["", "", "from = 2026-11-02", "until = 2026-11-01"]);
    let lead = one(&["lead = \"unit:so\"", "lead = \"unit:cgj\"", "lead = \"role:manager\""]);
    (tier, what, zone, spot, hours, days, lead).prop_map(
        |(tier, what, zone, spot, hours, days, lead)| {
            [tier, what, zone, spot, hours, days, lead].join("\n")
        },
    )
}

/// Only these rules, numbered in their order.
fn folder(rules: &[String]) -> Folder {
    let mut folder = Folder::good();
    folder.keep_citations_only();
    for (number, fields) in rules.iter().enumerate() {
        folder.append("rules.toml", &format!("\n[[rule]]\nid = \"r{number}\"\n{fields}\n"));
    }
    folder
}

/// The rule that decides each report of the sweep.
fn decided(pack: DistrictPack) -> Vec<Option<String>> {
    let district = District::new(pack);
    let mut decided = Vec::new();
    for lon in [109.0005, 109.002, 109.0035, 109.0099, 109.0101, 109.0165, 109.0195] {
        for lat in [32.7005, 32.7049, 32.7054, 32.7095] {
            // 1 November 2026 00:00 in the district, and three hours of each two days.
            for hours in [3, 6, 11, 22, 27, 30, 35, 46] {
                let now = Timestamp::from_millis(1_793_462_400_000 + hours * 3_600_000);
                let at = GeoPoint::from_degrees(lat, lon).unwrap();
                let position = Position { at, accuracy_m: 1, read: now };
                let place = district.place(Some(position.fresh()), &PlaceChoice::default());
                for (category, condition) in [("01", "1"), ("01", "2"), ("02", "1")] {
                    let facts = Facts {
                        category: category.into(),
                        condition: condition.into(),
                        place: place.clone(),
                        captured: now,
                        now,
                    };
                    decided.push(match assign(&district, &facts).destination {
                        Destination::Unit(assignment) => match assignment.basis {
                            Basis::Rule { rule, .. } => Some(rule.as_str().to_owned()),
                            Basis::Order { .. } => None,
                        },
                        Destination::Headquarters { .. } => None,
                    });
                }
            }
        }
    }
    decided
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    /// Where no tie is reported, the names of the rules decide nothing (assignment
    /// tries equals by name).
    #[test]
    fn without_a_tie_the_names_of_rules_do_not_matter(
        rules in prop::collection::vec(rule(), 2..6),
    ) {
        let shadowed_only = |kind: &FaultKind| matches!(kind, FaultKind::Shadowed { .. });
        let kinds: Vec<FaultKind> = folder(&rules)
            .read()
            .err()
            .iter()
            .flatten()
            .map(|fault| fault.kind.clone())
            .collect();
        prop_assume!(!kinds.iter().any(|kind| matches!(kind, FaultKind::Tie { .. })));
        prop_assert!(kinds.iter().all(shadowed_only), "{kinds:?}");

        // A shadowed rule is a fault, so it is taken out; it must not be missed.
        let hidden: BTreeSet<String> = kinds
            .iter()
            .map(|kind| match kind {
                FaultKind::Shadowed { rule, .. } => rule.to_string(),
                other => panic!("{other:?}"),
            })
            .collect();
        let pack = folder(&[]).read().unwrap();
        let all = with_rules(&pack, &rules);
        let mut turned = all.clone();
        let last = rules.len() - 1;
        for (number, rule) in turned.rules.iter_mut().enumerate() {
            rule.id = format!("r{}", last - number).as_str().into();
        }
        let back = |name: String| format!("r{}", last - name.trim_start_matches('r').parse::<usize>().unwrap());
        let decided_by = decided(all);
        let otherwise: Vec<_> = decided(turned).into_iter().map(|rule| rule.map(back)).collect();
        prop_assert_eq!(&decided_by, &otherwise);
        for rule in decided_by.iter().flatten() {
            prop_assert!(!hidden.contains(rule), "{} wins although it is shadowed", rule);
        }
    }
}

/// The pack with rules read one by one, so that no check looks at them together.
fn with_rules(pack: &DistrictPack, rules: &[String]) -> DistrictPack {
    let mut pack = pack.clone();
    for (number, fields) in rules.iter().enumerate() {
        let alone = folder(std::slice::from_ref(fields)).read().unwrap();
        let mut rule = alone.rules.into_iter().next().unwrap();
        rule.id = format!("r{number}").as_str().into();
        pack.rules.push(rule);
    }
    pack
}
