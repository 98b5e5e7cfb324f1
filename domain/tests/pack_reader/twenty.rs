//! A pack broken in twenty ways names all twenty, each with file, line and remedy.

use domain::{Lang, pack::Faults};

use crate::sample::Folder;

fn broken() -> Faults {
    let mut folder = Folder::good();
    for (file, from, to) in [
        ("district.toml", "WGS-84", "BD-09"),
        ("district.toml", "14:00-17:30", "11:00-17:30"),
        ("zones.geojson", "\"street_office\":\"so\"", "\"street_office\":\"sso\""),
        ("zones.geojson", "\"area\":\"rural\"", "\"area\":\"forest\""),
        ("sections.geojson", "[[109.015,32.705],[109.018,32.705]]", "[[109.015,32.705]]"),
        ("points.geojson", "\"manager\":\"mkt\"", "\"manager\":\"mtk\""),
        ("stalls.geojson", "18:00-22:00", "evening"),
        ("units.csv", "urban_management,p4,p5,p4", "urban_management,p4,p5,p9"),
        ("people.csv", "p6,己,F,mkt,6", "p6,己,F,,6"),
        ("absences.csv", "2026-11-30", "2026-10-30"),
        ("wardens.csv", "s1,community,p3,,,\n", ""),
        ("wardens.csv", "s2,sanitation", "s2,sanitary"),
        ("patches.csv", "p7,point,p1", "p7,point,p2"),
        ("owners.csv", "02,z1,so", "02,z1,os"),
        ("categories.csv", "拍灯杆,,,,,\n", "拍灯杆,,,,,\n03,part,P1,设施,井盖,,拍,,,,,\n"),
        ("conditions.csv", "4 urgent hours", "3 days"),
        ("calendar.csv", "2026-10-10", "2026-10-01"),
        ("rules.toml", "article = { zh-Hans = \"第二条\" }", "artikel = { zh-Hans = \"第二条\" }"),
        ("rules.toml", "lead = \"unit:cgj\"", "lead = \"unit:cgg\""),
    ] {
        folder.change(file, from, to);
    }
    folder.append(
        "rules.toml",
        "\n[[rule]]\nid = \"twin\"\ntier = \"law\"\ncitation = \"law\"\ncategories = [\"01\"]\narea = \"urban\"\nlead = \"unit:so\"\n",
    );
    folder.read().unwrap_err()
}

#[test]
fn twenty_faults_are_all_named_with_file_line_and_remedy() {
    let faults = broken();
    let places: Vec<_> =
        faults.iter().map(|fault| format!("{}:{}", fault.file, fault.line.unwrap_or(0))).collect();
    let expected = [
        "absences.csv:2",
        "calendar.csv:3",
        "categories.csv:4",
        "conditions.csv:3",
        "district.toml:5",
        "district.toml:10",
        "owners.csv:3",
        "patches.csv:3",
        "people.csv:7",
        "points.geojson:2",
        "rules.toml:8",
        "rules.toml:12",
        "rules.toml:20",
        "rules.toml:41",
        "sections.geojson:3",
        "stalls.geojson:2",
        "units.csv:4",
        "wardens.csv:5",
        "wardens.csv:9",
        "zones.geojson:2",
        "zones.geojson:4",
    ];
    assert_eq!(places, expected, "{faults:#?}");
    for fault in &faults {
        let sentences = Lang::ALL.map(|lang| (fault.message(lang), fault.remedy(lang)));
        for (message, remedy) in &sentences {
            assert!(!message.is_empty() && remedy.ends_with(['。', '.']), "{message}: {remedy}");
        }
        let [hans, _, en] = sentences;
        assert_ne!(hans, en);
    }
}
