//! From a unit, or a role that the place resolves, to a unit and a present person.

use jiff::civil::Date;

use super::{Facts, Lead, PatchOf, PersonRef, UnitRef, Via, Warden};
use crate::{District, PersonCode, UnitCode};

/// A unit, and the person in it who answers for the case.
pub(super) struct Answerable {
    pub unit: UnitRef,
    pub person: Option<PersonRef>,
}

/// `None` when the place does not resolve the role: no owner known, no warden.
pub(super) fn lead(district: &District, facts: &Facts, lead: &Lead) -> Option<Answerable> {
    let place = &facts.place;
    let unit = match lead {
        Lead::Unit(unit) => unit,
        Lead::StreetOffice => district.zone(place.zone.as_ref()?)?.street_office.as_ref()?,
        Lead::Owner => owner(district, facts)?,
        Lead::Manager => district.point(place.point.as_ref()?)?.manager.as_ref()?,
        Lead::Warden(kind) => {
            let warden = wardens(district, facts).find(|warden| warden.kind == *kind)?;
            let unit = district.person(&warden.person)?.unit.as_ref()?;
            return Some(Answerable {
                unit: unit_ref(district, unit)?,
                person: present(district, facts, &[warden_line(warden), unit_line(district, unit)]),
            });
        }
    };
    Some(Answerable {
        unit: unit_ref(district, unit)?,
        person: person_of_unit(district, facts, unit),
    })
}

/// The section's warden who belongs to the unit, else the unit's person on duty.
pub(super) fn person_of_unit(
    district: &District,
    facts: &Facts,
    unit: &UnitCode,
) -> Option<PersonRef> {
    let belongs = |warden: &&Warden| {
        district.person(&warden.person).and_then(|person| person.unit.as_ref()) == Some(unit)
    };
    let warden = wardens(district, facts).find(belongs).map(warden_line).unwrap_or_default();
    present(district, facts, &[warden, unit_line(district, unit)])
}

/// The leader of the narrowest patch that the place lies in.
pub(super) fn patch_leader(district: &District, facts: &Facts) -> Option<PersonRef> {
    let place = &facts.place;
    let day = roster_day(district, facts);
    let zones = place.zone.iter().flat_map(|zone| district.zone_chain(zone));
    let narrowest_first = (place.point.clone().map(PatchOf::Point).into_iter())
        .chain(place.section.clone().map(PatchOf::Section))
        .chain(zones.map(|zone| PatchOf::Zone(zone.code.clone())));
    let leader = narrowest_first.into_iter().find_map(|of| {
        let mut patches = district.duty().patches(district.pack(), &of);
        patches.find(|patch| patch.force.on(day)).map(|patch| &patch.leader)
    })?;
    person_ref(district, leader, Via::PatchLeader)
}

pub(super) fn unit_ref(district: &District, code: &UnitCode) -> Option<UnitRef> {
    let unit = district.unit(code)?;
    Some(UnitRef { code: unit.code.clone(), names: unit.names.clone() })
}

/// The owner for the innermost area that names one, else the owner everywhere.
fn owner<'a>(district: &'a District, facts: &Facts) -> Option<&'a UnitCode> {
    let owners = || district.duty().owners(district.pack(), &facts.category);
    let zones = facts.place.zone.iter().flat_map(|zone| district.zone_chain(zone));
    let here = zones
        .filter_map(|zone| owners().find(|owner| owner.zone.as_ref() == Some(&zone.code)))
        .next();
    here.or_else(|| owners().find(|owner| owner.zone.is_none())).map(|owner| &owner.unit)
}

fn wardens<'a>(district: &'a District, facts: &Facts) -> impl Iterator<Item = &'a Warden> {
    let day = roster_day(district, facts);
    let section = facts.place.section.as_ref();
    section
        .into_iter()
        .flat_map(|section| district.duty().wardens(district.pack(), section))
        .filter(move |warden| warden.force.on(day))
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
fn present(district: &District, facts: &Facts, lines: &[Line<'_>]) -> Option<PersonRef> {
    let day = roster_day(district, facts);
    let here = |code: &PersonCode| !district.duty().is_absent(district.pack(), code, day);
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

fn roster_day(district: &District, facts: &Facts) -> Date {
    district.calendar().local(facts.now).date()
}
