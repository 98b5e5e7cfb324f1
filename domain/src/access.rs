//! Who may see and do what, as data that a test can enumerate.
//!
//! Never: whether an act makes sense now; that is [`case::decide`](crate::case::decide).

use serde::{Deserialize, Serialize};

use crate::{PersonCode, UnitCode, UserName};

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// 巡查员
    Inspector,
    /// 审核
    Reviewer,
    /// 承办人
    Handler,
    /// 单位负责人
    UnitLead,
    /// 包抓领导
    PatchLeader,
    /// 纪检
    Discipline,
    /// 管理员
    Administrator,
    /// 市督导组
    City,
}

/// What a person can do to a case.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Act {
    Report,
    Assign,
    Claim,
    Rectify,
    Verify,
    Close,
    Void,
    Comment,
}

/// Which cases a person sees.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Sight {
    Everything,
    /// All that is open, and what they reported themselves.
    OpenAndOwn,
    /// What was ever assigned to their unit, as lead or co-unit.
    Unit,
    /// What lies in their patch.
    Patch,
}

impl Role {
    pub const ALL: [Self; 8] = [
        Self::Inspector,
        Self::Reviewer,
        Self::Handler,
        Self::UnitLead,
        Self::PatchLeader,
        Self::Discipline,
        Self::Administrator,
        Self::City,
    ];

    /// The acts of this role; what is not listed is forbidden.
    #[must_use]
    pub const fn acts(self) -> &'static [Act] {
        match self {
            Self::Inspector => &[Act::Report, Act::Verify, Act::Comment],
            Self::Reviewer => {
                &[Act::Report, Act::Assign, Act::Verify, Act::Close, Act::Void, Act::Comment]
            }
            Self::Handler | Self::UnitLead => &[Act::Claim, Act::Rectify, Act::Comment],
            Self::PatchLeader => &[Act::Comment],
            Self::Discipline | Self::Administrator | Self::City => &[],
        }
    }

    #[must_use]
    pub fn may(self, act: Act) -> bool {
        self.acts().contains(&act)
    }

    #[must_use]
    pub const fn sight(self) -> Sight {
        match self {
            Self::Inspector => Sight::OpenAndOwn,
            Self::Handler | Self::UnitLead => Sight::Unit,
            Self::PatchLeader => Sight::Patch,
            Self::Reviewer | Self::Discipline | Self::Administrator | Self::City => {
                Sight::Everything
            }
        }
    }

    /// Looks after the server: which of its own jobs were given up, and having them tried again.
    #[must_use]
    pub const fn administers(self) -> bool {
        matches!(self, Self::Administrator)
    }

    /// Reporters are shielded: units, patch leaders and the city see a case, not who
    /// found it.
    #[must_use]
    pub const fn sees_reporter(self) -> bool {
        matches!(self, Self::Inspector | Self::Reviewer | Self::Discipline)
    }
}

/// Who acts or looks.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Actor {
    pub user: UserName,
    /// Shown in the timeline.
    pub name: Box<str>,
    pub role: Role,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unit: Option<UnitCode>,
    /// The same human in the pack's roster.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub person: Option<PersonCode>,
}
