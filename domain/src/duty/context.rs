//! A report as assignment looks at it: beside its district, with its times by the district's
//! clock. They are worked out once, not for each rule that is tried.

use jiff::civil::{Date, DateTime};

use super::Facts;
use crate::District;

#[derive(Clone, Copy)]
pub(super) struct AssignmentContext<'a> {
    pub district: &'a District,
    pub facts: &'a Facts,
    /// Local time of the photographs: which rules and hours are in force.
    pub captured: DateTime,
    /// Local day on which the unit is told: who is on the roster.
    pub roster_day: Date,
}

impl<'a> AssignmentContext<'a> {
    pub fn new(district: &'a District, facts: &'a Facts) -> Self {
        let calendar = district.calendar();
        let captured = calendar.local(facts.captured);
        let roster_day = calendar.local(facts.now).date();
        Self { district, facts, captured, roster_day }
    }

    /// The same report at another place.
    pub const fn with_facts<'b>(self, facts: &'b Facts) -> AssignmentContext<'b>
    where
        'a: 'b,
    {
        AssignmentContext { facts, ..self }
    }
}
