//! The district's working hours and the days that differ from their weekday, as a pack
//! states them.
//!
//! Never: which days come out of them as worked; `worked` counts those.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::{hours::DayHours, weekdays::Weekdays};

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct WorkingHours {
    /// In the order of the day, without overlap, none past midnight.
    pub hours: Vec<DayHours>,
    pub weekdays: Weekdays,
}

/// A day that differs from its weekday.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct DayException {
    #[cfg_attr(feature = "openapi", schema(value_type = String, format = Date))]
    pub date: Date,
    pub kind: DayKind,
    pub name: Box<str>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum DayKind {
    /// A public holiday, also when it falls on a weekday.
    Holiday,
    /// A weekend day that is worked in exchange (调休).
    Working,
}
