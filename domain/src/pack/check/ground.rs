//! The map of a draft in metres: which areas overlap, what lies near what.
//!
//! Never: on the way of a case. Only the maker of a pack waits for this.

use geo::{
    Area as _, BooleanOps as _, BoundingRect as _, Coord, Distance as _, Euclidean, Length as _,
    LineString, MultiLineString, MultiPolygon, Rect,
};

use crate::place::{GeoPoint, Line, Polygon};

const METRES_PER_DEGREE: f64 = 111_195.08;

/// Half the rounding of coordinates to millionths of a degree, on both sides, and
/// some: a strip that is thinner is no overlap.
const GRID_M: f64 = 0.15;

/// A plane that touches the district; distances are true within 0.1 %.
#[derive(Clone, Copy, Debug)]
pub(super) struct Ground {
    east: f64,
}

impl Ground {
    /// About the latitude of `somewhere` in the district.
    pub(super) fn about(somewhere: Option<GeoPoint>) -> Self {
        let lat = somewhere.map_or(0.0, GeoPoint::lat);
        Self { east: METRES_PER_DEGREE * lat.to_radians().cos() }
    }

    pub(super) fn coord(&self, point: GeoPoint) -> Coord {
        Coord { x: point.lon() * self.east, y: point.lat() * METRES_PER_DEGREE }
    }

    pub(super) fn lines(&self, lines: &[Line]) -> MultiLineString {
        lines.iter().map(|line| self.line(&line.0)).collect()
    }

    pub(super) fn area(&self, polygons: &[Polygon]) -> MultiPolygon {
        let polygon = |polygon: &Polygon| {
            let mut rings = polygon.0.iter().map(|ring| self.line(ring));
            let outer = rings.next().unwrap_or_else(|| LineString::new(Vec::new()));
            geo::Polygon::new(outer, rings.collect())
        };
        polygons.iter().map(polygon).collect()
    }

    fn line(&self, points: &[GeoPoint]) -> LineString {
        points.iter().map(|point| self.coord(*point)).collect()
    }
}

/// An area with its box.
#[derive(Debug)]
pub(super) struct Patch {
    pub area: MultiPolygon,
    pub bounds: Option<Rect>,
}

impl Patch {
    pub(super) fn new(area: MultiPolygon) -> Self {
        Self { bounds: area.bounding_rect(), area }
    }

    /// Square metres that both hold; 0 for what shares no more than a border.
    pub(super) fn overlap_m2(&self, other: &Self) -> f64 {
        if !self.is_near(other, 0.0) {
            return 0.0;
        }
        let both = self.area.intersection(&other.area);
        both.iter().map(square_metres_of).sum()
    }

    fn is_near(&self, other: &Self, metres: f64) -> bool {
        are_near(self.bounds, other.bounds, metres)
    }
}

/// 0 for what only rounding made.
fn square_metres_of(part: &geo::Polygon) -> f64 {
    let square_metres = part.unsigned_area();
    let holes: f64 = part.interiors().iter().map(|ring| Euclidean.length(ring)).sum();
    let outline = Euclidean.length(part.exterior()) + holes;
    let mean_width = 2.0 * square_metres / outline.max(1.0);
    if square_metres > 1.0 && mean_width > GRID_M { square_metres } else { 0.0 }
}

/// Whether two boxes come within `metres` of each other.
pub(super) fn are_near(a: Option<Rect>, b: Option<Rect>, metres: f64) -> bool {
    let Some((a, b)) = a.zip(b) else { return false };
    a.min().x <= b.max().x + metres
        && b.min().x <= a.max().x + metres
        && a.min().y <= b.max().y + metres
        && b.min().y <= a.max().y + metres
}

/// Metres between an area and lines; 0 where they touch.
pub(super) fn lines_to_area(lines: &MultiLineString, area: &MultiPolygon) -> f64 {
    Euclidean.distance(lines, area)
}

pub(super) fn point_to_area(point: Coord, area: &MultiPolygon) -> f64 {
    Euclidean.distance(&geo::Point(point), area)
}

pub(super) fn point_to_lines(point: Coord, lines: &MultiLineString) -> f64 {
    Euclidean.distance(&geo::Point(point), lines)
}
