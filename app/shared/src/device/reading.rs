//! From what the browser says about a fix to a position: numbers alone, so that every odd
//! one has its row in a table.
//!
//! Never: asks the browser.

use domain::{
    Timestamp,
    place::{GeoPoint, Position},
};

/// A `GeolocationPosition` as it came; `None`: absent, or no number.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Reading {
    pub latitude: Option<f64>,
    pub longitude: Option<f64>,
    pub accuracy: Option<f64>,
    /// Milliseconds since 1970, by the device's clock.
    pub timestamp: Option<f64>,
}

impl Reading {
    /// `None`: it says no place on the globe.
    pub fn position(self, now: Timestamp) -> Option<Position> {
        Some(Position {
            at: GeoPoint::from_degrees(self.latitude?, self.longitude?)?,
            accuracy_m: self.accuracy_m(),
            read: self.read(now),
        })
    }

    /// Rounded up. What is no radius of a true fix counts as the widest circle rather than
    /// as no fix: the coordinates are worth showing. That includes 0, which Android's
    /// `Location.getAccuracy` gives when it has none.
    fn accuracy_m(self) -> u32 {
        let metres = self.accuracy.filter(|metres| metres.is_finite() && *metres > 0.0);
        #[expect(clippy::as_conversions, reason = "finite and positive; saturates at u32::MAX")]
        metres.map_or(Position::UNKNOWN_ACCURACY_M, |metres| metres.ceil() as u32)
    }

    /// The fix's own time. One that cannot be it (absent, no number, 1970 or before, not
    /// yet) counts as now: a browser that gives none gives the fix as it comes.
    fn read(self, now: Timestamp) -> Timestamp {
        let millis = self.timestamp.filter(|millis| millis.is_finite() && *millis >= 1.0);
        #[expect(clippy::as_conversions, reason = "finite and positive; saturates at i64::MAX")]
        let read = millis.map(|millis| Timestamp::from_millis(millis as i64));
        read.filter(|read| *read <= now).unwrap_or(now)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: Timestamp = Timestamp::from_millis(1_795_000_000_000);
    const SOUND: Reading = Reading {
        latitude: Some(32.696_509),
        longitude: Some(109.109_333),
        accuracy: Some(8.0),
        timestamp: Some(1_795_000_000_000.0),
    };

    #[test]
    fn time_of_a_position_is_the_fix_s_own_unless_that_cannot_be() {
        for (timestamp, millis_ago) in [
            (Some(1_795_000_000_000.0), 0),
            (Some(1_794_999_999_000.5), 1_000),
            // Three hours old, and said so by the fix itself.
            (Some(1_794_989_200_000.0), 10_800_000),
            (Some(1.0), 1_794_999_999_999),
            (None, 0),
            (Some(0.0), 0),
            (Some(-1.0), 0),
            (Some(f64::NAN), 0),
            (Some(f64::INFINITY), 0),
            (Some(f64::NEG_INFINITY), 0),
            (Some(1_795_000_000_001.0), 0),
            (Some(1e300), 0),
        ] {
            let position = Reading { timestamp, ..SOUND }.position(NOW).unwrap();
            assert_eq!(NOW.since(position.read), millis_ago, "{timestamp:?}");
        }
    }

    #[test]
    fn accuracy_is_rounded_up_and_counts_as_unknown_where_it_is_no_radius() {
        let unknown = Position::UNKNOWN_ACCURACY_M;
        for (accuracy, metres) in [
            (Some(8.0), 8),
            (Some(8.01), 9),
            (Some(0.2), 1),
            (Some(3_000.0), 3_000),
            (Some(4_294_967_294.0), 4_294_967_294),
            (Some(1e12), unknown),
            (Some(f64::MAX), unknown),
            (None, unknown),
            (Some(0.0), unknown),
            (Some(-0.0), unknown),
            (Some(-1.0), unknown),
            (Some(f64::NAN), unknown),
            (Some(f64::INFINITY), unknown),
            (Some(f64::NEG_INFINITY), unknown),
        ] {
            let position = Reading { accuracy, ..SOUND }.position(NOW).unwrap();
            assert_eq!(position.accuracy_m, metres, "{accuracy:?}");
        }
    }

    #[test]
    fn fix_without_a_place_on_the_globe_is_none() {
        for (latitude, longitude, is_fix) in [
            (Some(32.7), Some(109.1), true),
            (Some(0.0), Some(0.0), true),
            (Some(90.0), Some(-180.0), true),
            (Some(-90.0), Some(180.0), true),
            (Some(91.0), Some(0.0), false),
            (Some(-90.1), Some(0.0), false),
            (Some(0.0), Some(180.1), false),
            (Some(f64::NAN), Some(109.1), false),
            (Some(32.7), Some(f64::NAN), false),
            (Some(f64::INFINITY), Some(109.1), false),
            (None, Some(109.1), false),
            (Some(32.7), None, false),
            (None, None, false),
        ] {
            let position = Reading { latitude, longitude, ..SOUND }.position(NOW);
            assert_eq!(position.is_some(), is_fix, "{latitude:?} {longitude:?}");
        }
    }
}
