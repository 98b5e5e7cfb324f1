//! A square of the web Mercator map (EPSG:3857, numbered as XYZ), and the cells it is cut into.
//!
//! Edges are whole millionths of a degree and follow from their place on the whole map alone: two
//! squares that touch share theirs, so that a place lies in just one cell of each zoom. What lies
//! beyond 85.05° north or south, or just on 180° east, lies in none.

use std::f64::consts::PI;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Tile {
    zoom: u8,
    x: u32,
    y: u32,
}

/// Where the cells of a tile begin and end, in millionths of a degree: one edge more than there
/// are cells.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TileEdges {
    /// From west to east. A column holds its western edge and not its eastern one.
    pub lon_e6: Vec<i32>,
    /// From north to south. A row holds its southern edge and not its northern one.
    pub lat_e6: Vec<i32>,
}

impl Tile {
    pub const MAX_ZOOM: u8 = 20;
    /// Cells of a side.
    pub const CELLS: u32 = 16;

    /// `None`: there is no such square.
    #[must_use]
    pub fn new(zoom: u8, x: u32, y: u32) -> Option<Self> {
        let is_on_map = zoom <= Self::MAX_ZOOM && x < side(zoom) && y < side(zoom);
        is_on_map.then_some(Self { zoom, x, y })
    }

    #[must_use]
    pub fn edges(self) -> TileEdges {
        let cells = f64::from(side(self.zoom) * Self::CELLS);
        // The share of the whole map that lies west or north of each edge.
        let shares = move |tile: u32| {
            let first = tile * Self::CELLS;
            (first..=first + Self::CELLS).map(move |edge| f64::from(edge) / cells)
        };
        TileEdges {
            lon_e6: shares(self.x).map(|share| first_e6(share * 360.0 - 180.0)).collect(),
            lat_e6: shares(self.y).map(|share| first_e6(latitude(share))).collect(),
        }
    }
}

/// Tiles of a side of the whole map.
const fn side(zoom: u8) -> u32 {
    1 << zoom
}

/// Degrees, where this share of the map lies to the north.
fn latitude(share: f64) -> f64 {
    (PI * (1.0 - 2.0 * share)).sinh().atan().to_degrees()
}

/// The first whole millionth at or after an edge: a place, which is one, lies beyond the edge
/// just when it is not less.
#[expect(clippy::as_conversions, reason = "at most 180 million")]
fn first_e6(degrees: f64) -> i32 {
    (degrees * 1e6).ceil() as i32
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tiles_are_those_of_the_map() {
        for (zoom, x, y, is_on_map) in [
            (0, 0, 0, true),
            (0, 1, 0, false),
            (3, 7, 7, true),
            (3, 7, 8, false),
            (20, (1 << 20) - 1, 0, true),
            (20, 1 << 20, 0, false),
            (21, 0, 0, false),
            (255, 0, 0, false),
        ] {
            assert_eq!(Tile::new(zoom, x, y).is_some(), is_on_map, "{zoom}/{x}/{y}");
        }
    }

    #[test]
    fn edges_of_known_tiles_lie_where_others_draw_them() {
        let whole = Tile::new(0, 0, 0).unwrap().edges();
        assert_eq!(
            (whole.lon_e6[0], whole.lon_e6[8], whole.lon_e6[16]),
            (-180_000_000, 0, 180_000_000)
        );
        assert_eq!(
            (whole.lat_e6[0], whole.lat_e6[8], whole.lat_e6[16]),
            (85_051_129, 0, -85_051_128)
        );
        // By OpenStreetMap's formula, of 32.69° N 109.03° E at zoom 14.
        let district = Tile::new(14, 13_154, 6_616).unwrap().edges();
        assert_eq!((district.lon_e6[0], district.lon_e6[16]), (109_028_321, 109_050_293));
        assert_eq!((district.lat_e6[0], district.lat_e6[16]), (32_694_866, 32_676_373));
    }

    #[test]
    fn tiles_that_touch_share_their_edge_and_cells_follow_each_other() {
        for zoom in [1, 5, 14, 20] {
            let last = side(zoom) - 1;
            for (x, y) in [(0, 0), (last / 2, last / 3), (last - 1, last - 1)] {
                let edges = Tile::new(zoom, x, y).unwrap().edges();
                let next = Tile::new(zoom, x + 1, y + 1).unwrap().edges();
                assert_eq!(edges.lon_e6.last(), next.lon_e6.first(), "{zoom}/{x}/{y}");
                assert_eq!(edges.lat_e6.last(), next.lat_e6.first(), "{zoom}/{x}/{y}");
                assert_eq!((edges.lon_e6.len(), edges.lat_e6.len()), (17, 17));
                assert!(edges.lon_e6.is_sorted_by(|west, east| west < east), "{zoom}/{x}/{y}");
                assert!(edges.lat_e6.is_sorted_by(|north, south| north > south), "{zoom}/{x}/{y}");
            }
        }
    }
}
