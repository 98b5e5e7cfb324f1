//! From a position to a place, by trees over areas, streets, points and stalls. Made
//! once from a pack; a question costs some microseconds.
//!
//! Never: a different answer on phone and server. Whether an area holds a place is
//! decided in whole numbers, distances as [`plane`](super::plane) says, ties by code.

use super::{
    AgedPosition, Bounds, GeoPoint, Place, PlaceChoice, Point, Section, Tolerance, Zone,
    areas::{Areas, MAX_CANDIDATES},
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
    /// candidates. A position in doubt names no section and no point, and a zone only
    /// when the whole circle lies in it.
    ///
    /// Where there is no position, or one in doubt, a choice is all that counts: a
    /// section brings the zone of its middle, a point what a position there would. A
    /// choice that the pack does not know is as good as none.
    #[must_use]
    pub fn place(
        &self,
        pack: &DistrictPack,
        position: Option<&AgedPosition>,
        chosen: &PlaceChoice,
    ) -> Place {
        let measured = position.map(|it| self.measured(pack, it));
        let chosen = Chosen::of(pack, chosen);
        match measured {
            Some(place) if chosen.is_none() => place,
            Some(place) if place.doubt.is_none() => chosen.over(place),
            _ => chosen.over(self.brought_by(pack, chosen)),
        }
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

    fn measured(&self, pack: &DistrictPack, position: &AgedPosition) -> Place {
        let AgedPosition { at, accuracy_m, .. } = *position;
        if position.is_stale() {
            return Place {
                at: Some(at),
                doubt: position.doubt(pack.tolerance),
                ..Place::default()
            };
        }
        let zone_code = |number: usize| pack.zones.get(number).map(|zone| zone.code.clone());
        let section_code = |number: usize| Some(pack.sections.get(number)?.code.clone());
        let areas = self.areas.around(&pack.zones, at, accuracy_m);
        let tolerance = pack.tolerance;
        let (section, others) =
            self.streets.around(&pack.sections, at, tolerance.section_m, accuracy_m);
        let point = self.spots.nearest(&pack.points, at, tolerance.point_m);
        let point = point.and_then(|number| pack.points.get(number));
        // A point has a tolerance of its own: a wide circle does not tell a small one.
        let point_m =
            point.map_or(tolerance.section_m, |it| it.radius_m.unwrap_or(tolerance.point_m));
        let place = Place {
            at: Some(at),
            doubt: position.doubt(Tolerance { point_m, ..tolerance }),
            ..Place::default()
        };
        if place.doubt.is_none() {
            return Place {
                zone: areas.innermost.and_then(zone_code),
                section: section.and_then(section_code),
                point: point.map(|point| point.code.clone()),
                other_zones: areas.others.into_iter().filter_map(zone_code).collect(),
                other_sections: others.into_iter().filter_map(section_code).collect(),
                ..place
            };
        }

        let innermost = areas.innermost.and_then(|number| pack.zones.get(number));
        let is_inside = |zone: &&Zone| self.areas.holds_circle(zone, at, accuracy_m);
        let zone = innermost.filter(is_inside).map(|zone| zone.code.clone());
        if !position.is_useful() {
            return Place { zone, ..place };
        }
        let also = areas.innermost.filter(|_| zone.is_none());
        let other_zones = also.into_iter().chain(areas.others).take(MAX_CANDIDATES);
        let other_sections = section.into_iter().chain(others).take(MAX_CANDIDATES);
        Place {
            zone,
            other_zones: other_zones.filter_map(zone_code).collect(),
            other_sections: other_sections.filter_map(section_code).collect(),
            ..place
        }
    }

    /// What comes with a choice where nothing was measured.
    fn brought_by(&self, pack: &DistrictPack, chosen: Chosen<'_>) -> Place {
        let there = chosen.point.map(|point| self.measured(pack, &AgedPosition::exactly(point.at)));
        let there = there.unwrap_or_default();
        let of_section = chosen.section.and_then(|section| self.zone_of_middle(pack, section));
        Place {
            zone: of_section.map(|zone| zone.code.clone()).or(there.zone),
            section: there.section,
            ..Place::default()
        }
    }

    fn zone_of_middle<'a>(&self, pack: &'a DistrictPack, section: &Section) -> Option<&'a Zone> {
        let number = self.areas.innermost(&pack.zones, midpoint(section)?)?;
        pack.zones.get(number)
    }
}

/// What somebody chose, as far as the pack knows it.
#[derive(Clone, Copy)]
struct Chosen<'a> {
    zone: Option<&'a Zone>,
    section: Option<&'a Section>,
    point: Option<&'a Point>,
}

impl<'a> Chosen<'a> {
    fn of(pack: &'a DistrictPack, choice: &PlaceChoice) -> Self {
        let PlaceChoice { zone, section, point } = choice;
        Self {
            zone: zone.as_ref().and_then(|code| pack.zones.iter().find(|it| it.code == *code)),
            section: section
                .as_ref()
                .and_then(|code| pack.sections.iter().find(|it| it.code == *code)),
            point: point.as_ref().and_then(|code| pack.points.iter().find(|it| it.code == *code)),
        }
    }

    const fn is_none(self) -> bool {
        self.zone.is_none() && self.section.is_none() && self.point.is_none()
    }

    /// Settles what it names, and nothing else.
    fn over(self, mut place: Place) -> Place {
        if let Some(section) = self.section {
            place.section = Some(section.code.clone());
            place.other_sections.clear();
        }
        if let Some(zone) = self.zone {
            place.zone = Some(zone.code.clone());
            place.other_zones.clear();
        }
        if let Some(point) = self.point {
            place.point = Some(point.code.clone());
        }
        place
    }
}

/// The box of everything on the map.
fn extent(pack: &DistrictPack) -> Option<Bounds> {
    let zones = pack.zones.iter().flat_map(|zone| zone.polygons.iter().flat_map(|it| &it.0));
    let sections = pack.sections.iter().flat_map(|section| section.lines.iter().map(|it| &it.0));
    let points = pack.points.iter().map(|point| point.at);
    Bounds::around(zones.chain(sections).flatten().copied().chain(points))
}
