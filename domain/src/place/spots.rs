//! Points by place: each with its own radius.

use rstar::{AABB, RTree, primitives::Rectangle};

use super::{
    GeoPoint, Point,
    plane::{Plane, a_trace_wider, length, millimetres},
    shapes::PolygonBox,
};

/// An index over the points of a pack, by their number in it.
#[derive(Debug, Default)]
pub(super) struct Spots {
    plane: Plane,
    /// The square around each point's circle. The second number is 0: a tree of the same
    /// type as the polygons' is compiled once.
    squares: RTree<PolygonBox>,
}

impl Spots {
    pub(super) fn new(plane: Plane, points: &[Point], tolerance_m: u32) -> Self {
        let squares = points.iter().enumerate().map(|(number, point)| {
            let [x, y] = plane.metres(point.at);
            let r = a_trace_wider(point.radius_m.unwrap_or(tolerance_m).into());
            let square = Rectangle::from_corners([x - r, y - r], [x + r, y + r]);
            PolygonBox::new(square, (number, 0))
        });
        Self { squares: RTree::bulk_load(squares.collect()), plane }
    }

    /// The nearest point within whose radius `at` lies.
    pub(super) fn nearest(
        &self,
        points: &[Point],
        at: GeoPoint,
        tolerance_m: u32,
    ) -> Option<usize> {
        let [x, y] = self.plane.metres(at);
        self.squares
            .locate_in_envelope_intersecting(AABB::from_point([x, y]))
            .filter_map(|square| {
                let point = points.get(square.data.0)?;
                let [px, py] = self.plane.metres(point.at);
                let distance = millimetres(length(x - px, y - py));
                let radius = 1000 * i64::from(point.radius_m.unwrap_or(tolerance_m));
                (distance <= radius).then_some((distance, &point.code, square.data.0))
            })
            .min_by_key(|(distance, code, _)| (*distance, *code))
            .map(|(_, _, number)| number)
    }
}
