//! How far the named places of a pack are from where somebody is, to list the nearest
//! first.
//!
//! Never: which place a position belongs to; that is [`Index`](super::Index).

use super::{
    Bounds, GeoPoint,
    plane::{Plane, Stretch},
};
use crate::{PointCode, SectionCode, ZoneCode, pack::DistrictPack};

/// Distances from one place to those of a pack.
#[derive(Clone, Copy, Debug)]
pub struct PlaceDistances<'a> {
    pack: &'a DistrictPack,
    here: GeoPoint,
}

impl<'a> PlaceDistances<'a> {
    #[must_use]
    pub const fn from(pack: &'a DistrictPack, here: GeoPoint) -> Self {
        Self { pack, here }
    }

    /// Metres to the nearest stretch of a section; `None` when it is not in the pack.
    #[must_use]
    pub fn section_m(&self, code: &SectionCode) -> Option<u32> {
        let section = self.pack.sections.iter().find(|section| section.code == *code)?;
        self.nearest_m(section.lines.iter().map(|line| line.0.as_slice()))
    }

    #[must_use]
    pub fn point_m(&self, code: &PointCode) -> Option<u32> {
        let point = self.pack.points.iter().find(|point| point.code == *code)?;
        Some(whole_metres(super::distance_m(self.here, point.at)))
    }

    /// Metres to the border of a zone; 0 inside.
    #[must_use]
    pub fn zone_m(&self, code: &ZoneCode) -> Option<u32> {
        let zone = self.pack.zones.iter().find(|zone| zone.code == *code)?;
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

#[expect(clippy::as_conversions, reason = "saturates far beyond the globe")]
fn whole_metres(metres: f64) -> u32 {
    metres as u32
}
