//! The plane of a district in metres, and the distance from a place to a stretch of
//! a line.
//!
//! Distances are compared in whole millimetres: far finer than any position, and
//! coarse enough that places equally far off are so in spite of rounding.
//!
//! Only `+ − × ÷ √` on 64-bit floats: IEEE 754 gives these the very same result on
//! every machine, which it does not promise for a library's `sin`, `cos`, `hypot`.
//! So phone and server see the same distances to the last bit.

use rstar::{AABB, PointDistance, RTreeObject};

use super::{Bounds, GeoPoint};

/// Metres of one degree of latitude on a sphere of the mean radius 6 371 008.8 m
/// (IUGG), π/180 of it.
pub(super) const METRES_PER_DEGREE: f64 = 111_195.08;

/// Equirectangular about the middle of a district. East–west distances are wrong by
/// 0.2 % at 20 km north or south of it: 6 cm at a tolerance of 30 m.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Plane {
    lon: f64,
    lat: f64,
    east: f64,
    north: f64,
}

impl Plane {
    pub(super) fn about(bounds: Bounds) -> Self {
        let (low, high) = (bounds.south_west, bounds.north_east);
        let lat = f64::midpoint(low.lat(), high.lat());
        Self {
            lon: f64::midpoint(low.lon(), high.lon()),
            lat,
            east: METRES_PER_DEGREE * cos_of_degrees(lat),
            north: METRES_PER_DEGREE,
        }
    }

    /// Metres east and north of the middle.
    pub(super) fn metres(&self, at: GeoPoint) -> [f64; 2] {
        [(at.lon() - self.lon) * self.east, (at.lat() - self.lat) * self.north]
    }
}

/// A straight stretch between two vertices of item `of`.
#[derive(Clone, Copy, Debug)]
pub(super) struct Stretch {
    from: [f64; 2],
    to: [f64; 2],
    pub(super) of: usize,
}

impl Stretch {
    /// The stretches of a line or ring.
    pub(super) fn all<'a>(
        plane: &'a Plane,
        vertices: &'a [GeoPoint],
        of: usize,
    ) -> impl Iterator<Item = Self> + 'a {
        vertices.iter().zip(vertices.iter().skip(1)).map(move |(from, to)| Self {
            from: plane.metres(*from),
            to: plane.metres(*to),
            of,
        })
    }

    pub(super) fn distance_mm(&self, at: [f64; 2]) -> i64 {
        millimetres(self.distance_m(at))
    }

    fn distance_m(&self, [x, y]: [f64; 2]) -> f64 {
        let ([from_x, from_y], [to_x, to_y]) = (self.from, self.to);
        let (along_x, along_y) = (to_x - from_x, to_y - from_y);
        let (off_x, off_y) = (x - from_x, y - from_y);
        let length_2 = along_x * along_x + along_y * along_y;
        let foot = if length_2 > 0.0 {
            ((off_x * along_x + off_y * along_y) / length_2).clamp(0.0, 1.0)
        } else {
            0.0
        };
        length(off_x - foot * along_x, off_y - foot * along_y)
    }
}

impl RTreeObject for Stretch {
    type Envelope = AABB<[f64; 2]>;

    fn envelope(&self) -> Self::Envelope {
        AABB::from_corners(self.from, self.to)
    }
}

impl PointDistance for Stretch {
    fn distance_2(&self, point: &[f64; 2]) -> f64 {
        let distance = self.distance_m(*point);
        distance * distance
    }
}

/// The square of a radius for a search in a tree, a little wider than the radius:
/// [`Stretch::distance_mm`] decides.
pub(super) fn search_2(radius_m: f64) -> f64 {
    let wider = a_trace_wider(radius_m);
    wider * wider
}

pub(super) fn a_trace_wider(radius_m: f64) -> f64 {
    radius_m * (1.0 + 1e-9) + 0.001
}

#[expect(clippy::as_conversions, reason = "saturates far beyond the globe")]
pub(super) fn millimetres(metres: f64) -> i64 {
    (metres * 1000.0).round() as i64
}

pub(super) fn length(x: f64, y: f64) -> f64 {
    (x * x + y * y).sqrt()
}

/// Cosine of an angle between −90° and 90°; what lies beyond counts as 90°.
/// Taylor's series up to the 20th power: wrong by less than 1e-14.
pub(super) fn cos_of_degrees(degrees: f64) -> f64 {
    let x = degrees.clamp(-90.0, 90.0).to_radians();
    let (mut term, mut sum) = (1.0, 1.0);
    for n in 1..=10 {
        let n = f64::from(2 * n);
        term *= -x * x / (n * (n - 1.0));
        sum += term;
    }
    sum.max(0.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_cosine_is_the_cosine() {
        for tenth in -900..=900 {
            let degrees = f64::from(tenth) / 10.0;
            let error = (cos_of_degrees(degrees) - degrees.to_radians().cos()).abs();
            assert!(error < 1e-14, "{degrees}: {error}");
        }
    }

    #[test]
    fn distance_to_a_stretch_is_to_its_nearest_end_or_foot() {
        let stretch = Stretch { from: [0.0, 0.0], to: [10.0, 0.0], of: 0 };
        for (at, expected) in
            [([5.0, 3.0], 3.0), ([-3.0, 4.0], 5.0), ([13.0, -4.0], 5.0), ([7.0, 0.0], 0.0)]
        {
            assert!((stretch.distance_m(at) - expected).abs() < 1e-12, "{at:?}");
        }
        let dot = Stretch { from: [1.0, 1.0], to: [1.0, 1.0], of: 0 };
        assert!((dot.distance_m([4.0, 5.0]) - 5.0).abs() < 1e-12);
    }
}
