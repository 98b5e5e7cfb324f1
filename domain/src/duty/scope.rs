//! Whether a rule speaks of a report: its place, its condition, its hours, and the day.

use super::{Facts, Rule};
use crate::{District, ZoneCode};

/// Whether the rule speaks of this report at all. Its categories are the index's
/// business.
pub(super) fn covers(rule: &Rule, district: &District, facts: &Facts) -> bool {
    let scope = &rule.scope;
    let place = &facts.place;
    let local = district.calendar().local(facts.captured);
    let in_zone = |wanted: &[ZoneCode]| {
        place
            .zone
            .as_ref()
            .is_some_and(|zone| district.zone_chain(zone).any(|area| wanted.contains(&area.code)))
    };
    let area = || place.zone.as_ref().and_then(|zone| district.zone(zone)).map(|zone| zone.area);
    let point = || place.point.as_ref().and_then(|point| district.point(point));
    let cited = district.citation(&rule.citation);

    rule.force.on(local.date())
        && cited.is_some_and(|citation| citation.force.on(local.date()))
        && (scope.conditions.is_empty() || scope.conditions.contains(&facts.condition))
        && scope.area.is_none_or(|wanted| area() == Some(wanted))
        && (scope.zones.is_empty() || in_zone(&scope.zones))
        && holds_or_empty(&scope.sections, place.section.as_ref())
        && holds_or_empty(&scope.points, place.point.as_ref())
        && holds_or_empty(&scope.point_kinds, point().map(|point| &point.kind))
        && (scope.hours.is_empty() || scope.hours.iter().any(|hours| hours.contains(local.time())))
}

fn holds_or_empty<T: PartialEq>(wanted: &[T], found: Option<&T>) -> bool {
    wanted.is_empty() || found.is_some_and(|found| wanted.contains(found))
}
