//! A case in one row.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use crate::{
    CaseId, CategoryCode, ConditionCode, District, PersonCode, PhotoHash, PointCode, SectionCode,
    Timestamp, UnitCode, UserName, ZoneCode,
    access::Role,
    calendar::{Lamp, LampTimes},
    case::{Case, CaseState, Source},
    duty::Tier,
    place::{AreaLevel, GeoPoint, Place},
};

/// A case in one row.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CaseSummary {
    pub id: CaseId,
    pub state: CaseState,
    /// How many operations have moved it.
    pub revision: u32,
    /// `None` when shielded.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reporter: Option<UserName>,
    pub source: Source,
    pub category: CategoryCode,
    pub condition: ConditionCode,
    pub place: PlaceSummary,
    /// `None` in headquarters' tray.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub assignment: Option<AssignmentSummary>,
    /// Every unit that ever had it, as lead or co-unit.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub units: BTreeSet<UnitCode>,
    /// The best estimate of when it was photographed.
    pub captured_at: Timestamp,
    pub reported_at: Timestamp,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub claimed_at: Option<Timestamp>,
    /// When the unit said so last.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rectified_at: Option<Timestamp>,
    /// Closed or voided.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ended_at: Option<Timestamp>,
    /// How often it was sent back.
    pub reworks: u32,
    /// Of the report, the first.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub photo: Option<PhotoHash>,
    /// Photos that it names whose bytes the server does not hold.
    pub photos_missing: u32,
}

/// Where a case lies.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PlaceSummary {
    /// The areas it lies in, one of a level.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub zones: BTreeMap<AreaLevel, ZoneCode>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub section: Option<SectionCode>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub point: Option<PointCode>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at: Option<GeoPoint>,
    pub is_certain: bool,
    /// In whose patch it lies, on any day.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub patch_leaders: BTreeSet<PersonCode>,
}

/// Who is to fix it, and until when.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct AssignmentSummary {
    pub unit: UnitCode,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub co_units: Vec<UnitCode>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub person: Option<PersonCode>,
    pub tier: Tier,
    pub assigned_at: Timestamp,
    pub lamp: LampTimes,
}

impl CaseSummary {
    #[must_use]
    pub fn of(case: &Case, district: &District) -> Self {
        let count = |count: usize| u32::try_from(count).unwrap_or(u32::MAX);
        Self {
            id: case.id,
            state: case.state,
            revision: case.revision,
            reporter: case.reporter.clone(),
            source: case.report.source,
            category: case.report.category.clone(),
            condition: case.report.condition.clone(),
            place: PlaceSummary::of(case, district),
            assignment: AssignmentSummary::of(case),
            units: case.units.clone(),
            captured_at: case.captured.estimate(),
            reported_at: case.reported_at,
            claimed_at: case.claimed_at,
            rectified_at: case.rectifications.last().map(|done| done.at),
            ended_at: case.closed_at,
            reworks: count(case.rework_count()),
            photo: case.report.photos.first().map(|shot| shot.hash),
            photos_missing: count(case.pending_photos().len()),
        }
    }

    /// `None` while it waits in the tray.
    #[must_use]
    pub fn lamp(&self, now: Timestamp) -> Option<Lamp> {
        let times = self.assignment.as_ref().map(|one| one.lamp);
        Lamp::of_case(self.state.is_open(), times, now)
    }

    /// As `role` may read it: reporters are shielded.
    #[must_use]
    pub fn redacted(mut self, role: Role) -> Self {
        if !role.sees_reporter() {
            self.reporter = None;
        }
        self
    }
}

impl PlaceSummary {
    /// The innermost area it lies in.
    #[must_use]
    pub fn zone(&self) -> Option<&ZoneCode> {
        self.zones.values().next_back()
    }

    /// The place without what else it may have been.
    #[must_use]
    pub fn outline(&self) -> Place {
        Place {
            zone: self.zone().cloned(),
            section: self.section.clone(),
            point: self.point.clone(),
            at: self.at,
            ..Place::default()
        }
    }

    fn of(case: &Case, district: &District) -> Self {
        let place = &case.routing.place;
        let zones = place.zone.iter().flat_map(|zone| district.zone_chain(zone));
        Self {
            zones: zones.map(|zone| (zone.level, zone.code.clone())).collect(),
            section: place.section.clone(),
            point: place.point.clone(),
            at: place.at,
            is_certain: place.is_certain(),
            patch_leaders: district.patch_leaders(place),
        }
    }
}

impl AssignmentSummary {
    fn of(case: &Case) -> Option<Self> {
        let assignment = case.assignment.as_ref()?;
        Some(Self {
            unit: assignment.unit.code.clone(),
            co_units: assignment.co_units.iter().map(|unit| unit.code.clone()).collect(),
            person: assignment.person.as_ref().map(|person| person.code.clone()),
            tier: assignment.tier,
            assigned_at: case.assigned_at?,
            lamp: case.lamp_times()?,
        })
    }
}
