//! What a good pack reads to.

use domain::{
    Lang,
    catalogue::CategoryKind,
    duty::Lead,
    pack::{BadPack, DistrictPack, PACK_FORMAT},
    place::PointKind,
};

use crate::sample::Folder;

#[test]
fn a_good_pack_says_what_its_folder_says() {
    let pack = Folder::good().read().unwrap();
    assert_eq!((&*pack.id, &*pack.version, pack.sample), ("test", "2026.1", true));
    assert_eq!((pack.utc_offset_minutes, pack.tolerance.point_m), (480, 60));
    let offices = pack.zones.iter().map(|zone| zone.street_office.as_ref().unwrap().as_str());
    assert_eq!(offices.collect::<Vec<_>>(), ["so", "so", "so"], "inherited from the parent");
    assert_eq!(pack.zones[1].names.get(Lang::Hant), "西片", "falls back to the simplified name");
    assert_eq!(pack.categories[0].words, ["占道", "摆摊"]);
    assert_eq!(pack.categories[0].frequency, 12);
    assert_eq!(pack.categories[0].usual_at, [PointKind::Market, PointKind::School]);
    assert_eq!(pack.categories[0].conditions.len(), 2);
    assert_eq!(pack.categories[1].kind, CategoryKind::Part);
    assert_eq!(pack.rules[2].scope.conditions[0].as_str(), "2");
    assert_eq!(pack.rules[1].lead, Lead::Owner);
    assert_eq!(pack.sections[0].lines[0].0[0].lon_e6, 109_001_000);
}

#[test]
fn spreadsheets_and_editors_write_the_same_in_other_ways() {
    let plain = Folder::good().read().unwrap();
    let mut folder = Folder::good();
    folder.change("units.csv", "code,name,name_hant", "\u{feff}code,name,name_hant");
    folder.append("units.csv", "\n,,,,,,,\n\r\n");
    folder.change(
        "people.csv",
        "code,name,name_en,unit,phone\n",
        "code,name,name_en,unit,phone,,\r\n",
    );
    folder.change(
        "sections.geojson",
        r#"{"code":"s1""#,
        r##"{"fid":7,"stroke":"#f00","x":null,"code":"s1""##,
    );
    folder.change("absences.csv", "p5,2026-11-01", "\"p5\",2026-11-01");
    assert_eq!(folder.read().unwrap(), plain);
}

#[test]
fn a_map_drawn_in_gcj_02_is_moved_to_where_things_are() {
    let plain = Folder::good().read().unwrap();
    let mut folder = Folder::good();
    folder.change("district.toml", "WGS-84", "GCJ-02");
    let moved = folder.read().unwrap();
    let metres = domain::place::distance_m(plain.points[0].at, moved.points[0].at);
    assert!((100.0..1_000.0).contains(&metres), "{metres}");
}

#[test]
fn a_compiled_pack_reads_back_and_a_newer_one_is_refused_by_name() {
    let pack = Folder::good().read().unwrap();
    let json = pack.to_json().unwrap();
    assert_eq!(DistrictPack::from_json(&json).unwrap(), pack);
    let newer = json.replacen(r#"{"format":1"#, r#"{"format":2,"unheard_of":[]"#, 1);
    assert_eq!(DistrictPack::from_json(&newer), Err(BadPack::Newer { found: PACK_FORMAT + 1 }));
    assert!(matches!(DistrictPack::from_json("[]"), Err(BadPack::Unreadable(_))));
}
