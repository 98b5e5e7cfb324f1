//! The demo district, and reports in it that are routed to where a test needs them.

use std::sync::LazyLock;

use domain::{
    CategoryCode, ConditionCode, DeviceTime, District, PhotoHash, Timestamp,
    case::{Report, Source},
    duty::{Destination, Facts, Tier, assign},
    evidence::{PhotoFormat, Shot, ShotOrigin},
    pack::{DistrictPack, PackFiles},
    place::{GeoPoint, PlaceChoice, Position},
};
use xunjie::{init::demo, system::clock};

pub fn pack() -> DistrictPack {
    let files: PackFiles =
        demo::PACK.iter().map(|(name, bytes)| ((*name).to_owned(), bytes.to_vec())).collect();
    domain::pack::read(&files).expect("the demo pack has no faults")
}

static DISTRICT: LazyLock<District> = LazyLock::new(|| District::new(pack()));

/// Where a report is routed to; `Unit` means to that unit alone, without co-units.
/// `Tray` is the queue of headquarters for what no rule assigns.
#[derive(Clone, Copy, Debug)]
pub enum To<'a> {
    Unit(Tier, &'a str),
    Tray,
}

/// A report that the rules route there, found by trying every condition at every point.
pub fn report(to: To<'_>, photos: &[PhotoHash]) -> Report {
    let district = &*DISTRICT;
    let points: Vec<GeoPoint> = district.pack().points.iter().map(|point| point.at).collect();
    for category in &district.pack().categories {
        for condition in &category.conditions {
            for at in &points {
                if is_routed(district, &category.code, &condition.code, *at, to) {
                    return make(&category.code, &condition.code, *at, photos);
                }
            }
        }
    }
    panic!("no report in the demo district is routed to {to:?}");
}

fn is_routed(
    district: &District,
    category: &CategoryCode,
    condition: &ConditionCode,
    at: GeoPoint,
    to: To<'_>,
) -> bool {
    let now = clock::now();
    let facts = Facts {
        category: category.clone(),
        condition: condition.clone(),
        place: district.place(Some(position(at, now).fresh()), &PlaceChoice::default()),
        captured: now,
        now,
    };
    match (assign(district, &facts).destination, to) {
        (Destination::Unit(assigned), To::Unit(tier, unit)) => {
            assigned.tier == tier
                && assigned.unit.code.as_str() == unit
                && assigned.co_units.is_empty()
        }
        (Destination::Headquarters { .. }, To::Tray) => true,
        _ => false,
    }
}

fn make(
    category: &CategoryCode,
    condition: &ConditionCode,
    at: GeoPoint,
    photos: &[PhotoHash],
) -> Report {
    Report {
        category: category.clone(),
        condition: condition.clone(),
        position: Some(position(at, clock::now())),
        chosen: PlaceChoice::default(),
        source: Source::Patrol,
        note: String::new(),
        photos: photos.iter().map(|hash| shot(*hash)).collect(),
        pack: "2026.1".into(),
        told_permitted: None,
    }
}

pub const fn position(at: GeoPoint, read: Timestamp) -> Position {
    Position { at, accuracy_m: 5, read }
}

pub fn shot(hash: PhotoHash) -> Shot {
    Shot {
        hash,
        length: 1,
        format: PhotoFormat::Jpeg,
        width: 1,
        height: 1,
        taken: done(),
        origin: ShotOrigin::Camera,
    }
}

pub fn done() -> DeviceTime {
    DeviceTime { claimed: clock::now(), offset_ms: Some(0) }
}
