//! GCJ-02, the datum that public base maps in China must use: WGS-84 moved by some
//! hundred metres, differently from place to place.
//!
//! The offset was never published. This is the formula that has been public since
//! 2010 (first in "EvilTransform"); it agrees with published conversions to about a
//! metre. Here it serves to read a map drawn on such a base map, once, when a pack is
//! made; the result is WGS-84 in whole millionths of a degree from then on.
//!
//! Never: on the way to a zone. Inside, everything is WGS-84.

use std::f64::consts::PI;

/// Degrees of latitude and longitude.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Degrees {
    pub lat: f64,
    pub lon: f64,
}

/// Where a WGS-84 coordinate stands on a GCJ-02 map. Outside China, where those maps
/// are not moved, itself.
#[must_use]
pub fn gcj_from_wgs(wgs: Degrees) -> Degrees {
    if !is_moved(wgs) {
        return wgs;
    }
    let offset = offset(wgs);
    Degrees { lat: wgs.lat + offset.lat, lon: wgs.lon + offset.lon }
}

/// The WGS-84 coordinate of a place on a GCJ-02 map: the place that
/// [`gcj_from_wgs`] moves there, found by approaching it, to less than a millimetre.
#[must_use]
pub fn wgs_from_gcj(gcj: Degrees) -> Degrees {
    // The offset changes by less than a hundredth from a place to the one it moves
    // to, so each step leaves less than a hundredth of the error.
    let mut wgs = gcj;
    for _ in 0..6 {
        let there = gcj_from_wgs(wgs);
        wgs = Degrees { lat: wgs.lat + gcj.lat - there.lat, lon: wgs.lon + gcj.lon - there.lon };
    }
    wgs
}

/// The box in which base maps are moved.
fn is_moved(at: Degrees) -> bool {
    (0.8293..=55.8271).contains(&at.lat) && (72.004..=137.8347).contains(&at.lon)
}

/// The offset of the public formula, on the ellipsoid of Krasovsky 1940.
fn offset(wgs: Degrees) -> Degrees {
    const SEMI_MAJOR_AXIS_M: f64 = 6_378_245.0;
    const ECCENTRICITY_2: f64 = 0.006_693_421_622_965_943;

    let (north_m, east_m) = offset_m(wgs.lon - 105.0, wgs.lat - 35.0);
    let (sin, cos) = (wgs.lat * PI / 180.0).sin_cos();
    let curve = 1.0 - ECCENTRICITY_2 * sin * sin;
    let meridian = SEMI_MAJOR_AXIS_M * (1.0 - ECCENTRICITY_2) / (curve * curve.sqrt());
    let parallel = SEMI_MAJOR_AXIS_M / curve.sqrt() * cos;
    Degrees { lat: (north_m / meridian).to_degrees(), lon: (east_m / parallel).to_degrees() }
}

/// Metres north and east, `x` and `y` degrees from 105° E 35° N.
fn offset_m(x: f64, y: f64) -> (f64, f64) {
    let wave = |turns: f64| (turns * PI).sin();
    let root = x.abs().sqrt();
    let common = (20.0 * wave(6.0 * x) + 20.0 * wave(2.0 * x)) * 2.0 / 3.0;

    let mut north = -100.0 + 2.0 * x + 3.0 * y + 0.2 * y * y + 0.1 * x * y + 0.2 * root;
    north += common;
    north += (20.0 * wave(y) + 40.0 * wave(y / 3.0)) * 2.0 / 3.0;
    north += (160.0 * wave(y / 12.0) + 320.0 * wave(y / 30.0)) * 2.0 / 3.0;

    let mut east = 300.0 + x + 2.0 * y + 0.1 * x * x + 0.1 * x * y + 0.1 * root;
    east += common;
    east += (20.0 * wave(x) + 40.0 * wave(x / 3.0)) * 2.0 / 3.0;
    east += (150.0 * wave(x / 12.0) + 300.0 * wave(x / 30.0)) * 2.0 / 3.0;
    (north, east)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn metres_apart(a: Degrees, b: Degrees) -> f64 {
        let east = (a.lon - b.lon) * a.lat.to_radians().cos();
        east.hypot(a.lat - b.lat) * 111_195.0
    }

    type LatLon = (f64, f64);

    /// A place in WGS-84 and in GCJ-02, from the tests of public converters.
    const TABLE: [(&str, LatLon, LatLon); 3] = [
        ("Shanghai", (31.177_427_6, 121.527_210_6), (31.175_303_983_6, 121.531_541_859_2)),
        ("Shenzhen", (22.543_847, 113.912_316), (22.540_796_131_7, 113.917_176_480_8)),
        ("Beijing", (39.911_954, 116.377_817), (39.913_345_455_4, 116.384_047_224_6)),
    ];

    #[test]
    fn it_agrees_with_published_conversions() {
        for (name, wgs, gcj) in TABLE {
            let (wgs, gcj) = (at(wgs), at(gcj));
            assert!(metres_apart(gcj_from_wgs(wgs), gcj) < 0.2, "{name}: {:?}", gcj_from_wgs(wgs));
            assert!(metres_apart(wgs_from_gcj(gcj), wgs) < 0.2, "{name}");
        }
    }

    fn at((lat, lon): LatLon) -> Degrees {
        Degrees { lat, lon }
    }

    proptest! {
        #[test]
        fn there_and_back_is_the_same_place(lat in 17.0..54.0, lon in 73.0..136.0) {
            let wgs = Degrees { lat, lon };
            let gcj = gcj_from_wgs(wgs);
            let moved = metres_apart(wgs, gcj);
            prop_assert!((5.0..1_500.0).contains(&moved), "{moved} m");
            prop_assert!(metres_apart(wgs_from_gcj(gcj), wgs) < 0.001);
        }
    }

    #[test]
    fn nothing_is_moved_outside_china_and_nothing_panics() {
        for (lat, lon) in [(48.2, 16.4), (-33.9, 151.2), (f64::NAN, 109.0), (f64::INFINITY, 0.0)] {
            let same = gcj_from_wgs(Degrees { lat, lon });
            assert!(same.lat.to_bits() == lat.to_bits() && same.lon.to_bits() == lon.to_bits());
            let _ = wgs_from_gcj(Degrees { lat, lon });
        }
    }
}
