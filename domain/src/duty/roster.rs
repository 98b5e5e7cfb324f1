//! The roster: units, people, the five wardens of each section (一街五管), patch
//! leaders (包抓领导), owners of objects, and who is absent when.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::{
    CategoryCode, Names, PersonCode, PointCode, SectionCode, UnitCode, ZoneCode, catalogue::InForce,
};

/// The roles of units that only see to it that others fix things.
const OVERSEERS: [&str; 4] = ["headquarters", "leadership", "discipline", "city"];

/// A unit (责任单位): a body that fixes things.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Unit {
    pub code: UnitCode,
    pub names: Names,
    pub roles: Vec<Box<str>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lead: Option<PersonCode>,
    /// Who is on duty for what no warden answers for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub duty: Option<PersonCode>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub deputy: Option<PersonCode>,
}

impl Unit {
    /// Whether cases can be assigned to it. Headquarters orders, the leaders answer for their
    /// patches, the discipline office looks into it and the city's team looks on: none of them
    /// fixes anything, unless it is something else besides.
    #[must_use]
    pub fn fixes_things(&self) -> bool {
        self.roles.is_empty() || self.roles.iter().any(|role| !OVERSEERS.contains(&&**role))
    }
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Person {
    pub code: PersonCode,
    pub names: Names,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unit: Option<UnitCode>,
    #[serde(default, skip_serializing_if = "str::is_empty")]
    pub phone: Box<str>,
}

/// Days on which a person does not answer for anything; the deputy does.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Absence {
    pub person: PersonCode,
    #[cfg_attr(feature = "openapi", schema(value_type = String, format = Date))]
    pub from: Date,
    #[cfg_attr(feature = "openapi", schema(value_type = String, format = Date))]
    pub until: Date,
}

/// One of the five named people of a section (五管人员).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Warden {
    pub section: SectionCode,
    pub kind: WardenKind,
    pub person: PersonCode,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub deputy: Option<PersonCode>,
    pub force: InForce,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum WardenKind {
    TrafficPolice,
    UrbanManagement,
    MarketSupervision,
    Sanitation,
    Community,
}

impl WardenKind {
    pub const ALL: [Self; 5] = [
        Self::TrafficPolice,
        Self::UrbanManagement,
        Self::MarketSupervision,
        Self::Sanitation,
        Self::Community,
    ];
}

/// What a district leader answers for (包抓范围).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Patch {
    pub leader: PersonCode,
    pub of: PatchOf,
    pub force: InForce,
}

#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum PatchOf {
    Zone(ZoneCode),
    Section(SectionCode),
    Point(PointCode),
}

/// Who owns the objects of a category, here or everywhere.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Owner {
    pub category: CategoryCode,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub zone: Option<ZoneCode>,
    pub unit: UnitCode,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn unit_fixes_things_unless_it_does_nothing_but_oversee() {
        for (roles, fixes) in [
            (&["headquarters"][..], false),
            (&["leadership"], false),
            (&["discipline"], false),
            (&["city"], false),
            (&["headquarters", "leadership"], false),
            (&["street_office"], true),
            (&["urban_management"], true),
            (&["leadership", "street_office"], true),
            // A market or an owner without a role of its own.
            (&[], true),
        ] {
            let unit = Unit {
                code: UnitCode::new("u"),
                names: Names::default(),
                roles: roles.iter().map(|role| (*role).into()).collect(),
                lead: None,
                duty: None,
                deputy: None,
            };
            assert_eq!(unit.fixes_things(), fixes, "{roles:?}");
        }
    }
}
