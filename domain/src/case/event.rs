//! What happened. This is the stored format: fields are only ever added, with a
//! default, and an event that a reader does not know is kept as unknown.

use serde::{Deserialize, Serialize};

use super::{Outcome, Report};
use crate::{
    DeviceTime, OperationId, PhotoHash, Timestamp, UnitCode, UserName,
    access::{Actor, Role},
    duty::{Assignment, Routing},
    evidence::Shot,
    later_variant::{self, LaterVariant},
};

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Event {
    /// Opened, and routed by the rules: to a unit, or to headquarters' tray.
    Reported {
        report: Box<Report>,
        routing: Box<Routing>,
    },
    /// Assigned by headquarters' order.
    Assigned {
        assignment: Box<Assignment>,
    },
    Claimed {
        unit: UnitCode,
    },
    Rectified {
        photos: Vec<Shot>,
        note: String,
    },
    Verified {
        outcome: Outcome,
        photos: Vec<Shot>,
        note: String,
    },
    Closed {
        note: String,
    },
    Voided {
        reason: String,
    },
    Commented {
        text: String,
    },
    /// The server holds the bytes of a photo of this case.
    PhotoArrived {
        hash: PhotoHash,
    },
    /// The bytes of a photo of this case are those that the phone sent, and no picture.
    PhotoUndecodable {
        hash: PhotoHash,
    },
    /// Written by a later version.
    Unknown,
}

impl LaterVariant for Event {
    const NAMES: &'static [&'static str] = &[
        "reported",
        "assigned",
        "claimed",
        "rectified",
        "verified",
        "closed",
        "voided",
        "commented",
        "photo_arrived",
        "photo_undecodable",
        "unknown",
    ];

    fn unknown() -> Self {
        Self::Unknown
    }
}

impl Event {
    /// Whether it moves the case, so that who has not seen it may act on a stale
    /// picture. Comments and arriving photos do not.
    #[must_use]
    pub const fn moves(&self) -> bool {
        !matches!(
            self,
            Self::Commented { .. }
                | Self::PhotoArrived { .. }
                | Self::PhotoUndecodable { .. }
                | Self::Unknown
        )
    }
}

/// An event as it stands in the log of a case.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Recorded {
    /// 1, 2, 3 … inside its case.
    pub number: u32,
    /// When the server recorded it, by the server's clock.
    pub at: Timestamp,
    /// When the device says it was done.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub done: Option<DeviceTime>,
    /// `None`: the server itself, or a person who is shielded from the reader.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by: Option<ActorStamp>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub operation: Option<OperationId>,
    #[serde(deserialize_with = "later_variant::deserialize")]
    pub event: Event,
}

/// Who did it, with name and role as they were then.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ActorStamp {
    pub user: UserName,
    pub name: Box<str>,
    pub role: Role,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unit: Option<UnitCode>,
}

impl From<&Actor> for ActorStamp {
    fn from(actor: &Actor) -> Self {
        Self {
            user: actor.user.clone(),
            name: actor.name.clone(),
            role: actor.role,
            unit: actor.unit.clone(),
        }
    }
}
