//! The map of a pack: areas, sections, points and stalls.

use super::{
    PackFiles,
    fault::{FaultKind, Thing},
    fields::{Fields, Row},
    files::{POINTS, SECTIONS, STALLS, ZONES},
    findings::Findings,
    geojson, settings,
    shape::{Datum, Shapes},
};
use crate::{
    PointCode, SectionCode, StallCode, ZoneCode,
    place::{AreaKind, AreaLevel, GeoPoint, Point, PointKind, Section, Stall, Zone},
};

const LEVELS: [(&str, AreaLevel); 4] = [
    ("street_office", AreaLevel::StreetOffice),
    ("community", AreaLevel::Community),
    ("zone", AreaLevel::Zone),
    ("grid_cell", AreaLevel::GridCell),
];

pub(super) const AREAS: [(&str, AreaKind); 2] =
    [("urban", AreaKind::Urban), ("rural", AreaKind::Rural)];

pub(super) const POINT_KINDS: [(&str, PointKind); 6] = [
    ("market", PointKind::Market),
    ("station", PointKind::Station),
    ("main_road", PointKind::MainRoad),
    ("square", PointKind::Square),
    ("school", PointKind::School),
    ("construction_site", PointKind::ConstructionSite),
];

/// Zones, with the street office they name themselves.
pub(super) fn zones(files: &PackFiles, datum: Datum, findings: &Findings) -> Vec<Row<Zone>> {
    geojson::read(files, ZONES, Thing::Zone, findings, |mut fields, geometry| {
        let zone = Zone {
            code: ZoneCode::new(&fields.define("code", Thing::Zone)),
            names: fields.names("name"),
            level: fields.choice("level", &LEVELS).unwrap_or_default(),
            area: fields.must_choice("area", &AREAS).unwrap_or(AreaKind::Urban),
            parent: fields.refer("parent", Thing::Zone),
            street_office: fields.refer("street_office", Thing::Unit),
            polygons: shaped(&fields, datum, |shapes| shapes.polygons(geometry)),
        };
        fields.finish(zone)
    })
}

pub(super) fn sections(files: &PackFiles, datum: Datum, findings: &Findings) -> Vec<Row<Section>> {
    geojson::read(files, SECTIONS, Thing::Section, findings, |mut fields, geometry| {
        let section = Section {
            code: SectionCode::new(&fields.define("code", Thing::Section)),
            names: fields.names("name"),
            lines: shaped(&fields, datum, |shapes| shapes.lines(geometry)),
        };
        fields.finish(section)
    })
}

pub(super) fn points(files: &PackFiles, datum: Datum, findings: &Findings) -> Vec<Row<Point>> {
    geojson::read(files, POINTS, Thing::Point, findings, |mut fields, geometry| {
        let nowhere = GeoPoint { lon_e6: 0, lat_e6: 0 };
        let point = Point {
            code: PointCode::new(&fields.define("code", Thing::Point)),
            names: fields.names("name"),
            kind: fields.must_choice("kind", &POINT_KINDS).unwrap_or(PointKind::Market),
            at: shaped(&fields, datum, |shapes| shapes.point(geometry)).unwrap_or(nowhere),
            radius_m: fields.whole("radius_m", 1, 5_000),
            manager: fields.refer("manager", Thing::Unit),
        };
        fields.finish(point)
    })
}

pub(super) fn stalls(files: &PackFiles, datum: Datum, findings: &Findings) -> Vec<Row<Stall>> {
    geojson::read(files, STALLS, Thing::Stall, findings, |mut fields, geometry| {
        for list in ["categories", "hours"] {
            if !fields.entries.contains_key(list) {
                fields.fault(fields.line, FaultKind::Missing { field: list.into() });
            }
        }
        let stall = Stall {
            code: StallCode::new(&fields.define("code", Thing::Stall)),
            names: fields.names("name"),
            categories: fields.refer_list("categories", Thing::Category),
            hours: settings::hours(&mut fields, "hours"),
            weekdays: settings::weekdays(&mut fields, false),
            force: fields.force(),
            polygons: shaped(&fields, datum, |shapes| shapes.polygons(geometry)),
        };
        fields.finish(stall)
    })
}

fn shaped<T>(fields: &Fields<'_, '_>, datum: Datum, read: impl FnOnce(&mut Shapes) -> T) -> T {
    let mut shapes = Shapes::new(datum);
    let shape = read(&mut shapes);
    for fault in shapes.faults {
        fields.fault(fields.line, FaultKind::Shape(fault));
    }
    shape
}
