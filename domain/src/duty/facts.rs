//! What assignment depends on, besides the district.

use crate::{CategoryCode, ConditionCode, Timestamp, place::Place};

/// What assignment depends on.
#[derive(Clone, Debug)]
pub struct Facts {
    pub category: CategoryCode,
    pub condition: ConditionCode,
    pub place: Place,
    /// Which rules and permitted hours are in force is asked of this time.
    pub captured: Timestamp,
    /// The limit runs from here, and who is on the roster is asked of this time: a
    /// unit cannot start before it is told.
    pub now: Timestamp,
}
