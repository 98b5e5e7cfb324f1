//! The file that a photo was made from, and what that file says of itself: when and where
//! it was taken. These are claims. Anybody can write them, and many tools do.
//!
//! Never: takes a claim for the time or the place of a photo.

use jiff::civil::DateTime;
use serde::{Deserialize, Serialize};

use crate::{DeviceTime, Sha256Hash, Timestamp, calendar, place::GeoPoint};

/// A chosen file, by the hash of its own bytes; what is kept was written anew.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SourceFile {
    pub hash: Sha256Hash,
    #[serde(default, skip_serializing_if = "FileClaims::is_empty")]
    pub claimed: FileClaims,
}

/// What a file says of itself.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct FileClaims {
    /// EXIF `DateTimeOriginal`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub taken: Option<ClaimedTime>,
    /// EXIF GPS.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at: Option<GeoPoint>,
}

/// A date and time as a camera writes it: what its clock showed, often without saying in
/// which time zone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(try_from = "WrittenTime", into = "WrittenTime")]
pub struct ClaimedTime {
    #[cfg_attr(feature = "openapi", schema(value_type = String, format = DateTime))]
    local: DateTime,
    /// Minutes east of UTC.
    offset_minutes: Option<i16>,
}

/// Where and when the claims of a file differ from what the phone measured.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ClaimDifference {
    /// The claimed time is another one.
    pub is_of_time: bool,
    /// The claimed place is another one.
    pub is_of_place: bool,
}

impl FileClaims {
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.taken.is_none() && self.at.is_none()
    }

    /// Metres from `place` to where the file says that it was taken.
    #[must_use]
    pub fn distance_m(&self, place: GeoPoint) -> Option<u32> {
        Some(great_circle_m(place, self.at?))
    }

    /// Compares with the moment at which the file was chosen and with a place that the
    /// phone measured, as a point and its accuracy in metres. A time without a time zone is
    /// taken for the district's.
    #[must_use]
    pub fn difference(
        &self,
        chosen: DeviceTime,
        place: Option<(GeoPoint, u32)>,
        district_offset_minutes: i16,
    ) -> ClaimDifference {
        let apart = |taken: ClaimedTime| {
            chosen.estimate().since(taken.moment(district_offset_minutes)).saturating_abs()
        };
        let beyond = |(at, accuracy_m): (GeoPoint, u32)| {
            let distance = self.distance_m(at)?;
            Some(distance > Self::SAME_PLACE_M.saturating_add(accuracy_m))
        };
        ClaimDifference {
            is_of_time: self.taken.is_some_and(|taken| apart(taken) > Self::SAME_TIME_MS),
            is_of_place: place.and_then(beyond).unwrap_or(false),
        }
    }

    /// Within this, a photo was chosen right after it was taken.
    const SAME_TIME_MS: i64 = 10 * 60 * 1000;
    /// Within this, beside the accuracy of the position, it was taken here: phones write
    /// the last position they knew.
    const SAME_PLACE_M: u32 = 200;
}

impl ClaimDifference {
    #[must_use]
    pub const fn is_any(self) -> bool {
        self.is_of_time || self.is_of_place
    }
}

impl ClaimedTime {
    /// `None` for what no photo is from: before photography, or with a time zone that is
    /// none.
    #[must_use]
    pub fn new(local: DateTime, offset_minutes: Option<i16>) -> Option<Self> {
        let is_year = (1826..=2199).contains(&local.year());
        let is_offset = offset_minutes.is_none_or(|offset| offset.unsigned_abs() <= 14 * 60);
        // Cameras write whole seconds.
        let local = local.with().subsec_nanosecond(0).build().ok()?;
        (is_year && is_offset).then_some(Self { local, offset_minutes })
    }

    /// What the camera's clock showed.
    #[must_use]
    pub const fn local(self) -> DateTime {
        self.local
    }

    #[must_use]
    pub const fn offset_minutes(self) -> Option<i16> {
        self.offset_minutes
    }

    /// The moment that is meant, where the time zone is `assumed_offset_minutes` unless
    /// the file names one.
    #[must_use]
    pub fn moment(self, assumed_offset_minutes: i16) -> Timestamp {
        let offset = i64::from(self.offset_minutes.unwrap_or(assumed_offset_minutes));
        Timestamp::from_millis(calendar::local_ms_of(self.local) - offset * 60_000)
    }
}

/// The form on the wire.
#[derive(Serialize, Deserialize)]
struct WrittenTime {
    local: DateTime,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    offset_minutes: Option<i16>,
}

impl From<ClaimedTime> for WrittenTime {
    fn from(time: ClaimedTime) -> Self {
        Self { local: time.local, offset_minutes: time.offset_minutes }
    }
}

impl TryFrom<WrittenTime> for ClaimedTime {
    type Error = &'static str;

    fn try_from(written: WrittenTime) -> Result<Self, Self::Error> {
        Self::new(written.local, written.offset_minutes).ok_or("not a time that a photo is from")
    }
}

