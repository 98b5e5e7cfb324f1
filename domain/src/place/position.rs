//! A position as the phone read it, a person's choice, and the place that came of
//! both.

use std::iter;

use serde::{Deserialize, Serialize};

use super::{GeoPoint, PlaceDoubt, areas::MAX_CANDIDATES};
use crate::{PointCode, SectionCode, Timestamp, ZoneCode};

/// Where the phone was when the shutter was pressed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Position {
    pub at: GeoPoint,
    /// Radius in metres within which the true position lies with 95 % (W3C
    /// Geolocation, `accuracy`), rounded up; [`Self::UNKNOWN_ACCURACY_M`] when the phone
    /// did not say.
    pub accuracy_m: u32,
    /// When it was read, by the device's clock: the fix's own time, not when the page
    /// was told.
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

/// Zone, section and point of a case, as far as they are known; with candidates where the
/// position touches more than one, and with the doubt where it tells nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(default)]
pub struct Place {
    /// The innermost area it lies in; `None` outside the district, and where that is in
    /// doubt.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub zone: Option<ZoneCode>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub section: Option<SectionCode>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub point: Option<PointCode>,
    /// Where it is on the map, when a position was read. Only where it was read, while
    /// there is a [`doubt`](Self::doubt).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub at: Option<GeoPoint>,
    /// Zones other than [`zone`](Self::zone) that the accuracy circle touches, nearest
    /// first; not empty means ambiguous.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub other_zones: Vec<ZoneCode>,
    /// Sections other than [`section`](Self::section) that the position cannot tell
    /// apart, nearest first.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub other_sections: Vec<SectionCode>,
    /// Why the position does not tell the place, while nobody has chosen one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub doubt: Option<PlaceDoubt>,
}

impl Place {
    #[must_use]
    pub const fn is_ambiguous(&self) -> bool {
        !self.other_zones.is_empty() || !self.other_sections.is_empty()
    }

    /// Whether somebody may be made answerable by it.
    #[must_use]
    pub const fn is_certain(&self) -> bool {
        self.doubt.is_none() && !self.is_ambiguous()
    }

    /// Whether it surely lies outside the district.
    #[must_use]
    pub const fn is_outside(&self) -> bool {
        self.zone.is_none() && self.at.is_some() && self.is_certain()
    }

    /// Where it is on the map, when that is no matter of doubt.
    #[must_use]
    pub const fn known_at(&self) -> Option<GeoPoint> {
        if self.doubt.is_none() { self.at } else { None }
    }

    /// Every place that an ambiguous one may be, each certain; `None` where its lists may be
    /// cut off.
    #[must_use]
    pub fn alternatives(&self) -> Option<Vec<Self>> {
        if self.other_zones.len().max(self.other_sections.len()) >= MAX_CANDIDATES {
            return None;
        }
        let zones =
            || iter::once(self.zone.clone()).chain(self.other_zones.iter().cloned().map(Some));
        let sections =
            iter::once(self.section.clone()).chain(self.other_sections.iter().cloned().map(Some));
        let place = |section: Option<SectionCode>, zone| Self {
            zone,
            section,
            point: self.point.clone(),
            at: self.at,
            doubt: self.doubt,
            ..Self::default()
        };
        Some(sections.flat_map(|it| zones().map(move |zone| place(it.clone(), zone))).collect())
    }

    /// What of it is certain: a zone or a section that may be another one is left out.
    #[must_use]
    pub fn certain_part(&self) -> Self {
        Self {
            zone: self.zone.clone().filter(|_| self.other_zones.is_empty()),
            section: self.section.clone().filter(|_| self.other_sections.is_empty()),
            point: self.point.clone(),
            at: self.known_at(),
            ..Self::default()
        }
    }
}
