//! A position as the phone read it, a person's choice, and the place that came of
//! both.

use serde::{Deserialize, Serialize};

use super::GeoPoint;
use crate::{PointCode, SectionCode, Timestamp, ZoneCode};

/// Where the phone was when the shutter was pressed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Position {
    pub at: GeoPoint,
    /// Radius in metres within which the true position lies with 95 % (W3C
    /// Geolocation, `accuracy`), rounded up.
    pub accuracy_m: u32,
    /// When it was read, by the device's clock.
    pub read: Timestamp,
}

/// What a person chose where the position could not tell, or was not there.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(default)]
pub struct PlaceChoice {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub zone: Option<ZoneCode>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub section: Option<SectionCode>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub point: Option<PointCode>,
}

impl PlaceChoice {
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.zone.is_none() && self.section.is_none() && self.point.is_none()
    }
}

/// Zone, section and point of a case; with candidates where the position touches
/// more than one.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(default)]
pub struct Place {
    /// The innermost area it lies in; `None` outside the district.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub zone: Option<ZoneCode>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub section: Option<SectionCode>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub point: Option<PointCode>,
    /// Where it is on the map, when a position was read.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub at: Option<GeoPoint>,
    /// Other zones that the accuracy circle touches; not empty means ambiguous.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub other_zones: Vec<ZoneCode>,
    /// Other sections within tolerance that the position cannot tell apart.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub other_sections: Vec<SectionCode>,
}

impl Place {
    #[must_use]
    pub const fn is_ambiguous(&self) -> bool {
        !self.other_zones.is_empty() || !self.other_sections.is_empty()
    }
}
