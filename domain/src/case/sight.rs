//! What a person sees of a case: whether at all, and with whom shielded.

use super::{Case, Recorded};
use crate::{
    District,
    access::{Actor, Role, Sight},
};

/// Whether `actor` sees the case.
#[must_use]
pub fn sees(actor: &Actor, case: &Case, district: &District) -> bool {
    match actor.role.sight() {
        Sight::Everything => true,
        Sight::OpenAndOwn => case.state.is_open() || case.reporter.as_ref() == Some(&actor.user),
        Sight::Unit => actor.unit.as_ref().is_some_and(|unit| case.units.contains(unit)),
        Sight::Patch => actor
            .person
            .as_ref()
            .is_some_and(|person| district.is_in_patch(person, &case.routing.place)),
    }
}

/// The log as `role` may read it: reporters are shielded from those who do not need
/// to know who found it.
#[must_use]
pub fn redact(mut log: Vec<Recorded>, role: Role) -> Vec<Recorded> {
    if !role.sees_reporter() {
        for recorded in &mut log {
            if recorded.by.as_ref().is_some_and(|stamp| stamp.role == Role::Inspector) {
                recorded.by = None;
            }
        }
    }
    log
}
