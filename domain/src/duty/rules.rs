//! Rules of assignment as data, and what makes one more specific than another.

use serde::{Deserialize, Serialize};

use super::WardenKind;
use crate::{
    CategoryCode, CitationCode, ConditionCode, Names, PointCode, RuleCode, SectionCode, UnitCode,
    ZoneCode,
    calendar::DayHours,
    catalogue::InForce,
    place::{AreaKind, AreaLevel, PointKind},
};

/// The tier (层级) of a rule; law is tried before document, document before order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Tier {
    Law,
    Document,
    Order,
}

/// The law article, document clause or headquarters order that a rule stands on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Citation {
    pub id: CitationCode,
    pub kind: Tier,
    pub title: Names,
    pub article: Names,
    pub force: InForce,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Rule {
    pub id: RuleCode,
    pub tier: Tier,
    pub citation: CitationCode,
    pub scope: Scope,
    pub lead: Lead,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub co: Vec<Lead>,
    pub force: InForce,
}

/// What a rule matches on; an empty list matches everything.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(default)]
pub struct Scope {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub class: Option<Box<str>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub categories: Vec<CategoryCode>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub conditions: Vec<ConditionCode>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub area: Option<AreaKind>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub zones: Vec<ZoneCode>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub sections: Vec<SectionCode>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub points: Vec<PointCode>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub point_kinds: Vec<PointKind>,
    /// Time of day of the capture, district time.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub hours: Vec<DayHours>,
}

/// A unit, or a role that the place resolves to one. Written `unit:cgj`,
/// `role:street_office`, `role:owner`, `role:manager`, `warden:sanitation`.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Lead {
    Unit(UnitCode),
    /// The street office of the area the case lies in (所属街办).
    StreetOffice,
    /// The owner of the object (产权单位).
    Owner,
    /// Whoever runs the point: a market's operator, a site's contractor.
    Manager,
    /// The section's warden of this kind, and with them their unit.
    Warden(WardenKind),
}

/// How closely a rule fits; greater is more specific. Compared what, where, when.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Specificity {
    pub what: What,
    pub place: Where,
    pub has_hours: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum What {
    Any,
    Class,
    Category,
    Condition,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Where {
    Anywhere,
    AreaKind,
    /// The deeper an area lies in the nesting, the more specific.
    Zone(AreaLevel),
    Section,
    PointKind,
    Point,
}

impl Rule {
    /// How closely this rule fits. Every part of a scope must match, so each is rated
    /// by its narrowest part; of several zones the innermost level counts, and a zone
    /// whose level is not known counts as the widest.
    #[must_use]
    pub fn specificity(&self, zone_level: impl Fn(&ZoneCode) -> Option<AreaLevel>) -> Specificity {
        let scope = &self.scope;
        let what = if !scope.conditions.is_empty() {
            What::Condition
        } else if !scope.categories.is_empty() {
            What::Category
        } else if scope.class.is_some() {
            What::Class
        } else {
            What::Any
        };
        let innermost = || scope.zones.iter().filter_map(&zone_level).max();
        let place = if !scope.points.is_empty() {
            Where::Point
        } else if !scope.point_kinds.is_empty() {
            Where::PointKind
        } else if !scope.sections.is_empty() {
            Where::Section
        } else if !scope.zones.is_empty() {
            Where::Zone(innermost().unwrap_or(AreaLevel::StreetOffice))
        } else if scope.area.is_some() {
            Where::AreaKind
        } else {
            Where::Anywhere
        };
        Specificity { what, place, has_hours: !scope.hours.is_empty() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rule(scope: Scope) -> Rule {
        Rule {
            id: "r".into(),
            tier: Tier::Law,
            citation: "c".into(),
            scope,
            lead: Lead::Owner,
            co: Vec::new(),
            force: InForce::default(),
        }
    }

    #[test]
    fn each_narrower_scope_beats_every_wider_one() {
        let evening = vec![DayHours { start: 18 * 60, end: 23 * 60 }];
        let zones = |codes: &[&str]| Scope {
            zones: codes.iter().map(|&code| code.into()).collect(),
            ..Scope::default()
        };
        let category = || Scope { categories: vec!["0301".into()], ..Scope::default() };
        let widest_first = [
            Scope::default(),
            Scope { hours: evening.clone(), ..Scope::default() },
            Scope { area: Some(AreaKind::Urban), ..Scope::default() },
            zones(&["unheard-of"]),
            zones(&["office", "cell"]),
            Scope { sections: vec!["s1".into()], ..zones(&["cell"]) },
            Scope {
                point_kinds: vec![PointKind::Market],
                sections: vec!["s1".into()],
                ..zones(&[])
            },
            Scope { points: vec!["p1".into()], ..Scope::default() },
            Scope { class: Some("03".into()), ..Scope::default() },
            category(),
            Scope { hours: evening, ..category() },
            Scope { area: Some(AreaKind::Rural), ..category() },
            Scope { conditions: vec!["1".into()], ..category() },
        ];
        let levels = |zone: &ZoneCode| match zone.as_str() {
            "office" => Some(AreaLevel::StreetOffice),
            "cell" => Some(AreaLevel::GridCell),
            _ => None,
        };
        let ranked: Vec<_> =
            widest_first.into_iter().map(|scope| rule(scope).specificity(levels)).collect();
        assert!(ranked.is_sorted_by(|wider, narrower| wider < narrower), "{ranked:#?}");
        assert_eq!(ranked[4].place, Where::Zone(AreaLevel::GridCell));
    }
}
