//! What people ask for.

use serde::{Deserialize, Serialize};

use crate::{
    CategoryCode, ConditionCode, District, PersonCode, StallCode, Timestamp, UnitCode,
    access::Act,
    calendar::Limit,
    evidence::Shot,
    place::{Place, PlaceChoice, Position},
};

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Command {
    /// 上报
    Report(Box<Report>),
    /// 交办, by headquarters' order; also moves a case from one unit to another.
    Assign(OrderTo),
    /// 认领
    Claim,
    /// 整改, with at least one after-photo.
    Rectify {
        photos: Vec<Shot>,
        note: String,
    },
    /// 核查
    Verify {
        outcome: Outcome,
        photos: Vec<Shot>,
        note: String,
    },
    /// 结案
    Close {
        note: String,
    },
    /// 作废
    Void {
        reason: String,
    },
    Comment {
        text: String,
    },
}

/// The inspector's act that opens a case.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Report {
    pub category: CategoryCode,
    pub condition: ConditionCode,
    /// Read when the shutter was pressed, and nowhere else; `None` when the phone
    /// could not tell.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub position: Option<Position>,
    /// What the inspector chose where the position could not tell.
    #[serde(default, skip_serializing_if = "PlaceChoice::is_empty")]
    pub chosen: PlaceChoice,
    pub source: Source,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub note: String,
    /// 1 to [`Report::MAX_PHOTOS`], in the order they were taken.
    pub photos: Vec<Shot>,
    /// Version of the pack the phone showed its preview from.
    pub pack: Box<str>,
    /// The phone said "allowed here until …" and the inspector went on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub told_permitted: Option<StallCode>,
}

impl Report {
    pub const MAX_PHOTOS: usize = 9;
    /// Characters of a note, a reason or a comment.
    pub const LONGEST_TEXT: usize = 2000;

    /// Its place, by its position and what was chosen. `done`: when it was saved, by the
    /// clock that the position and the photos have their times from.
    #[must_use]
    pub fn place(&self, district: &District, done: Timestamp) -> Place {
        let photographed = self.photos.iter().map(|shot| shot.taken.claimed);
        district.place_of(self.position, photographed, done, &self.chosen)
    }
}

/// How headquarters learned of it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Source {
    /// 日常巡查
    #[default]
    Patrol,
    /// 暗访
    Unannounced,
    /// 群众举报
    Public,
    /// 市级交办
    HandedDown,
}

impl Source {
    pub const ALL: [Self; 4] = [Self::Patrol, Self::Unannounced, Self::Public, Self::HandedDown];
}

/// Headquarters' order: to whom, within which limit, and why.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct OrderTo {
    pub unit: UnitCode,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub person: Option<PersonCode>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub co_units: Vec<UnitCode>,
    /// The condition's own limit when `None`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub limit: Option<Limit>,
    pub reason: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    Pass,
    /// 返工
    Rework,
}

impl Command {
    #[must_use]
    pub const fn act(&self) -> Act {
        match self {
            Self::Report(_) => Act::Report,
            Self::Assign(_) => Act::Assign,
            Self::Claim => Act::Claim,
            Self::Rectify { .. } => Act::Rectify,
            Self::Verify { .. } => Act::Verify,
            Self::Close { .. } => Act::Close,
            Self::Void { .. } => Act::Void,
            Self::Comment { .. } => Act::Comment,
        }
    }

    /// The photos this command brings.
    #[must_use]
    pub fn photos(&self) -> &[Shot] {
        match self {
            Self::Report(report) => &report.photos,
            Self::Rectify { photos, .. } | Self::Verify { photos, .. } => photos,
            _ => &[],
        }
    }

    /// What the person wrote.
    #[must_use]
    pub fn text(&self) -> &str {
        match self {
            Self::Report(report) => &report.note,
            Self::Assign(order) => &order.reason,
            Self::Claim => "",
            Self::Rectify { note, .. } | Self::Verify { note, .. } | Self::Close { note } => note,
            Self::Void { reason } => reason,
            Self::Comment { text } => text,
        }
    }
}
