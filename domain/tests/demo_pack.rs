//! The sample district that ships with the product: it reads without a fault, and
//! every way a report can go occurs in it.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::print_stdout,
    reason = "a test fails by panicking, in its helpers too"
)]

use std::collections::{BTreeMap, BTreeSet};

use domain::{
    District, Lang, Timestamp,
    duty::{Basis, Destination, Facts, assign},
    pack::{DistrictPack, PackFiles, read},
    place::{GeoPoint, PlaceChoice, Position},
};

/// 2026-11-25 in the district, a Wednesday: 10:00, 17:00 and 20:30.
const HOURS: [Timestamp; 3] = [
    Timestamp::from_millis(1_795_572_000_000),
    Timestamp::from_millis(1_795_597_200_000),
    Timestamp::from_millis(1_795_609_800_000),
];

/// The folder of the sample district.
fn folder() -> PackFiles {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../server/demo/pack");
    std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .map(|path| {
            let name = path.file_name().unwrap().to_str().unwrap().to_owned();
            (name, std::fs::read(path).unwrap())
        })
        .collect()
}

fn sample() -> DistrictPack {
    read(&folder()).unwrap_or_else(|faults| {
        let lines: Vec<String> = faults
            .iter()
            .map(|fault| {
                let line = fault.line.map(|line| format!(":{line}")).unwrap_or_default();
                let (message, remedy) = (fault.message(Lang::En), fault.remedy(Lang::En));
                format!("{}{line}: {message} → {remedy}", fault.file)
            })
            .collect();
        panic!("{} faults\n{}", faults.len(), lines.join("\n"))
    })
}

/// The middle of every section, every point, and a net of positions between.
fn positions(pack: &DistrictPack) -> Vec<GeoPoint> {
    let sections = pack.sections.iter().flat_map(|section| &section.lines).flat_map(|line| &line.0);
    let corners: Vec<GeoPoint> = pack
        .zones
        .iter()
        .flat_map(|zone| &zone.polygons)
        .flat_map(|area| &area.0)
        .flatten()
        .copied()
        .collect();
    let span = |pick: fn(&GeoPoint) -> i32| {
        let values = || corners.iter().map(pick);
        let (low, high) = (values().min().unwrap(), values().max().unwrap());
        (0..=12).map(move |step| low + (high - low) / 12 * step)
    };
    let net = span(|at| at.lon_e6)
        .flat_map(|lon_e6| span(|at| at.lat_e6).map(move |lat_e6| GeoPoint { lon_e6, lat_e6 }));
    sections.copied().chain(pack.points.iter().map(|point| point.at)).chain(net).collect()
}

#[test]
fn the_sample_district_has_no_fault_and_travels_whole() {
    let pack = sample();
    let json = pack.to_json().unwrap();
    assert_eq!(DistrictPack::from_json(&json).unwrap(), pack);
    println!(
        "{} zones, {} sections, {} points, {} stalls, {} units, {} people, {} wardens, \
         {} patches, {} categories, {} conditions, {} citations, {} rules; {} bytes compiled",
        pack.zones.len(),
        pack.sections.len(),
        pack.points.len(),
        pack.stalls.len(),
        pack.units.len(),
        pack.people.len(),
        pack.wardens.len(),
        pack.patches.len(),
        pack.categories.len(),
        pack.categories.iter().map(|category| category.conditions.len()).sum::<usize>(),
        pack.citations.len(),
        pack.rules.len(),
        json.len(),
    );
}

#[test]
fn all_three_tiers_and_the_tray_occur() {
    let pack = sample();
    let district = District::new(pack.clone());
    let mut ways: BTreeMap<String, usize> = BTreeMap::new();
    let mut won = BTreeSet::new();
    let mut without_person = 0;
    for (at, now) in positions(&pack).into_iter().flat_map(|at| HOURS.map(|now| (at, now))) {
        let position = Position { at, accuracy_m: 5, read: now };
        let place = district.place(Some(position.fresh()), &PlaceChoice::default());
        let conditions = pack.categories.iter().flat_map(|category| {
            category.conditions.iter().map(|condition| (&category.code, &condition.code))
        });
        for (category, condition) in conditions {
            let facts = Facts {
                category: category.clone(),
                condition: condition.clone(),
                place: place.clone(),
                captured: now,
                now,
            };
            let way = match assign(&district, &facts).destination {
                Destination::Headquarters { why, .. } => format!("tray: {why:?}"),
                Destination::Unit(assignment) => {
                    without_person += usize::from(assignment.person.is_none());
                    if let Basis::Rule { rule, .. } = &assignment.basis {
                        won.insert(rule.clone());
                    }
                    format!("{:?}", assignment.tier)
                }
            };
            *ways.entry(way).or_default() += 1;
        }
    }
    let silent: Vec<_> = pack
        .rules
        .iter()
        .filter(|rule| !won.contains(&rule.id))
        .map(|rule| rule.id.as_str())
        .collect();
    println!("{ways:?}");
    assert!(silent.is_empty(), "rules that decide nothing anywhere: {silent:?}");
    for way in ["Law", "Document", "Order", "tray: NoBasisFound", "tray: OutsideDistrict"] {
        assert!(ways.get(way).is_some_and(|count| *count > 0), "{way}: {ways:?}");
    }
    assert_eq!(without_person, 0, "every assignment ends at a person");
}