/// Along the globe, rounded: the other end may be on another continent.
#[expect(clippy::as_conversions, reason = "half of the globe is 20,000 km; `as` saturates")]
fn great_circle_m(a: GeoPoint, b: GeoPoint) -> u32 {
    use geo::{Distance as _, Haversine, Point};
    let point = |at: GeoPoint| Point::new(at.lon(), at.lat());
    Haversine.distance(point(a), point(b)).round() as u32
}

#[cfg(test)]
mod tests {
    use jiff::civil::datetime;

    use super::*;

    const DISTRICT: i16 = 480;

    fn here() -> GeoPoint {
        GeoPoint::from_degrees(32.705, 109.101).unwrap()
    }

    /// 2026-11-23 14:02 in the district.
    fn chosen() -> DeviceTime {
        let local = ClaimedTime::new(datetime(2026, 11, 23, 14, 2, 0, 0), None).unwrap();
        DeviceTime { claimed: local.moment(DISTRICT), offset_ms: None }
    }

    #[test]
    fn claimed_time_differs_from_ten_minutes_on_in_either_direction() {
        for (hour, minute, second, offset, differs) in [
            (14, 2, 0, None, false),
            (13, 52, 0, None, false),
            (13, 51, 59, None, true),
            (14, 12, 0, None, false),
            (14, 12, 1, None, true),
            // The same moment on a clock of another time zone.
            (6, 2, 0, Some(0), false),
            (14, 2, 0, Some(0), true),
            (15, 2, 0, Some(540), false),
        ] {
            let local = datetime(2026, 11, 23, hour, minute, second, 0);
            let taken = ClaimedTime::new(local, offset);
            assert!(taken.is_some());
            let claims = FileClaims { taken, at: None };
            let found = claims.difference(chosen(), None, DISTRICT);
            let expected = ClaimDifference { is_of_time: differs, is_of_place: false };
            assert_eq!(found, expected, "{local} {offset:?}");
        }
    }

    #[test]
    fn clock_that_is_known_to_be_wrong_is_corrected_before_times_are_compared() {
        let taken = ClaimedTime::new(datetime(2026, 11, 23, 14, 2, 0, 0), None);
        let claims = FileClaims { taken, at: None };
        let hour = 3_600_000;
        let wrong =
            DeviceTime { claimed: chosen().claimed.plus_millis(-hour), offset_ms: Some(hour) };
        assert!(!claims.difference(wrong, None, DISTRICT).is_any());
    }

    #[test]
    fn claimed_place_differs_beyond_200_metres_and_the_accuracy_of_the_position() {
        for (lat, lon, accuracy_m, differs) in [
            (32.705, 109.101, 0, false),
            // A thousandth of a degree is 111 m to the north.
            (32.7067, 109.101, 0, false),
            (32.7069, 109.101, 0, true),
            (32.7069, 109.101, 50, false),
            (43.467, 11.885, 10_000, true),
        ] {
            let claims = FileClaims { taken: None, at: GeoPoint::from_degrees(lat, lon) };
            let found = claims.difference(chosen(), Some((here(), accuracy_m)), DISTRICT);
            let expected = ClaimDifference { is_of_time: false, is_of_place: differs };
            assert_eq!(found, expected, "{lat} {lon} ±{accuracy_m} m");
            assert!(!claims.difference(chosen(), None, DISTRICT).is_any(), "no place to compare");
        }
    }

    #[test]
    fn distance_to_another_continent_is_that_along_the_globe() {
        let arezzo = GeoPoint::from_degrees(43.467_448, 11.885_127);
        let claims = FileClaims { taken: None, at: arezzo };
        let km = claims.distance_m(here()).unwrap() / 1000;
        assert!((8_000..8_400).contains(&km), "{km} km");
        assert_eq!(FileClaims::default().distance_m(here()), None);
    }

    #[test]
    fn claims_on_the_wire_are_read_back_and_those_out_of_range_are_not_read() {
        for (json, is_read) in [
            (r#"{}"#, true),
            (r#"{"taken":{"local":"2008-10-22T16:28:39"}}"#, true),
            (r#"{"taken":{"local":"2008-10-22T16:28:39","offset_minutes":120}}"#, true),
            (r#"{"at":[11885127,43467448]}"#, true),
            (r#"{"taken":{"local":"1700-01-01T00:00:00"}}"#, false),
            (r#"{"taken":{"local":"9999-01-01T00:00:00"}}"#, false),
            (r#"{"taken":{"local":"2008-13-22T16:28:39"}}"#, false),
            (r#"{"taken":{"local":"2008-10-22T16:28:39","offset_minutes":841}}"#, false),
            (r#"{"taken":{"local":"2008-10-22T16:28:39","offset_minutes":-32768}}"#, false),
            (r#"{"taken":"yesterday"}"#, false),
            (r#"{"at":[0,91000000]}"#, false),
        ] {
            let read = serde_json::from_str::<FileClaims>(json);
            assert_eq!(read.is_ok(), is_read, "{json}: {read:?}");
            if let Ok(claims) = read {
                assert_eq!(serde_json::to_string(&claims).unwrap(), json);
            }
        }
    }
}
