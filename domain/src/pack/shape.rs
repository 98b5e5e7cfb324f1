//! Geometry: from GeoJSON coordinates to shapes, or what is wrong with them. Tests
//! of crossing are exact, in whole millionths of a degree.

use serde_json::Value as Json;

use super::{fault::ShapeFault, value::shorten};
use crate::place::{Degrees, GeoPoint, Line, Polygon, wgs_from_gcj};

/// Of what the coordinates of a pack are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Datum {
    #[default]
    Wgs84,
    Gcj02,
}

/// Reads geometries; keeps every fault of one feature, each kind once.
pub(super) struct Shapes {
    pub datum: Datum,
    pub faults: Vec<ShapeFault>,
}

impl Shapes {
    pub(super) fn new(datum: Datum) -> Self {
        Self { datum, faults: Vec::new() }
    }

    pub(super) fn polygons(&mut self, geometry: &Json) -> Vec<Polygon> {
        match kind(geometry) {
            "Polygon" => vec![self.polygon(coordinates(geometry))],
            "MultiPolygon" => {
                items(coordinates(geometry)).iter().map(|part| self.polygon(part)).collect()
            }
            other => self.wrong_kind(other, "Polygon, MultiPolygon"),
        }
    }

    pub(super) fn lines(&mut self, geometry: &Json) -> Vec<Line> {
        match kind(geometry) {
            "LineString" => vec![self.line(coordinates(geometry))],
            "MultiLineString" => {
                items(coordinates(geometry)).iter().map(|part| self.line(part)).collect()
            }
            other => self.wrong_kind(other, "LineString, MultiLineString"),
        }
    }

    pub(super) fn point(&mut self, geometry: &Json) -> Option<GeoPoint> {
        match kind(geometry) {
            "Point" => self.position(coordinates(geometry)),
            other => {
                self.wrong_kind::<GeoPoint>(other, "Point");
                None
            }
        }
    }

    fn wrong_kind<T>(&mut self, found: &str, wanted: &'static str) -> Vec<T> {
        self.note(ShapeFault::Kind { found: shorten(found), wanted });
        Vec::new()
    }

    fn note(&mut self, fault: ShapeFault) {
        let same_kind =
            |noted: &ShapeFault| std::mem::discriminant(noted) == std::mem::discriminant(&fault);
        if !self.faults.iter().any(same_kind) {
            self.faults.push(fault);
        }
    }

    fn polygon(&mut self, rings: &Json) -> Polygon {
        let rings = items(rings);
        if rings.is_empty() {
            self.note(ShapeFault::RingShort);
        }
        Polygon(rings.iter().map(|ring| self.ring(ring)).collect())
    }

    fn ring(&mut self, positions: &Json) -> Vec<GeoPoint> {
        let faults_before = self.faults.len();
        let mut ring = self.positions(positions);
        if self.faults.len() > faults_before {
            return ring;
        }
        if ring.first() != ring.last() {
            self.note(ShapeFault::RingOpen);
            return ring;
        }
        ring.dedup();
        if ring.len() < 4 {
            self.note(ShapeFault::RingShort);
        } else if let Some(near) = crossing(&ring) {
            let near = format!("{:.6}, {:.6}", near.lon(), near.lat());
            self.note(ShapeFault::RingCrosses { near: near.into() });
        }
        ring
    }

    fn line(&mut self, positions: &Json) -> Line {
        let faults_before = self.faults.len();
        let mut line = self.positions(positions);
        line.dedup();
        if line.len() < 2 && self.faults.len() == faults_before {
            self.note(ShapeFault::LineShort);
        }
        Line(line)
    }

    fn positions(&mut self, positions: &Json) -> Vec<GeoPoint> {
        items(positions).iter().filter_map(|position| self.position(position)).collect()
    }

    /// Longitude, latitude; a height is left out.
    fn position(&mut self, position: &Json) -> Option<GeoPoint> {
        let degrees = |index| position.get(index).and_then(Json::as_f64);
        let point = degrees(0).zip(degrees(1)).and_then(|(lon, lat)| match self.datum {
            Datum::Wgs84 => GeoPoint::from_degrees(lat, lon),
            Datum::Gcj02 => {
                let wgs = wgs_from_gcj(Degrees { lat, lon });
                GeoPoint::from_degrees(wgs.lat, wgs.lon)
            }
        });
        if point.is_none() {
            let position = shorten(&position.to_string());
            self.note(ShapeFault::OffGlobe { position });
        }
        point
    }
}

fn kind(geometry: &Json) -> &str {
    geometry.get("type").and_then(Json::as_str).unwrap_or("null")
}

fn coordinates(geometry: &Json) -> &Json {
    geometry.get("coordinates").unwrap_or(&Json::Null)
}

fn items(list: &Json) -> &[Json] {
    list.as_array().map(Vec::as_slice).unwrap_or_default()
}

