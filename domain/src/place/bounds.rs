//! A rectangle on the map, also as an address gives it.

use std::{fmt, str::FromStr};

use serde::Serialize;

use super::{
    GeoPoint,
    plane::{METRES_PER_DEGREE, cos_of_degrees},
};
use crate::text_form;

/// As text `west,south,east,north` in degrees (RFC 7946, section 5); its edges belong to it. One
/// that crosses the 180th meridian is not known here: no district does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Bounds {
    pub south_west: GeoPoint,
    pub north_east: GeoPoint,
}

/// Not four degrees on the globe, west before east and south before north.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BadBounds;

impl Bounds {
    /// The smallest box around all of them; `None` around nothing.
    pub fn around(points: impl IntoIterator<Item = GeoPoint>) -> Option<Self> {
        points.into_iter().map(|at| Self { south_west: at, north_east: at }).reduce(|a, b| {
            let (low, other_low) = (a.south_west, b.south_west);
            let (high, other_high) = (a.north_east, b.north_east);
            Self {
                south_west: GeoPoint {
                    lon_e6: low.lon_e6.min(other_low.lon_e6),
                    lat_e6: low.lat_e6.min(other_low.lat_e6),
                },
                north_east: GeoPoint {
                    lon_e6: high.lon_e6.max(other_high.lon_e6),
                    lat_e6: high.lat_e6.max(other_high.lat_e6),
                },
            }
        })
    }

    /// A box that holds every place within `metres` of `at`, and little more; at the edge of the
    /// map it ends there.
    #[must_use]
    pub fn near(at: GeoPoint, metres: u32) -> Self {
        // A thousandth more than `distance_m` may be wrong by.
        let north = f64::from(metres) * 1.001 / METRES_PER_DEGREE;
        // Where the box is nearest to a pole a degree of longitude is shortest.
        let narrowest = (at.lat().abs() + north).min(89.9);
        let east = north / cos_of_degrees(narrowest);
        let corner = |lat: f64, lon: f64| {
            GeoPoint::from_degrees(lat.clamp(-90.0, 90.0), lon.clamp(-180.0, 180.0)).unwrap_or(at)
        };
        Self {
            south_west: corner(at.lat() - north, at.lon() - east),
            north_east: corner(at.lat() + north, at.lon() + east),
        }
    }

    #[must_use]
    pub const fn contains(&self, at: GeoPoint) -> bool {
        self.south_west.lon_e6 <= at.lon_e6
            && at.lon_e6 <= self.north_east.lon_e6
            && self.south_west.lat_e6 <= at.lat_e6
            && at.lat_e6 <= self.north_east.lat_e6
    }
}

impl FromStr for Bounds {
    type Err = BadBounds;

    fn from_str(text: &str) -> Result<Self, BadBounds> {
        let degrees: Vec<f64> = text
            .splitn(5, ',')
            .map(|part| part.trim().parse().map_err(|_| BadBounds))
            .collect::<Result<_, _>>()?;
        let [west, south, east, north] = degrees.as_slice() else { return Err(BadBounds) };
        let corner = |lat: f64, lon: f64| GeoPoint::from_degrees(lat, lon).ok_or(BadBounds);
        let bounds =
            Self { south_west: corner(*south, *west)?, north_east: corner(*north, *east)? };
        if bounds.contains(bounds.south_west) { Ok(bounds) } else { Err(BadBounds) }
    }
}

impl Serialize for Bounds {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

text_form::deserialize_from_str!(Bounds, "bounds are west,south,east,north in degrees");

impl fmt::Display for Bounds {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (low, high) = (self.south_west, self.north_east);
        write!(f, "{},{},{},{}", low.lon(), low.lat(), high.lon(), high.lat())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bounds_are_four_degrees_west_before_east_and_south_before_north() {
        for (text, is_good) in [
            ("109.1,32.7,109.2,32.8", true),
            (" 109.1, 32.7, 109.1, 32.7 ", true),
            ("-180,-90,180,90", true),
            ("109.2,32.7,109.1,32.8", false),
            ("109.1,32.8,109.2,32.7", false),
            ("109.1,32.7,109.2", false),
            ("109.1,32.7,109.2,32.8,1", false),
            ("109.1,32.7,109.2,91", false),
            ("NaN,32.7,109.2,32.8", false),
            ("inf,32.7,109.2,32.8", false),
            ("", false),
        ] {
            assert_eq!(text.parse::<Bounds>().is_ok(), is_good, "{text:?}");
        }
        let bounds: Bounds = "109.1,32.7,109.2,32.8".parse().unwrap();
        assert_eq!(bounds.to_string().parse(), Ok(bounds));
    }

    #[test]
    fn box_near_a_place_holds_what_lies_within_the_metres_and_little_else() {
        for (lat, lon) in [(32.7, 109.1), (0.0, 0.0), (-67.9, -120.0), (78.2, 15.6)] {
            let at = GeoPoint::from_degrees(lat, lon).unwrap();
            for metres in [0, 1, 30, 1_000, 50_000] {
                let bounds = Bounds::near(at, metres);
                for (east, north) in [(1.0, 0.0), (-1.0, 0.0), (0.0, 1.0), (0.0, -1.0)] {
                    let degrees = f64::from(metres) / METRES_PER_DEGREE;
                    let there = |times: f64| {
                        let lat = lat + north * degrees * times;
                        let lon = lon + east * degrees * times / cos_of_degrees(lat);
                        GeoPoint::from_degrees(lat, lon).unwrap()
                    };
                    assert!(bounds.contains(there(1.0)), "{metres} m from {at:?}");
                    assert!(metres < 30 || !bounds.contains(there(1.2)), "{metres} m from {at:?}");
                }
            }
        }
    }
}
