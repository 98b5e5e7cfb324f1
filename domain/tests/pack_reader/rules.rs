//! Ties and shadows: what can meet, and what can never win.

use domain::pack::FaultKind;

use crate::sample::Folder;

/// The faults of a good pack with one more rule, a `line` to each field.
fn with_rule(fields: &str) -> Vec<FaultKind> {
    let mut folder = Folder::good();
    let head = "\n[[rule]]\nid = \"new\"\n";
    folder.append("rules.toml", &format!("{head}{}\n", fields.replace("; ", "\n")));
    match folder.read() {
        Ok(_) => Vec::new(),
        Err(faults) => faults.iter().map(|fault| fault.kind.clone()).collect(),
    }
}

#[test]
fn two_rules_tie_only_where_both_can_match() {
    const LAW: &str = "tier = \"law\"; citation = \"law\"; lead = \"unit:so\"";
    for (fields, ties_with) in [
        // As specific as "stalls-urban": a category, a kind of area.
        ("categories = [\"01\"]; area = \"urban\"", Some("stalls-urban")),
        ("categories = [\"02\", \"01\"]; area = \"urban\"", Some("stalls-urban")),
        ("categories = [\"01\"]; area = \"rural\"", None),
        ("categories = [\"02\"]; area = \"urban\"", None),
        ("class = \"E1\"; area = \"urban\"", None),
        ("categories = [\"01\"]; area = \"urban\"; until = 2019-12-31; from = 2018-01-01", None),
        // Narrower, so no tie.
        ("categories = [\"01\"]; zones = [\"z1\"]", None),
        ("categories = [\"01\"]; area = \"urban\"; hours = [\"18:00-20:00\"]", None),
        // As specific as "evening": a condition, a section, hours.
        (
            "categories = [\"01\"]; conditions = [\"2\"]; sections = [\"s1\"]; hours = [\"22:30-02:00\"]",
            Some("evening"),
        ),
        (
            "categories = [\"01\"]; conditions = [\"2\"]; sections = [\"s1\", \"s2\"]; hours = [\"06:00-18:30\"]",
            Some("evening"),
        ),
        (
            "categories = [\"01\"]; conditions = [\"2\"]; sections = [\"s1\"]; hours = [\"23:00-18:00\"]",
            None,
        ),
        (
            "categories = [\"01\"]; conditions = [\"2\"]; sections = [\"s2\"]; hours = [\"18:00-23:00\"]",
            None,
        ),
        (
            "categories = [\"01\"]; conditions = [\"1\"]; sections = [\"s1\"]; hours = [\"18:00-23:00\"]",
            None,
        ),
        (
            "categories = [\"01\"]; conditions = [\"2\"]; sections = [\"s1\"]; zones = [\"a1\"]; hours = [\"18:00-23:00\"]",
            Some("evening"),
        ),
        (
            "categories = [\"01\"]; conditions = [\"2\"]; sections = [\"s1\"]; zones = [\"z1\"]; hours = [\"18:00-23:00\"]",
            Some("evening"),
        ),
        // The section lies in the other zone, and that zone is the other kind of area.
        (
            "categories = [\"01\"]; conditions = [\"2\"]; sections = [\"s1\"]; zones = [\"z2\"]; hours = [\"18:00-23:00\"]",
            None,
        ),
        (
            "categories = [\"01\"]; conditions = [\"2\"]; sections = [\"s1\"]; area = \"rural\"; hours = [\"18:00-23:00\"]",
            None,
        ),
        (
            "categories = [\"01\"]; conditions = [\"2\"]; sections = [\"s1\"]; hours = [\"18:00-23:00\"]; from = 2028-01-01",
            None,
        ),
    ] {
        let faults: Vec<_> = with_rule(&format!("{fields}; {LAW}"))
            .into_iter()
            .filter(|fault| {
                !matches!(fault, FaultKind::Shadowed { .. } | FaultKind::OutlivesCitation { .. })
            })
            .collect();
        let found: Vec<_> = faults
            .iter()
            .map(|fault| match fault {
                FaultKind::Tie { other, .. } => other.to_string(),
                other => format!("{other:?}"),
            })
            .collect();
        assert_eq!(found, Vec::from_iter(ties_with), "{fields}");
    }
}

#[test]
fn a_point_ties_with_a_kind_of_point_only_by_the_same_specificity() {
    let mut folder = Folder::good();
    let rule = |id: &str, scope: &str| {
        format!(
            "\n[[rule]]\nid = \"{id}\"\ntier = \"law\"\ncitation = \"law\"\nlead = \"role:manager\"\ncategories = [\"02\"]\n{scope}\n"
        )
    };
    folder.append("rules.toml", &rule("kind", "point_kinds = [\"market\"]"));
    folder.append("rules.toml", &rule("point", "points = [\"p1\"]"));
    folder.append("rules.toml", &rule("far", "point_kinds = [\"market\"]\nsections = [\"s2\"]"));
    assert!(folder.read().is_ok(), "the market lies far from s2: {:?}", folder.read());
    folder.append("rules.toml", &rule("near", "point_kinds = [\"market\"]\nsections = [\"s1\"]"));
    let faults = folder.read().unwrap_err();
    let kinds: Vec<_> = faults.iter().map(|fault| fault.kind.clone()).collect();
    assert!(
        matches!(&*kinds, [FaultKind::Tie { rule, other, .. }] if **rule == *"near" && **other == *"kind"),
        "{kinds:?}"
    );
}

#[test]
fn a_rule_that_can_never_win_is_named() {
    for (fields, shadowed) in [
        ("tier = \"document\"; citation = \"doc\"; categories = [\"01\"]; zones = [\"z1\"]", true),
        (
            "tier = \"document\"; citation = \"doc\"; categories = [\"01\"]; area = \"urban\"; points = [\"p1\"]",
            true,
        ),
        // Elsewhere, or about something else too, or before the law was in force.
        ("tier = \"document\"; citation = \"doc\"; categories = [\"01\"]", true),
        (
            "tier = \"document\"; citation = \"doc\"; categories = [\"01\", \"02\"]; area = \"urban\"",
            false,
        ),
        ("tier = \"document\"; citation = \"doc\"; categories = [\"01\"]; zones = [\"a1\"]", false),
        ("tier = \"document\"; citation = \"doc\"; class = \"P1\"; zones = [\"z1\"]", false),
    ] {
        let since = "from = 2020-01-01; lead = \"warden:sanitation\"";
        let faults = with_rule(&format!("{fields}; {since}"));
        let expected = shadowed && !fields.ends_with("[\"01\"]; categories");
        let found = matches!(&*faults, [FaultKind::Shadowed { by, .. }] if **by == *"stalls-urban");
        if fields.ends_with("categories = [\"01\"]") {
            assert!(faults.is_empty(), "{fields}: {faults:?}");
        } else {
            assert_eq!(found, expected, "{fields}: {faults:?}");
        }
    }
    let open = with_rule(
        "tier = \"document\"; citation = \"doc\"; categories = [\"01\"]; area = \"urban\"; lead = \"unit:so\"",
    );
    assert!(open.is_empty(), "in force before the law was: {open:?}");
}
