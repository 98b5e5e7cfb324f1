//! From a position to a place, by trees over areas, streets, points and stalls. Made
//! once from a pack; a question costs some microseconds.
//!
//! Never: a different answer on phone and server. Whether an area holds a place is
//! decided in whole numbers, distances as [`plane`](super::plane) says, ties by code.

use super::{
    Bounds, GeoPoint, Place, PlaceChoice, Position, Section, Zone,
    areas::Areas,
    plane::Plane,
    shapes::Shapes,
    spots::Spots,
    stalls,
    streets::{Streets, midpoint},
};
use crate::{
    CategoryCode, Timestamp, calendar::Calendar, duty::PermittedStall, pack::DistrictPack,
};

/// The spatial index of a district. It is asked together with the pack it was made
/// from; with another it finds nothing sensible, and does not panic.
#[derive(Debug, Default)]
pub struct Index {
    areas: Areas,
    streets: Streets,
    spots: Spots,
    stalls: Shapes,
}

impl Index {
    #[must_use]
    pub fn new(pack: &DistrictPack) -> Self {
        let plane = extent(pack).map(Plane::about).unwrap_or_default();
        Self {
            areas: Areas::new(plane, &pack.zones),
            streets: Streets::new(plane, &pack.sections),
            spots: Spots::new(plane, &pack.points, pack.tolerance.point_m),
            stalls: Shapes::new(pack.stalls.iter().map(|stall| stall.polygons.as_slice())),
        }
    }

    /// The place of a position; a choice wins over what was measured.
    ///
    /// The zone is the innermost area that holds the position. Outside every area
    /// there is none, and what the circle of accuracy touches stands among the
    /// candidates. A section chosen without a position brings the zone of its middle.
    /// A choice that the pack does not know is as good as none.
    #[must_use]
    pub fn place(
        &self,
        pack: &DistrictPack,
        position: Option<&Position>,
        chosen: &PlaceChoice,
    ) -> Place {
        let mut place = position.map(|it| self.measured(pack, it)).unwrap_or_default();
        let chosen_section = chosen
            .section
            .as_ref()
            .and_then(|code| pack.sections.iter().find(|section| section.code == *code));
        if let Some(section) = chosen_section {
            place.section = Some(section.code.clone());
            place.other_sections.clear();
            if position.is_none() {
                place.zone = self.zone_of_middle(pack, section).map(|zone| zone.code.clone());
            }
        }
        let chosen_zone =
            chosen.zone.as_ref().and_then(|code| pack.zones.iter().find(|zone| zone.code == *code));
        if let Some(zone) = chosen_zone {
            place.zone = Some(zone.code.clone());
            place.other_zones.clear();
        }
        let chosen_point = chosen
            .point
            .as_ref()
            .and_then(|code| pack.points.iter().find(|point| point.code == *code));
        if let Some(point) = chosen_point {
            place.point = Some(point.code.clone());
        }
        place
    }

    /// The stall that permits `category` at that place and time, and until when.
    #[must_use]
    pub fn permitted(
        &self,
        pack: &DistrictPack,
        calendar: &Calendar,
        at: GeoPoint,
        category: &CategoryCode,
        captured: Timestamp,
    ) -> Option<PermittedStall> {
        let here = self.stalls.holding(at, |it| Some(pack.stalls.get(it)?.polygons.as_slice()));
        let here = here.filter_map(|number| pack.stalls.get(number));
        stalls::permitted(here, calendar, category, captured)
    }

    fn measured(&self, pack: &DistrictPack, position: &Position) -> Place {
        let Position { at, accuracy_m, .. } = *position;
        let zone = self.areas.innermost(&pack.zones, at);
        let other_zones = self.areas.others(&pack.zones, zone, at, accuracy_m);
        let tolerance = pack.tolerance;
        let near = self.streets.near(&pack.sections, at, tolerance.section_m, accuracy_m);
        let mut near = near.into_iter().filter_map(|number| pack.sections.get(number));
        let point = self.spots.nearest(&pack.points, at, tolerance.point_m);
        let code = |number: usize| pack.zones.get(number).map(|zone| zone.code.clone());
        Place {
            zone: zone.and_then(code),
            section: near.next().map(|section| section.code.clone()),
            point: point.and_then(|it| pack.points.get(it)).map(|point| point.code.clone()),
            at: Some(at),
            other_zones: other_zones.into_iter().filter_map(code).collect(),
            other_sections: near.map(|section| section.code.clone()).collect(),
        }
    }

    fn zone_of_middle<'a>(&self, pack: &'a DistrictPack, section: &Section) -> Option<&'a Zone> {
        let number = self.areas.innermost(&pack.zones, midpoint(section)?)?;
        pack.zones.get(number)
    }
}

/// The box of everything on the map.
fn extent(pack: &DistrictPack) -> Option<Bounds> {
    let zones = pack.zones.iter().flat_map(|zone| zone.polygons.iter().flat_map(|it| &it.0));
    let sections = pack.sections.iter().flat_map(|section| section.lines.iter().map(|it| &it.0));
    let points = pack.points.iter().map(|point| point.at);
    Bounds::around(zones.chain(sections).flatten().copied().chain(points))
}
