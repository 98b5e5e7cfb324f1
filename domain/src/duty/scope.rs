//! Whether a rule speaks of a report: its place, its condition, its hours, and the day.

use super::{Rule, context::AssignmentContext};
use crate::{ZoneCode, place::PointKind};

/// Whether the rule speaks of this report at all. Its categories are the index's
/// business.
pub(super) fn covers(rule: &Rule, context: AssignmentContext<'_>) -> bool {
    let AssignmentContext { district, facts, captured, .. } = context;
    let scope = &rule.scope;
    let place = &facts.place;
    let in_zone = |wanted: &[ZoneCode]| {
        place
            .zone
            .as_ref()
            .is_some_and(|zone| district.zone_chain(zone).any(|area| wanted.contains(&area.code)))
    };
    let area = || place.zone.as_ref().and_then(|zone| district.zone(zone)).map(|zone| zone.area);
    let is_of_kind = |wanted: &[PointKind]| {
        let point = place.point.as_ref().and_then(|point| district.point(point));
        point.is_some_and(|point| wanted.contains(&point.kind))
    };
    let is_cited =
        || district.citation(&rule.citation).is_some_and(|it| it.force.on(captured.date()));

    rule.force.on(captured.date())
        && (scope.conditions.is_empty() || scope.conditions.contains(&facts.condition))
        && scope.area.is_none_or(|wanted| area() == Some(wanted))
        && (scope.zones.is_empty() || in_zone(&scope.zones))
        && holds_or_empty(&scope.sections, place.section.as_ref())
        && holds_or_empty(&scope.points, place.point.as_ref())
        && (scope.point_kinds.is_empty() || is_of_kind(&scope.point_kinds))
        && (scope.hours.is_empty()
            || scope.hours.iter().any(|hours| hours.contains(captured.time())))
        && is_cited()
}

fn holds_or_empty<T: PartialEq>(wanted: &[T], found: Option<&T>) -> bool {
    wanted.is_empty() || found.is_some_and(|found| wanted.contains(found))
}
