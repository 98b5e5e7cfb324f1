//! The result of assignment. It stands in the case's log by itself: names, basis
//! and sentence as they were, readable without the pack of that day.

use serde::{Deserialize, Serialize};

use super::Tier;
use crate::{
    CitationCode, Names, PersonCode, RuleCode, StallCode, Timestamp, UnitCode, calendar::Limit,
    place::Place,
};

/// Where a report goes, and everything that led there.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Routing {
    /// Version of the pack that was applied.
    pub pack: Box<str>,
    pub place: Place,
    /// `Some` when a stall of this category is permitted here at that time.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub permitted: Option<PermittedStall>,
    pub destination: Destination,
}

/// Assigned to a unit, or waiting in headquarters' tray.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Destination {
    Unit(Box<Assignment>),
    Headquarters { why: Why, sentence: Names, lost: Vec<Lost> },
}

/// Why nothing was assigned.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Why {
    NoBasisFound,
    OutsideDistrict,
    PlaceUnknown,
    /// The position is not of the time of the report.
    PositionStale,
    /// The circle of accuracy is too wide to tell the place.
    PositionCoarse,
    /// The position cannot tell apart what lies there, and nobody chose.
    PlaceAmbiguous,
}

/// A stall is permitted here; `until` is when that ends.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PermittedStall {
    pub stall: StallCode,
    pub names: Names,
    pub until: Timestamp,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Assignment {
    pub unit: UnitRef,
    /// Who answers for it; `None` only when the unit names nobody.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub person: Option<PersonRef>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub co_units: Vec<UnitRef>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub patch_leader: Option<PersonRef>,
    pub tier: Tier,
    pub basis: Basis,
    pub due: Due,
    /// Why, in one sentence, in each language.
    pub sentence: Names,
    /// The rules that matched and lost, in the order they were beaten.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub lost: Vec<Lost>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct UnitRef {
    pub code: UnitCode,
    pub names: Names,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PersonRef {
    pub code: PersonCode,
    pub names: Names,
    pub via: Via,
}

/// How it came to this person.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Via {
    Warden,
    OnDuty,
    Lead,
    /// Stands in for somebody who is absent.
    DeputyOf(Names),
    PatchLeader,
    /// Named by headquarters.
    Order,
}

/// What the assignment stands on (依据).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Basis {
    Rule {
        rule: RuleCode,
        citation: CitationCode,
        title: Names,
        article: Names,
    },
    /// Headquarters' order for this one case; the reason is the reviewer's own words.
    Order {
        reason: String,
    },
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Due {
    pub at: Timestamp,
    pub limit: Limit,
}

/// A rule that matched and was not applied.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Lost {
    pub rule: RuleCode,
    pub tier: Tier,
    pub because: LostBecause,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum LostBecause {
    /// A higher tier decided.
    HigherTier,
    /// A more specific rule of its own tier decided.
    MoreSpecific,
    /// Its role resolves to nobody here (no owner known, no warden).
    Unresolved,
}
