//! From a unit, or a role that the place resolves, to a unit and a present person.

use super::{Lead, PatchOf, PersonRef, UnitRef, Via, Warden, context::AssignmentContext};
use crate::{District, PersonCode, UnitCode};

/// A unit, and the person in it who answers for the case.
pub(super) struct Answerable {
    pub unit: UnitRef,
    pub person: Option<PersonRef>,
}

/// `None` when the place does not resolve the role: no owner known, no warden.
pub(super) fn lead(context: AssignmentContext<'_>, lead: &Lead) -> Option<Answerable> {
    let AssignmentContext { district, facts, .. } = context;
    let place = &facts.place;
    let unit = match lead {
        Lead::Unit(unit) => unit,
        Lead::StreetOffice => district.zone(place.zone.as_ref()?)?.street_office.as_ref()?,
        Lead::Owner => owner(context)?,
        Lead::Manager => district.point(place.point.as_ref()?)?.manager.as_ref()?,
        Lead::Warden(kind) => {
            let warden = wardens(context).find(|warden| warden.kind == *kind)?;
            let unit = district.person(&warden.person)?.unit.as_ref()?;
            return Some(Answerable {
                unit: unit_ref(district, unit)?,
                person: present(context, &[warden_line(warden), unit_line(district, unit)]),
            });
        }
    };
    Some(Answerable { unit: unit_ref(district, unit)?, person: person_of_unit(context, unit) })
}

/// The section's warden who belongs to the unit, else the unit's person on duty.
pub(super) fn person_of_unit(context: AssignmentContext<'_>, unit: &UnitCode) -> Option<PersonRef> {
    let district = context.district;
    let belongs = |warden: &&Warden| {
        district.person(&warden.person).and_then(|person| person.unit.as_ref()) == Some(unit)
    };
    let warden = wardens(context).find(belongs).map(warden_line).unwrap_or_default();
    present(context, &[warden, unit_line(district, unit)])
}

/// The leader of the narrowest patch that the place lies in.
pub(super) fn patch_leader(context: AssignmentContext<'_>) -> Option<PersonRef> {
    let AssignmentContext { district, facts, roster_day, .. } = context;
    let place = &facts.place;
    let zones = place.zone.iter().flat_map(|zone| district.zone_chain(zone));
    let narrowest_first = (place.point.clone().map(PatchOf::Point).into_iter())
        .chain(place.section.clone().map(PatchOf::Section))
        .chain(zones.map(|zone| PatchOf::Zone(zone.code.clone())));
    let leader = narrowest_first.into_iter().find_map(|of| {
        let mut patches = district.duty().patches(district.pack(), &of);
        patches.find(|patch| patch.force.on(roster_day)).map(|patch| &patch.leader)
    })?;
    person_ref(district, leader, Via::PatchLeader)
}

pub(super) fn unit_ref(district: &District, code: &UnitCode) -> Option<UnitRef> {
    let unit = district.unit(code)?;
    Some(UnitRef { code: unit.code.clone(), names: unit.names.clone() })
}

/// The owner for the innermost area that names one, else the owner everywhere.
fn owner(context: AssignmentContext<'_>) -> Option<&UnitCode> {
    let AssignmentContext { district, facts, .. } = context;
    let owners = || district.duty().owners(district.pack(), &facts.category);
    let zones = facts.place.zone.iter().flat_map(|zone| district.zone_chain(zone));
    let here = zones
        .filter_map(|zone| owners().find(|owner| owner.zone.as_ref() == Some(&zone.code)))
        .next();
    here.or_else(|| owners().find(|owner| owner.zone.is_none())).map(|owner| &owner.unit)
}

fn wardens(context: AssignmentContext<'_>) -> impl Iterator<Item = &Warden> {
    let AssignmentContext { district, facts, roster_day, .. } = context;
    let section = facts.place.section.as_ref();
    section
        .into_iter()
        .flat_map(|section| district.duty().wardens(district.pack(), section))
        .filter(move |warden| warden.force.on(roster_day))
}

/// Somebody and their deputy.
#[derive(Clone, Default)]
struct Line<'a> {
    first: Option<(&'a PersonCode, Via)>,
    deputy: Option<&'a PersonCode>,
    last: Option<&'a PersonCode>,
}

fn warden_line(warden: &Warden) -> Line<'_> {
    Line { first: Some((&warden.person, Via::Warden)), deputy: warden.deputy.as_ref(), last: None }
}

fn unit_line<'a>(district: &'a District, unit: &UnitCode) -> Line<'a> {
    district.unit(unit).map_or_else(Line::default, |unit| Line {
        first: unit.duty.as_ref().map(|duty| (duty, Via::OnDuty)),
        deputy: unit.deputy.as_ref(),
        last: unit.lead.as_ref(),
    })
}

/// The first who is not absent, line by line; where everybody is away, the unit's
/// lead, for a case is never nobody's.
fn present(context: AssignmentContext<'_>, lines: &[Line<'_>]) -> Option<PersonRef> {
    let AssignmentContext { district, roster_day, .. } = context;
    let here = |code: &PersonCode| !district.duty().is_absent(district.pack(), code, roster_day);
    for line in lines {
        let mut stands_in_for = None;
        if let Some((code, via)) = &line.first {
            if here(code) {
                return person_ref(district, code, via.clone());
            }
            stands_in_for = district.person(code).map(|person| person.names.clone());
        }
        if let Some(deputy) = line.deputy.filter(|deputy| here(deputy)) {
            let via = stands_in_for.map_or(Via::OnDuty, Via::DeputyOf);
            return person_ref(district, deputy, via);
        }
        if let Some(lead) = line.last.filter(|lead| here(lead)) {
            return person_ref(district, lead, Via::Lead);
        }
    }
    let lead = lines.iter().rev().find_map(|line| line.last)?;
    person_ref(district, lead, Via::Lead)
}

fn person_ref(district: &District, code: &PersonCode, via: Via) -> Option<PersonRef> {
    let person = district.person(code)?;
    Some(PersonRef { code: code.clone(), names: person.names.clone(), via })
}
