//! Coordinates and shapes. All WGS-84; integers of a millionth of a degree (about
//! 0.11 m), so that phone and server compute with the very same numbers.

use serde::{Deserialize, Serialize};

use super::plane::{METRES_PER_DEGREE, cos_of_degrees, length};

/// A WGS-84 coordinate in millionths of a degree. Written `[longitude, latitude]`,
/// the order of GeoJSON (RFC 7946).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "[i32; 2]", into = "[i32; 2]")]
pub struct GeoPoint {
    pub lon_e6: i32,
    pub lat_e6: i32,
}

/// At least two vertices.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(transparent)]
pub struct Line(pub Vec<GeoPoint>);

/// An outer ring and its holes; each ring ends where it begins.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(transparent)]
pub struct Polygon(pub Vec<Vec<GeoPoint>>);

crate::text_form::schema_as!(GeoPoint, Vec<i32>);

impl GeoPoint {
    /// From degrees, as a device or a map gives them. `None` when they are not on
    /// the globe (not a number, latitude beyond 90°, longitude beyond 180°).
    #[must_use]
    pub fn from_degrees(lat: f64, lon: f64) -> Option<Self> {
        let on_globe = lat.abs() <= 90.0 && lon.abs() <= 180.0;
        on_globe.then(|| Self { lon_e6: millionths(lon), lat_e6: millionths(lat) })
    }

    #[must_use]
    pub fn lat(self) -> f64 {
        f64::from(self.lat_e6) / 1e6
    }

    #[must_use]
    pub fn lon(self) -> f64 {
        f64::from(self.lon_e6) / 1e6
    }
}

impl Polygon {
    /// Whether it holds `at`, holes left out. Exact: whole numbers, no rounding. A
    /// point on an edge that two polygons share lies in exactly one of them, so
    /// areas that fit together leave no gap and no overlap. (On floats, as `geo` does
    /// it, such a point lies in neither.)
    #[must_use]
    pub fn contains(&self, at: GeoPoint) -> bool {
        // Even–odd: every crossing of a ray to the east changes sides.
        self.0
            .iter()
            .flat_map(|ring| ring.iter().zip(ring.iter().skip(1)))
            .fold(false, |inside, (a, b)| inside != crosses_east(at, *a, *b))
    }

    /// Twice its area in square millionths of a degree, holes left out. To tell the
    /// smaller of two areas, not to be shown.
    #[must_use]
    pub fn twice_area(&self) -> i128 {
        let mut rings = self.0.iter().map(|ring| twice_ring_area(ring));
        rings.next().unwrap_or(0) - rings.sum::<i128>()
    }
}

/// By the shoelace formula.
fn twice_ring_area(ring: &[GeoPoint]) -> i128 {
    let pairs = ring.iter().zip(ring.iter().skip(1));
    let cross = |(a, b): (&GeoPoint, &GeoPoint)| {
        i128::from(a.lon_e6) * i128::from(b.lat_e6) - i128::from(b.lon_e6) * i128::from(a.lat_e6)
    };
    pairs.map(cross).sum::<i128>().abs()
}

/// Whether the ray from `at` to the east crosses the edge. The lower end belongs to
/// an edge and the upper does not, so a ray through a vertex counts once.
fn crosses_east(at: GeoPoint, a: GeoPoint, b: GeoPoint) -> bool {
    let (low, high) = if a.lat_e6 <= b.lat_e6 { (a, b) } else { (b, a) };
    if at.lat_e6 < low.lat_e6 || high.lat_e6 <= at.lat_e6 {
        return false;
    }
    // 128 bits hold the product of two differences, also of a coordinate off the globe.
    let from_low = |p: GeoPoint| {
        let x = i128::from(p.lon_e6) - i128::from(low.lon_e6);
        (x, i128::from(p.lat_e6) - i128::from(low.lat_e6))
    };
    let ((edge_x, edge_y), (x, y)) = (from_low(high), from_low(at));
    edge_x * y > x * edge_y
}

