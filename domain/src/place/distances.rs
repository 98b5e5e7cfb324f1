//! How far the named places of a pack are from where somebody is, to list the nearest
//! first.
//!
//! Never: which place a position belongs to; that is [`Index`](super::Index).

use std::collections::HashMap;

use super::{
    Bounds, GeoPoint, Point, Section, Zone,
    plane::{Plane, Stretch},
};
use crate::{PointCode, SectionCode, ZoneCode, pack::DistrictPack};

/// Distances from one place to those of a pack.
#[derive(Clone, Debug)]
pub struct PlaceDistances<'a> {
    here: GeoPoint,
    sections: HashMap<&'a SectionCode, &'a Section>,
    points: HashMap<&'a PointCode, &'a Point>,
    zones: HashMap<&'a ZoneCode, &'a Zone>,
}

impl<'a> PlaceDistances<'a> {
    #[must_use]
    pub fn from(pack: &'a DistrictPack, here: GeoPoint) -> Self {
        Self {
            here,
            sections: pack.sections.iter().map(|section| (&section.code, section)).collect(),
            points: pack.points.iter().map(|point| (&point.code, point)).collect(),
            zones: pack.zones.iter().map(|zone| (&zone.code, zone)).collect(),
        }
    }

    /// Metres to the nearest stretch of a section; `None` when it is not in the pack.
    #[must_use]
    pub fn section_m(&self, code: &SectionCode) -> Option<u32> {
        let section = self.sections.get(code)?;
        self.nearest_m(section.lines.iter().map(|line| line.0.as_slice()))
    }

    #[must_use]
    pub fn point_m(&self, code: &PointCode) -> Option<u32> {
        Some(super::metres_between(self.here, self.points.get(code)?.at))
    }

    /// Metres to the border of a zone; 0 inside.
    #[must_use]
    pub fn zone_m(&self, code: &ZoneCode) -> Option<u32> {
        let zone = self.zones.get(code)?;
        if zone.polygons.iter().any(|polygon| polygon.contains(self.here)) {
            return Some(0);
        }
        self.nearest_m(zone.polygons.iter().flat_map(|polygon| &polygon.0).map(Vec::as_slice))
    }

    fn nearest_m<'v>(&self, lines: impl Iterator<Item = &'v [GeoPoint]>) -> Option<u32> {
        let plane = Plane::about(Bounds { south_west: self.here, north_east: self.here });
        let at = plane.metres(self.here);
        let nearest_mm = lines
            .flat_map(|line| Stretch::all(&plane, line, 0).map(|it| it.distance_mm(at)))
            .min()?;
        u32::try_from(nearest_mm / 1000).ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pack::DistrictPack;

    #[test]
    fn distances_to_every_place_of_a_pack_are_those_of_the_map() {
        let json = include_str!("../../tests/formats/pack-1.json");
        let pack = DistrictPack::from_json(json).unwrap();
        for point in &pack.points {
            let distances = PlaceDistances::from(&pack, point.at);
            assert_eq!(distances.point_m(&point.code), Some(0));
            for other in &pack.points {
                let metres = crate::place::distance_m(point.at, other.at);
                let found = f64::from(distances.point_m(&other.code).unwrap());
                assert!((found - metres).abs() <= 1.0, "{found} {metres}");
            }
        }
        for section in &pack.sections {
            for vertex in section.lines.iter().flat_map(|line| &line.0) {
                let distances = PlaceDistances::from(&pack, *vertex);
                assert_eq!(distances.section_m(&section.code), Some(0));
            }
        }
        let somewhere = PlaceDistances::from(&pack, pack.points[0].at);
        assert_eq!(somewhere.section_m(&"none".into()), None);
        assert_eq!(somewhere.point_m(&"none".into()), None);
        assert_eq!(somewhere.zone_m(&"none".into()), None);
    }
}
