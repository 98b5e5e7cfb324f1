//! When a position makes a known place: how old it may be, and how wide its circle.
//!
//! The two rules answer what happened to others. Phones gave the same coordinates for two
//! to three hours (mdn/browser-compat-data#24021, getodk/getodk#781): a true position of
//! another time is no place of this act. Forms took the first fix, of 3,000 m
//! (getodk/collect#4679, enketo/enketo#397): the middle of a wide circle is nowhere.
//!
//! Never: which place it is; that is [`Index`](super::Index). And never refuses anything:
//! what is in doubt is kept, said, and decides nothing.

use serde::{Deserialize, Serialize};

use super::{GeoPoint, Position, Tolerance};
use crate::Timestamp;

/// A position that is older than this when something is done there says nothing about
/// the place: in two minutes somebody walks past two crossings.
pub const MAX_AGE_MS: u64 = 120_000;

/// A circle up to this many times the tolerance of a section or a point may still tell
/// them: in the order of it. Beyond, more of the circle lies off the section than on it.
const ACCURACY_PER_TOLERANCE: u32 = 2;

/// However wide a district's tolerance: across a hundred metres lies the next street.
const MAX_SURE_M: u32 = 100;

/// What a wider circle touches is a list that nobody can choose from.
const MAX_USEFUL_M: u32 = 10_000;

/// Why what was measured does not say where it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum PlaceDoubt {
    /// The position was read so long before (or after) what was done.
    Stale { age_s: u64 },
    /// The circle is too wide to tell what lies in it;
    /// [`Position::UNKNOWN_ACCURACY_M`] when the phone did not say how wide.
    Coarse { accuracy_m: u32 },
}

/// A position, and how far its reading lies from what was done there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AgedPosition {
    pub at: GeoPoint,
    pub accuracy_m: u32,
    pub age_ms: u64,
}

impl Position {
    /// What a position says whose phone does not know how far it may be off.
    pub const UNKNOWN_ACCURACY_M: u32 = u32::MAX;

    /// Read at the very moment of what is done there.
    #[must_use]
    pub const fn fresh(&self) -> AgedPosition {
        AgedPosition { at: self.at, accuracy_m: self.accuracy_m, age_ms: 0 }
    }

    /// With its age: the time from the reading to the act nearest to it, of those that
    /// were `photographed` and the one that is `done` in the end (a report saved later is
    /// still about where it was photographed). All are claims of one clock, so their
    /// difference means something whatever that clock says.
    ///
    /// A reading later than `done` counts as made then: the clock was set back in between,
    /// and nobody gains by claiming it.
    #[must_use]
    pub fn aged(
        &self,
        photographed: impl IntoIterator<Item = Timestamp>,
        done: Timestamp,
    ) -> AgedPosition {
        let until_done = u64::try_from(done.since(self.read)).unwrap_or(0);
        let to_photo = |taken: Timestamp| taken.since(self.read).unsigned_abs();
        let age_ms = photographed.into_iter().map(to_photo).fold(until_done, u64::min);
        AgedPosition { at: self.at, accuracy_m: self.accuracy_m, age_ms }
    }
}

impl AgedPosition {
    /// Read where it is spoken of, as exactly as a map has it.
    pub(crate) const fn exactly(at: GeoPoint) -> Self {
        Self { at, accuracy_m: 0, age_ms: 0 }
    }

    #[must_use]
    pub const fn is_stale(&self) -> bool {
        self.age_ms > MAX_AGE_MS
    }

    /// `None`: it may tell sections and points of these tolerances.
    pub(super) fn doubt(&self, tolerance: Tolerance) -> Option<PlaceDoubt> {
        let least = tolerance.section_m.min(tolerance.point_m);
        let sure_m = least.saturating_mul(ACCURACY_PER_TOLERANCE).min(MAX_SURE_M);
        if self.is_stale() {
            Some(PlaceDoubt::Stale { age_s: self.age_ms / 1_000 })
        } else if self.accuracy_m > sure_m {
            Some(PlaceDoubt::Coarse { accuracy_m: self.accuracy_m })
        } else {
            None
        }
    }

    /// Whether what its circle touches is worth a list.
    pub(super) const fn is_useful(&self) -> bool {
        !self.is_stale() && self.accuracy_m <= MAX_USEFUL_M
    }
}
