//! Where: from a WGS-84 position with its accuracy to zone, street section and
//! point, or to honest candidates when the position cannot tell.
//!
//! Never: guesses. A circle that touches two zones says so; one that is too wide to tell,
//! or a position of another time, names none and says why ([`PlaceDoubt`]).

mod areas;
mod bounds;
mod certainty;
mod datum;
mod distances;
mod geometry;
mod index;
mod model;
mod plane;
mod position;
mod shapes;
mod spots;
mod stalls;
mod streets;
mod tile;

pub use bounds::{BadBounds, Bounds};
pub use certainty::{AgedPosition, MAX_AGE_MS, PlaceDoubt};
pub use datum::{Degrees, gcj_from_wgs, wgs_from_gcj};
pub use distances::PlaceDistances;
pub use geometry::{GeoPoint, Line, Polygon, distance_m, metres_between};
pub use index::Index;
pub use model::{AreaKind, AreaLevel, Point, PointKind, Section, Stall, Tolerance, Zone};
pub use position::{Place, PlaceChoice, Position};
pub use tile::{Tile, TileEdges};