#[expect(clippy::as_conversions, reason = "at most 180 million, checked by the caller")]
fn millionths(degrees: f64) -> i32 {
    (degrees * 1e6).round() as i32
}

/// The numbers are no place: latitude beyond 90° or longitude beyond 180°.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OffTheGlobe;

impl std::fmt::Display for OffTheGlobe {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("a position that is not on the globe")
    }
}

impl std::error::Error for OffTheGlobe {}

impl TryFrom<[i32; 2]> for GeoPoint {
    type Error = OffTheGlobe;

    fn try_from([lon_e6, lat_e6]: [i32; 2]) -> Result<Self, OffTheGlobe> {
        let is_on_globe =
            lat_e6.unsigned_abs() <= 90_000_000 && lon_e6.unsigned_abs() <= 180_000_000;
        if is_on_globe { Ok(Self { lon_e6, lat_e6 }) } else { Err(OffTheGlobe) }
    }
}

impl From<GeoPoint> for [i32; 2] {
    fn from(point: GeoPoint) -> Self {
        [point.lon_e6, point.lat_e6]
    }
}

/// Metres between two coordinates of one district (equirectangular; the error is
/// below 0.1 % within 100 km).
#[must_use]
pub fn distance_m(a: GeoPoint, b: GeoPoint) -> f64 {
    let mean_lat = f64::midpoint(a.lat(), b.lat());
    let east = (b.lon() - a.lon()) * cos_of_degrees(mean_lat);
    length(east, b.lat() - a.lat()) * METRES_PER_DEGREE
}

/// [`distance_m`] in whole metres, as people are told it.
#[must_use]
#[expect(clippy::as_conversions, reason = "saturating, and no two places are 4 million km apart")]
pub fn metres_between(a: GeoPoint, b: GeoPoint) -> u32 {
    distance_m(a, b).round() as u32
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn position_off_the_globe_is_not_read() {
        for (text, is_read) in [
            ("[109100000,32705000]", true),
            ("[180000000,90000000]", true),
            ("[-180000000,-90000000]", true),
            ("[109100000,91000000]", false),
            ("[109100000,-90000001]", false),
            ("[180000001,0]", false),
            ("[-2147483648,0]", false),
            ("[0,-2147483648]", false),
            ("[109100000]", false),
            ("[109.1,32.7]", false),
        ] {
            let read = serde_json::from_str::<GeoPoint>(text);
            assert_eq!(read.is_ok(), is_read, "{text}: {read:?}");
        }
    }

    #[test]
    fn an_area_leaves_its_holes_out() {
        let square = |low: i32, high: i32| {
            [[low, low], [high, low], [high, high], [low, high], [low, low]]
                .map(|[lon_e6, lat_e6]| GeoPoint { lon_e6, lat_e6 })
                .to_vec()
        };
        for (rings, expected) in [
            (vec![square(0, 10)], 200),
            (vec![square(0, 10), square(1, 3), square(5, 6)], 200 - 8 - 2),
            (vec![square(0, 10).into_iter().rev().collect()], 200),
            (vec![square(-180_000_000, 180_000_000)], 2 * 360_000_000_i128.pow(2)),
            (vec![], 0),
        ] {
            assert_eq!(Polygon(rings).twice_area(), expected);
        }
    }

    #[test]
    fn distances_are_those_of_the_globe() {
        let at = |lat, lon| GeoPoint::from_degrees(lat, lon).unwrap();
        for (a, b, metres) in [
            (at(0.0, 0.0), at(0.0, 0.01), 1111.95),
            (at(0.0, 0.0), at(0.01, 0.0), 1111.95),
            (at(60.0, 10.0), at(60.0, 10.01), 555.98),
            (at(32.5, 109.0), at(33.0, 109.05), 55_793.7),
        ] {
            assert!((distance_m(a, b) - metres).abs() < 0.001 * metres, "{}", distance_m(a, b));
        }
    }
}
