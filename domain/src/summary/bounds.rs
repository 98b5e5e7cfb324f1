//! A rectangle on the map, as an address gives it.

use std::{fmt, str::FromStr};

use serde::Serialize;

use crate::{place::GeoPoint, text_form};

/// `west,south,east,north` in degrees (RFC 7946, section 5); its edges belong to it. One that
/// crosses the 180th meridian is not known here: no district does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Bounds {
    pub south_west: GeoPoint,
    pub north_east: GeoPoint,
}

/// Not four degrees on the globe, west before east and south before north.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BadBounds;

impl Bounds {
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
}
