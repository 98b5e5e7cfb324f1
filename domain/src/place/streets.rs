//! Street sections by place.

use rstar::RTree;
use std::collections::BTreeMap;

use super::{
    GeoPoint, Line, Section,
    areas::MOST_CANDIDATES,
    plane::{Plane, Stretch, search_2},
};

/// An index over the sections of a pack, by their number in it.
#[derive(Debug, Default)]
pub(super) struct Streets {
    plane: Plane,
    stretches: RTree<Stretch>,
}

impl Streets {
    pub(super) fn new(plane: Plane, sections: &[Section]) -> Self {
        let stretches = sections
            .iter()
            .enumerate()
            .flat_map(|(number, section)| section.lines.iter().map(move |line| (number, line)))
            .flat_map(|(number, line)| Stretch::all(&plane, &line.0, number))
            .collect();
        Self { plane, stretches: RTree::bulk_load(stretches) }
    }

    /// Sections within tolerance, nearest first: the nearest, and those that are
    /// farther by less than the accuracy, so that the position cannot tell them apart.
    pub(super) fn near(
        &self,
        sections: &[Section],
        at: GeoPoint,
        tolerance_m: u32,
        accuracy_m: u32,
    ) -> Vec<usize> {
        let here = self.plane.metres(at);
        let mut distances: BTreeMap<usize, i64> = BTreeMap::new();
        for stretch in self.stretches.locate_within_distance(here, search_2(tolerance_m.into())) {
            let distance = stretch.distance_mm(here);
            if distance <= 1000 * i64::from(tolerance_m) {
                let least = distances.entry(stretch.of).or_insert(distance);
                *least = distance.min(*least);
            }
        }

        let code = |number: usize| sections.get(number).map(|section| &section.code);
        let mut near: Vec<(i64, usize)> = distances.into_iter().map(|(it, d)| (d, it)).collect();
        near.sort_by_key(|(distance, number)| (*distance, code(*number)));
        let nearest = near.first().map_or(0, |(distance, _)| *distance);
        near.into_iter()
            .enumerate()
            .take_while(|(rank, (distance, _))| {
                *rank == 0 || distance - nearest < 1000 * i64::from(accuracy_m)
            })
            .take(1 + MOST_CANDIDATES)
            .map(|(_, (_, number))| number)
            .collect()
    }
}

/// The place half way along a section; `None` when it has no vertex on the globe.
pub(super) fn midpoint(section: &Section) -> Option<GeoPoint> {
    let pairs = || section.lines.iter().flat_map(|Line(line)| line.iter().zip(line.iter().skip(1)));
    let length = |(a, b): (&GeoPoint, &GeoPoint)| super::distance_m(*a, *b);
    let mut left = pairs().map(length).sum::<f64>() / 2.0;
    for (a, b) in pairs() {
        let this = length((a, b));
        if left <= this {
            let share = if this > 0.0 { left / this } else { 0.0 };
            let between = |a: f64, b: f64| a + (b - a) * share;
            return GeoPoint::from_degrees(between(a.lat(), b.lat()), between(a.lon(), b.lon()));
        }
        left -= this;
    }
    // Rounding left a trace beyond the last stretch, or there is none.
    section.lines.last().and_then(|line| line.0.last()).copied()
}
