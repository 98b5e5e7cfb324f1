//! Street sections by place.

use rstar::RTree;
use std::collections::BTreeMap;

use super::{
    GeoPoint, Line, Section,
    areas::{MAX_CANDIDATES, MAX_REACH_M},
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

    /// The section within tolerance that is the nearest, and the others that the true
    /// position may belong to, nearest first: those that are farther by less than the
    /// accuracy, within the tolerance or touched by the circle.
    pub(super) fn around(
        &self,
        sections: &[Section],
        at: GeoPoint,
        tolerance_m: u32,
        accuracy_m: u32,
    ) -> (Option<usize>, Vec<usize>) {
        let reach_m = tolerance_m.max(accuracy_m.min(MAX_REACH_M));
        let here = self.plane.metres(at);
        let mut distances: BTreeMap<usize, i64> = BTreeMap::new();
        for stretch in self.stretches.locate_within_distance(here, search_2(reach_m.into())) {
            let distance = stretch.distance_mm(here);
            if distance <= 1000 * i64::from(reach_m) {
                let least = distances.entry(stretch.of).or_insert(distance);
                *least = distance.min(*least);
            }
        }

        let code = |number: usize| sections.get(number).map(|section| &section.code);
        let mut near: Vec<(i64, usize)> = distances.into_iter().map(|(it, d)| (d, it)).collect();
        near.sort_by_key(|(distance, number)| (*distance, code(*number)));
        let nearest = near.first().map_or(0, |(distance, _)| *distance);
        let belongs = near
            .first()
            .filter(|(distance, _)| *distance <= 1000 * i64::from(tolerance_m))
            .map(|(_, number)| *number);
        let others = near
            .into_iter()
            .skip(usize::from(belongs.is_some()))
            .take_while(|(distance, _)| distance - nearest < 1000 * i64::from(accuracy_m))
            .take(MAX_CANDIDATES)
            .map(|(_, number)| number)
            .collect();
        (belongs, others)
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
