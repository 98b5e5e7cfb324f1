//! Who sees a case, told from its summary: what [`case::sees`](crate::case::sees) tells from
//! the case and the district.

use super::CaseSummary;
use crate::access::{Actor, Sight};

/// Whether `actor` sees the case.
#[must_use]
pub fn sees(actor: &Actor, summary: &CaseSummary) -> bool {
    match actor.role.sight() {
        Sight::Everything => true,
        Sight::OpenAndOwn => {
            summary.state.is_open() || summary.reporter.as_ref() == Some(&actor.user)
        }
        Sight::Unit => actor.unit.as_ref().is_some_and(|unit| summary.units.contains(unit)),
        Sight::Patch => {
            let leaders = &summary.place.patch_leaders;
            actor.person.as_ref().is_some_and(|person| leaders.contains(person))
        }
    }
}
