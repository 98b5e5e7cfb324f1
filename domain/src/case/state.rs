//! Where a case stands: the fold of its events.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::{Recorded, Report};
use crate::{
    CaseId, DeviceTime, OperationId, PhotoHash, Timestamp, UnitCode, UserName,
    calendar::{Lamp, LampTimes},
    case::Outcome,
    duty::{Assignment, Routing},
    evidence::Shot,
};

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum CaseState {
    /// In headquarters' tray: no basis found.
    Unassigned,
    Assigned,
    Claimed,
    /// Fixed, says the unit; to be verified.
    Rectified,
    /// Fixed, says who looked; to be closed.
    Verified,
    Closed,
    Void,
}

impl CaseState {
    #[must_use]
    pub const fn is_open(self) -> bool {
        !matches!(self, Self::Closed | Self::Void)
    }

    /// Whether its unit has work with it, or will have when it is returned.
    #[must_use]
    pub const fn is_with_unit(self) -> bool {
        matches!(self, Self::Assigned | Self::Claimed | Self::Rectified)
    }

    /// Stable name for storage and addresses.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Unassigned => "unassigned",
            Self::Assigned => "assigned",
            Self::Claimed => "claimed",
            Self::Rectified => "rectified",
            Self::Verified => "verified",
            Self::Closed => "closed",
            Self::Void => "void",
        }
    }
}

#[derive(Clone, Debug, PartialEq)]
pub struct Case {
    pub id: CaseId,
    pub state: CaseState,
    /// How many operations have moved it. Who acts names the revision they saw.
    pub revision: u32,
    /// Events so far.
    pub events: u32,
    pub reported_at: Timestamp,
    pub captured: DeviceTime,
    /// `None` when shielded.
    pub reporter: Option<UserName>,
    pub report: Report,
    pub routing: Routing,
    /// By rule or by order; `None` in the tray.
    pub assignment: Option<Assignment>,
    /// When the assignment that counts was made.
    pub assigned_at: Option<Timestamp>,
    pub claimed_at: Option<Timestamp>,
    pub rectifications: Vec<Rectification>,
    pub verifications: Vec<Verification>,
    pub closed_at: Option<Timestamp>,
    /// What was written beside the notes of report, rectifications and verifications: comments,
    /// reasons of orders, why it was closed or voided.
    pub remarks: Vec<Box<str>>,
    /// Every unit that ever had it, as lead or co-unit.
    pub units: BTreeSet<UnitCode>,
    /// Photos whose bytes the server holds.
    pub arrived: BTreeSet<PhotoHash>,
    /// Those of them that are no picture, and are kept as they are.
    pub undecodable: BTreeSet<PhotoHash>,
    pub(super) last_mover: Option<OperationId>,
}

#[derive(Clone, Debug, PartialEq)]
pub struct Rectification {
    pub at: Timestamp,
    pub photos: Vec<Shot>,
    pub note: String,
}

#[derive(Clone, Debug, PartialEq)]
pub struct Verification {
    pub at: Timestamp,
    pub outcome: Outcome,
    pub photos: Vec<Shot>,
    pub note: String,
}

impl Case {
    /// Folds a log. `None` when it does not begin with a report.
    #[must_use]
    pub fn fold(id: CaseId, log: &[Recorded]) -> Option<Self> {
        let (first, rest) = log.split_first()?;
        let mut case = Self::open(id, first)?;
        for recorded in rest {
            case.apply(recorded);
        }
        Some(case)
    }

    /// Every photo of the case, in the order it was brought; the same bytes in two
    /// places appear twice.
    pub fn photos(&self) -> impl Iterator<Item = &Shot> {
        self.report
            .photos
            .iter()
            .chain(self.rectifications.iter().flat_map(|done| &done.photos))
            .chain(self.verifications.iter().flat_map(|looked| &looked.photos))
    }

    /// All that people wrote in it.
    pub fn texts(&self) -> impl Iterator<Item = &str> {
        std::iter::once(self.report.note.as_str())
            .chain(self.rectifications.iter().map(|done| done.note.as_str()))
            .chain(self.verifications.iter().map(|looked| looked.note.as_str()))
            .chain(self.remarks.iter().map(AsRef::as_ref))
    }

    /// Photos named in a manifest whose bytes the server does not hold yet.
    #[must_use]
    pub fn pending_photos(&self) -> BTreeSet<PhotoHash> {
        let named = self.photos().map(|shot| shot.hash);
        named.filter(|hash| !self.arrived.contains(hash)).collect()
    }

    /// The after-photos that count: those of the latest rectification.
    #[must_use]
    pub fn after_photos(&self) -> &[Shot] {
        self.rectifications.last().map_or(&[], |done| &done.photos)
    }

    /// The check that sent it back, while the unit has to fix it again.
    #[must_use]
    pub fn returned_by(&self) -> Option<&Verification> {
        let last = self.verifications.last()?;
        (self.state == CaseState::Claimed && last.outcome == Outcome::Rework).then_some(last)
    }

    /// When the lamp changes; `None` while nobody is to fix it.
    #[must_use]
    pub fn lamp_times(&self) -> Option<LampTimes> {
        Some(LampTimes::of(self.assigned_at?, self.assignment.as_ref()?.due.at))
    }

    /// `None` while it waits in the tray.
    #[must_use]
    pub fn lamp(&self, now: Timestamp) -> Option<Lamp> {
        Lamp::of_case(self.state.is_open(), self.lamp_times(), now)
    }

    #[must_use]
    pub fn rework_count(&self) -> usize {
        self.verifications.iter().filter(|looked| looked.outcome == Outcome::Rework).count()
    }
}
