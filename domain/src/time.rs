//! Points in time. A `Timestamp` is what machines exchange; civil dates and the
//! four clocks are the business of [`calendar`](crate::calendar).
//!
//! Never: reads a clock.

use serde::{Deserialize, Serialize};

/// Milliseconds since 1970-01-01T00:00:00Z.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(transparent)]
pub struct Timestamp(i64);

impl Timestamp {
    #[must_use]
    pub const fn from_millis(millis: i64) -> Self {
        Self(millis)
    }

    #[must_use]
    pub const fn millis(self) -> i64 {
        self.0
    }

    #[must_use]
    pub const fn plus_millis(self, millis: i64) -> Self {
        Self(self.0.saturating_add(millis))
    }

    /// Milliseconds from `earlier` to `self`; negative when `earlier` is later.
    #[must_use]
    pub const fn since(self, earlier: Self) -> i64 {
        self.0.saturating_sub(earlier.0)
    }
}

/// A device's statement about when something happened. It is recorded and shown,
/// and nothing is ordered or refused by it (a clock three minutes off was a reason
/// to refuse a report elsewhere).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct DeviceTime {
    /// What the device's clock said.
    pub claimed: Timestamp,
    /// Server clock minus device clock, in milliseconds, as last measured; `None`
    /// before the device ever spoke to the server.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub offset_ms: Option<i64>,
}

impl DeviceTime {
    /// The best estimate of the true time.
    #[must_use]
    pub const fn estimate(self) -> Timestamp {
        match self.offset_ms {
            Some(offset) => self.claimed.plus_millis(offset),
            None => self.claimed,
        }
    }
}
