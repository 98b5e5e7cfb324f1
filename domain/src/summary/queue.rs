//! The queues of headquarters: what waits for it, what is late, what is done.

use serde::{Deserialize, Serialize};

use super::CaseSummary;
use crate::{
    Timestamp,
    calendar::{Calendar, Lamp},
    case::CaseState,
};

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Queue {
    /// No basis was found: an order is needed.
    Tray,
    ToVerify,
    /// Passed by who may not close: an inspector on the spot.
    ToClose,
    Overdue,
    Near,
    Open,
    ClosedToday,
    All,
}

/// Now, and the day that it is in the district.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Moment {
    pub now: Timestamp,
    /// Its first moment.
    pub today: Timestamp,
    /// The first moment of the next day.
    pub tomorrow: Timestamp,
}

impl Moment {
    #[must_use]
    pub fn of(calendar: &Calendar, now: Timestamp) -> Self {
        let midnight = calendar.local(now).date().to_datetime(jiff::civil::Time::midnight());
        let today = calendar.timestamp_of(midnight);
        // A district keeps one offset all year, so that each of its days has 24 hours.
        Self { now, today, tomorrow: today.plus_millis(24 * 3_600_000) }
    }
}

impl Queue {
    pub const ALL: [Self; 8] = [
        Self::Tray,
        Self::ToVerify,
        Self::ToClose,
        Self::Overdue,
        Self::Near,
        Self::Open,
        Self::ClosedToday,
        Self::All,
    ];

    /// Whether no case of it has ended.
    #[must_use]
    pub const fn is_of_open_cases(self) -> bool {
        !matches!(self, Self::ClosedToday | Self::All)
    }

    #[must_use]
    pub fn contains(self, summary: &CaseSummary, moment: Moment) -> bool {
        match self {
            Self::Tray => summary.state == CaseState::Unassigned,
            Self::ToVerify => summary.state == CaseState::Rectified,
            Self::ToClose => summary.state == CaseState::Verified,
            Self::Overdue => summary.lamp(moment.now) == Some(Lamp::Over),
            Self::Near => summary.lamp(moment.now) == Some(Lamp::Near),
            Self::Open => summary.state.is_open(),
            // A void case has ended too, and nobody fixed anything: it is not closed.
            Self::ClosedToday => {
                summary.state == CaseState::Closed
                    && summary.ended_at.is_some_and(|at| moment.today <= at && at < moment.tomorrow)
            }
            Self::All => true,
        }
    }
}
