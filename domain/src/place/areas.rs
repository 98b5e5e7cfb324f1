//! Areas by place: the innermost that holds it, and the others that a circle of
//! accuracy touches.

use rstar::RTree;
use std::collections::BTreeMap;

use super::{
    GeoPoint, Zone,
    plane::{Plane, Stretch, search_2},
    shapes::Shapes,
};
use crate::ZoneCode;

/// More candidates than a person can choose from on a phone are none.
pub(super) const MAX_CANDIDATES: usize = 8;

/// What lies farther off is no candidate, however wide the circle: this bounds the cost of
/// a search.
pub(super) const MAX_REACH_M: u32 = 1_000;

/// An index over the zones of a pack, by their number in it.
#[derive(Debug, Default)]
pub(super) struct Areas {
    plane: Plane,
    shapes: Shapes,
    /// Every edge of every ring, holes too: the distance to an area's boundary is
    /// found without walking the area.
    edges: RTree<Stretch>,
    /// Number of the area around each.
    parents: Vec<Option<usize>>,
    /// Twice the area of each, in square millionths of a degree.
    sizes: Vec<i128>,
}

/// What a circle of accuracy says about areas.
pub(super) struct Around {
    /// The innermost area that holds the middle.
    pub innermost: Option<usize>,
    /// The others that the true position may lie in, nearest first.
    pub others: Vec<usize>,
}

impl Areas {
    pub(super) fn new(plane: Plane, zones: &[Zone]) -> Self {
        let numbers: BTreeMap<&ZoneCode, usize> =
            zones.iter().enumerate().map(|(number, zone)| (&zone.code, number)).collect();
        let parent = |zone: &Zone| numbers.get(zone.parent.as_ref()?).copied();
        let edges = zones
            .iter()
            .enumerate()
            .flat_map(|(number, zone)| zone.polygons.iter().map(move |it| (number, it)))
            .flat_map(|(number, polygon)| polygon.0.iter().map(move |ring| (number, ring)))
            .flat_map(|(number, ring)| Stretch::all(&plane, ring, number))
            .collect();
        Self {
            shapes: Shapes::new(zones.iter().map(|zone| zone.polygons.as_slice())),
            edges: RTree::bulk_load(edges),
            parents: zones.iter().map(parent).collect(),
            sizes: zones
                .iter()
                .map(|zone| zone.polygons.iter().map(super::Polygon::twice_area).sum())
                .collect(),
            plane,
        }
    }

    /// The deepest level decides, then the smallest area, then the code.
    pub(super) fn innermost(&self, zones: &[Zone], at: GeoPoint) -> Option<usize> {
        let depth = |number: usize| {
            let zone = zones.get(number);
            let size = self.sizes.get(number).copied();
            (zone.map(|zone| std::cmp::Reverse(zone.level)), size, zone.map(|zone| &zone.code))
        };
        self.holding(zones, at).min_by(|a, b| depth(*a).cmp(&depth(*b)))
    }

    /// The area of the middle, and those of its level or deeper that the circle touches,
    /// nearest first. An area is left out for the narrower one inside it that is touched
    /// as well.
    pub(super) fn around(&self, zones: &[Zone], at: GeoPoint, accuracy_m: u32) -> Around {
        let innermost = self.innermost(zones, at);
        let widest = innermost.and_then(|number| zones.get(number)).map(|zone| zone.level);
        let is_candidate = |number: usize| {
            let zone = zones.get(number);
            Some(number) != innermost
                && zone.is_some_and(|zone| widest.is_none_or(|widest| widest <= zone.level))
        };

        let radius = accuracy_m.min(MAX_REACH_M);
        let here = self.plane.metres(at);
        let mut distances: BTreeMap<usize, i64> = BTreeMap::new();
        for edge in self.edges.locate_within_distance(here, search_2(radius.into())) {
            let distance = edge.distance_mm(here);
            if distance <= 1000 * i64::from(radius) && is_candidate(edge.of) {
                let least = distances.entry(edge.of).or_insert(distance);
                *least = distance.min(*least);
            }
        }
        distances.extend(self.holding(zones, at).filter(|it| is_candidate(*it)).map(|it| (it, 0)));

        let around: Vec<usize> =
            distances.keys().flat_map(|number| self.ancestors(*number)).collect();
        let mut others: Vec<(i64, usize)> = distances
            .into_iter()
            .filter(|(number, _)| !around.contains(number))
            .map(|(number, distance)| (distance, number))
            .collect();
        let code = |number: usize| zones.get(number).map(|zone| &zone.code);
        others.sort_by_key(|(distance, number)| (*distance, code(*number)));
        others.truncate(MAX_CANDIDATES);
        Around { innermost, others: others.into_iter().map(|(_, number)| number).collect() }
    }

    /// Whether the whole circle lies in the area: also a circle that is wider than what is
    /// searched for candidates. Walks the area's boundary.
    pub(super) fn holds_circle(&self, zone: &Zone, at: GeoPoint, accuracy_m: u32) -> bool {
        let here = self.plane.metres(at);
        let rings = zone.polygons.iter().flat_map(|polygon| &polygon.0);
        let mut edges = rings.flat_map(|ring| Stretch::all(&self.plane, ring, 0));
        zone.polygons.iter().any(|polygon| polygon.contains(at))
            && edges.all(|edge| edge.distance_mm(here) > 1000 * i64::from(accuracy_m))
    }

    fn holding(&self, zones: &[Zone], at: GeoPoint) -> impl Iterator<Item = usize> {
        self.shapes.holding(at, |number| Some(zones.get(number)?.polygons.as_slice()))
    }

    fn ancestors(&self, number: usize) -> impl Iterator<Item = usize> {
        let parent = |number: usize| self.parents.get(number).copied().flatten();
        // As many as there are levels; a cycle ends there too.
        std::iter::successors(parent(number), move |inner| parent(*inner)).take(8)
    }
}
