//! Why a command was not carried out. Each has a stable code and a sentence in
//! every language (see `say`): what happened, what is safe, what to do.

use serde::{Deserialize, Serialize};

use super::CaseState;
use crate::later_variant::LaterVariant;

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Refusal {
    /// The role does not allow this act.
    NotAllowed,
    /// The case is not this unit's.
    NotYours,
    /// The case is unknown to the server.
    NoSuchCase,
    /// A case under this id was reported already, with other content.
    AlreadyReported,
    /// The case has moved since the device last saw it.
    Moved {
        seen: u32,
        now: u32,
    },
    /// The act does not fit where the case stands.
    WrongState {
        state: Box<str>,
    },
    /// Law or a document says whose it is; an order only speaks where they are silent.
    HigherTierDecides,
    /// Photos of the case are still on their way.
    PhotosPending {
        missing: u32,
    },
    PhotoNeeded,
    TooManyPhotos {
        most: u32,
    },
    ReasonNeeded,
    TextTooLong {
        most: u32,
    },
    UnknownCategory {
        category: Box<str>,
    },
    UnknownCondition {
        category: Box<str>,
        condition: Box<str>,
    },
    UnknownUnit {
        unit: Box<str>,
    },
    UnknownPerson {
        person: Box<str>,
    },
    /// A reason that a newer server gives and this version does not know.
    Other,
}

impl LaterVariant for Refusal {
    const NAMES: &'static [&'static str] = &[
        "not_allowed",
        "not_yours",
        "no_such_case",
        "already_reported",
        "moved",
        "wrong_state",
        "higher_tier_decides",
        "photos_pending",
        "photo_needed",
        "too_many_photos",
        "reason_needed",
        "text_too_long",
        "unknown_category",
        "unknown_condition",
        "unknown_unit",
        "unknown_person",
        "other",
    ];

    fn unknown() -> Self {
        Self::Other
    }
}

impl Refusal {
    pub(super) fn wrong_state(state: CaseState) -> Self {
        Self::WrongState { state: state.code().into() }
    }

    /// Whether somebody else's act came first, so that both should be shown.
    #[must_use]
    pub const fn is_conflict(&self) -> bool {
        matches!(self, Self::Moved { .. } | Self::AlreadyReported | Self::WrongState { .. })
    }
}