/// Where a closed ring touches or crosses itself, if it does. Edges are compared
/// only where their extents from west to east meet.
fn crossing(ring: &[GeoPoint]) -> Option<GeoPoint> {
    let last = ring.len().saturating_sub(2);
    let mut edges: Vec<(usize, GeoPoint, GeoPoint)> = ring
        .iter()
        .zip(ring.iter().skip(1))
        .enumerate()
        .map(|(index, (a, b))| (index, *a, *b))
        .collect();
    edges.sort_by_key(|(_, a, b)| a.lon_e6.min(b.lon_e6));
    for (i, (this, a, b)) in edges.iter().enumerate() {
        let east = a.lon_e6.max(b.lon_e6);
        let meeting =
            edges.iter().skip(i + 1).take_while(|(_, c, d)| c.lon_e6.min(d.lon_e6) <= east);
        for (other, c, d) in meeting {
            let (low, high) = (this.min(other), this.max(other));
            let crosses = if high - low == 1 {
                let (first, second) = if this < other { ((a, b), d) } else { ((c, d), b) };
                folds_back(*first.0, *first.1, *second)
            } else if *low == 0 && *high == last {
                let (first, second) = if this > other { ((a, b), d) } else { ((c, d), b) };
                folds_back(*first.0, *first.1, *second)
            } else {
                meet((*a, *b), (*c, *d))
            };
            if crosses {
                return Some(*c);
            }
        }
    }
    None
}

/// Twice the area of a triangle, signed by its turn. Differences are below 2^29.
fn turn(a: GeoPoint, b: GeoPoint, c: GeoPoint) -> i64 {
    let x = |p: GeoPoint| i64::from(p.lon_e6);
    let y = |p: GeoPoint| i64::from(p.lat_e6);
    (x(b) - x(a)) * (y(c) - y(a)) - (y(b) - y(a)) * (x(c) - x(a))
}

/// Whether `b → c` runs back over `a → b`.
fn folds_back(a: GeoPoint, b: GeoPoint, c: GeoPoint) -> bool {
    turn(a, b, c) == 0 && (within(a, b, c) || within(b, c, a))
}

/// Whether two edges have a point in common.
fn meet((a, b): (GeoPoint, GeoPoint), (c, d): (GeoPoint, GeoPoint)) -> bool {
    let sides = |p, q, r, s| turn(p, q, r).signum() * turn(p, q, s).signum();
    let (across_first, across_second) = (sides(a, b, c, d), sides(c, d, a, b));
    (across_first < 0 && across_second < 0)
        || (turn(a, b, c) == 0 && within(a, b, c))
        || (turn(a, b, d) == 0 && within(a, b, d))
        || (turn(c, d, a) == 0 && within(c, d, a))
        || (turn(c, d, b) == 0 && within(c, d, b))
}

/// Whether `p`, on the line of an edge, lies on the edge.
fn within(a: GeoPoint, b: GeoPoint, p: GeoPoint) -> bool {
    let between = |a: i32, b: i32, p: i32| a.min(b) <= p && p <= a.max(b);
    between(a.lon_e6, b.lon_e6, p.lon_e6) && between(a.lat_e6, b.lat_e6, p.lat_e6)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(ring: &str) -> Vec<ShapeFault> {
        let json = format!(r#"{{"type":"Polygon","coordinates":[[{ring}]]}}"#);
        let mut shapes = Shapes::new(Datum::Wgs84);
        shapes.polygons(&serde_json::from_str(&json).unwrap());
        shapes.faults
    }

    #[test]
    fn a_ring_that_touches_itself_is_found() {
        for (ring, crosses) in [
            ("[0,0],[2,0],[2,2],[0,2],[0,0]", false),
            ("[0,0],[1,0],[2,0],[2,2],[0,2],[0,0]", false),
            ("[0,0],[2,0],[1,1],[2,2],[0,2],[0,0]", false),
            ("[0,0],[2,2],[2,0],[0,2],[0,0]", true),
            ("[0,0],[2,0],[2,2],[1,0],[0,2],[0,0]", true),
            ("[0,0],[1,1],[2,0],[2,2],[1,1],[0,2],[0,0]", true),
            ("[0,0],[3,0],[2,0],[2,2],[0,0]", true),
            ("[1,0],[2,0],[2,2],[0,2],[0,0],[3,0],[1,0]", true),
        ] {
            let found = matches!(*read(ring), [ShapeFault::RingCrosses { .. }]);
            assert_eq!(found, crosses, "{ring}: {:?}", read(ring));
        }
    }

    #[test]
    fn a_ring_has_four_positions_is_closed_and_lies_on_the_globe() {
        assert_eq!(read("[0,0],[1,0],[0,0]"), [ShapeFault::RingShort]);
        assert_eq!(read(""), [ShapeFault::RingShort]);
        assert_eq!(read("[0,0],[2,0],[2,2],[0,2]"), [ShapeFault::RingOpen]);
        for off in ["[32.7,109.1]", "[200,0]", "[]", "[\"1\",2]", "7"] {
            let faults = read(&format!("[0,0],[2,0],{off},[0,2],[0,0]"));
            assert!(matches!(*faults, [ShapeFault::OffGlobe { .. }]), "{off}: {faults:?}");
        }
    }
}
