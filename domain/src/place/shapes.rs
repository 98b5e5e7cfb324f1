//! Which polygons hold a place: a tree of their boxes, then the exact test of the
//! few whose box does.

use rstar::{
    AABB, RTree,
    primitives::{GeomWithData, Rectangle},
};

use super::{Bounds, GeoPoint, Polygon};

/// Boxes of the polygons of many items, by the items' numbers.
#[derive(Debug, Default)]
pub(super) struct Shapes(RTree<PolygonBox>);

/// With the item's number and the polygon's within it. Here in millionths of a degree.
pub(super) type PolygonBox = GeomWithData<Rectangle<[f64; 2]>, (usize, usize)>;

impl Shapes {
    /// The items' polygons, in the order of the items.
    pub(super) fn new<'a>(items: impl Iterator<Item = &'a [Polygon]>) -> Self {
        let mut boxes = Vec::new();
        for (item, polygons) in items.enumerate() {
            for (number, polygon) in polygons.iter().enumerate() {
                let vertices = polygon.0.iter().flatten().copied();
                if let Some(Bounds { south_west, north_east }) = Bounds::around(vertices) {
                    let area = Rectangle::from_corners(corner(south_west), corner(north_east));
                    boxes.push(GeomWithData::new(area, (item, number)));
                }
            }
        }
        Self(RTree::bulk_load(boxes))
    }

    /// Items of which a polygon holds `at`, in no order; one whose polygons overlap may
    /// come twice. `polygons` gives an item's polygons.
    pub(super) fn holding<'a>(
        &self,
        at: GeoPoint,
        polygons: impl Fn(usize) -> Option<&'a [Polygon]>,
    ) -> impl Iterator<Item = usize> {
        self.0
            .locate_in_envelope_intersecting(AABB::from_point(corner(at)))
            .map(|candidate| candidate.data)
            .filter(move |(item, number)| {
                polygons(*item).and_then(|all| all.get(*number)).is_some_and(|it| it.contains(at))
            })
            .map(|(item, _)| item)
    }
}

/// Millionths of a degree are whole numbers of 32 bits: exact in a float.
fn corner(at: GeoPoint) -> [f64; 2] {
    [f64::from(at.lon_e6), f64::from(at.lat_e6)]
}
