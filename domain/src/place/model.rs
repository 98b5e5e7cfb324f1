//! What the map of a district holds: areas that nest, street sections, points and
//! the places and hours where stalls are permitted.

use serde::{Deserialize, Serialize};

use super::{GeoPoint, Line, Polygon};
use crate::{
    CategoryCode, Names, PointCode, SectionCode, StallCode, UnitCode, ZoneCode,
    calendar::{DayHours, Weekdays},
    catalogue::InForce,
};

/// An area. Areas of different levels nest; areas of one level do not overlap.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Zone {
    pub code: ZoneCode,
    pub names: Names,
    pub level: AreaLevel,
    pub area: AreaKind,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub parent: Option<ZoneCode>,
    /// Resolved when the pack is read: its own, or that of the nearest parent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub street_office: Option<UnitCode>,
    pub polygons: Vec<Polygon>,
}

/// Levels from the widest to the narrowest; the order is that of nesting.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum AreaLevel {
    StreetOffice,
    Community,
    #[default]
    Zone,
    GridCell,
}

/// Some laws bind only in urban areas.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum AreaKind {
    Urban,
    Rural,
}

/// A street section (路段): the stretch of a street that five wardens answer for.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Section {
    pub code: SectionCode,
    pub names: Names,
    pub lines: Vec<Line>,
}

/// A point (点位): a named place.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Point {
    pub code: PointCode,
    pub names: Names,
    pub kind: PointKind,
    pub at: GeoPoint,
    /// Metres within which a position belongs to it; the district's when `None`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub radius_m: Option<u32>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub manager: Option<UnitCode>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum PointKind {
    Market,
    Station,
    MainRoad,
    Square,
    School,
    ConstructionSite,
}

/// Where and when stalls of some categories are permitted.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Stall {
    pub code: StallCode,
    pub names: Names,
    pub categories: Vec<CategoryCode>,
    pub hours: Vec<DayHours>,
    pub weekdays: Weekdays,
    pub force: InForce,
    pub polygons: Vec<Polygon>,
}

/// Metres within which a position belongs to a section or a point.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Tolerance {
    pub section_m: u32,
    pub point_m: u32,
}
