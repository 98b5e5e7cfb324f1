//! Who sees a case, told from its summary: what [`case::sees`](crate::case::sees) tells from
//! the case and the district; and which of these a phone keeps.

use super::CaseSummary;
use crate::access::{Actor, Role, Sight};

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

/// Whether a phone of `actor` keeps the case, so that their work goes on where there is no
/// network: what they reported, to its end, and what their unit is to fix or has fixed, until that
/// is verified. Everything else that they [see](sees) is asked of the server when they look at it;
/// what other inspectors reported and waits for verification, when they are near it. All that
/// waits in a district, or was ever a unit's, would be too much for a phone.
#[must_use]
pub fn is_kept_on_phone(actor: &Actor, summary: &CaseSummary) -> bool {
    let is_own = summary.reporter.as_ref() == Some(&actor.user);
    let is_of_role = match actor.role {
        Role::Handler | Role::UnitLead => actor.unit.as_ref().is_some_and(|unit| {
            let assignment = summary.assignment.as_ref();
            summary.state.is_with_unit()
                && assignment.is_some_and(|it| it.unit == *unit || it.co_units.contains(unit))
        }),
        Role::Inspector
        | Role::Reviewer
        | Role::PatchLeader
        | Role::Discipline
        | Role::Administrator
        | Role::City => false,
    };
    is_own || is_of_role
}
