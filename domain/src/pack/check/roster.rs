//! Whether somebody answers for everything: five wardens on each section, one at a
//! time, units with their roles, people in units, conditions for categories.

use std::collections::{BTreeMap, HashMap, HashSet};

use jiff::ToSpan as _;

use super::super::{
    draft::Draft,
    fault::{FaultKind, Thing},
    fields::Row,
    files::{CATEGORIES, DISTRICT, OWNERS, PATCHES, PEOPLE, WARDENS, ZONES},
    findings::Findings,
    roster::{WARDEN_KINDS, WardenRow},
};
use crate::{
    PersonCode, SectionCode, UnitCode,
    catalogue::InForce,
    duty::{PatchOf, Unit, WardenKind},
};

pub(super) fn check(draft: &Draft, findings: &Findings) {
    five_wardens(draft, findings);
    one_at_a_time(draft, findings);
    roles(draft, findings);
    people_in_units(draft, findings);
    conditions(draft, findings);
}

fn five_wardens(draft: &Draft, findings: &Findings) {
    if !findings.is_readable(Thing::Warden) {
        return;
    }
    let mut of_section: HashMap<&SectionCode, Vec<&WardenRow>> = HashMap::new();
    for row in &draft.wardens {
        of_section.entry(&row.item.0.section).or_default().push(row);
    }
    let mut seen = HashSet::new();
    for section in draft.sections.iter().map(|row| &row.item.code) {
        if !section.as_str().is_empty() && seen.insert(section) {
            missing(section, of_section.get(section).map_or(&[], Vec::as_slice), findings);
        }
    }
}

fn missing(section: &SectionCode, rows: &[&WardenRow], findings: &Findings) {
    // A row whose kind could not be read may be any of them.
    if rows.iter().any(|row| row.item.1.is_none()) {
        return;
    }
    for (name, kind) in WARDEN_KINDS {
        if !rows.iter().any(|row| row.item.1 == Some(kind)) {
            let section = section.as_str().into();
            let line = rows.iter().map(|row| row.line).max();
            findings.fault(WARDENS, line, FaultKind::WardenMissing { section, kind: name });
        }
    }
}

/// Rows that speak of the same thing must not be in force on the same day.
fn one_at_a_time(draft: &Draft, findings: &Findings) {
    let name = |kind: WardenKind| {
        WARDEN_KINDS.iter().find(|(_, known)| *known == kind).map_or("", |(name, _)| *name)
    };
    let wardens = terms(&draft.wardens, |(warden, _)| {
        (format!("{} {}", warden.section, name(warden.kind)), warden.force)
    });
    twice(WARDENS, &wardens, findings);
    gaps(WARDENS, &wardens, findings);
    let patches = terms(&draft.patches, |patch| {
        let of = match &patch.of {
            PatchOf::Zone(code) => format!("zone {code}"),
            PatchOf::Section(code) => format!("section {code}"),
            PatchOf::Point(code) => format!("point {code}"),
        };
        (of, patch.force)
    });
    twice(PATCHES, &patches, findings);
    let owners = terms(&draft.owners, |owner| {
        let zone = owner.zone.as_ref().map_or("", |zone| zone.as_str());
        (format!("{} {zone}", owner.category).trim().to_owned(), InForce::default())
    });
    twice(OWNERS, &owners, findings);
}

type Terms = BTreeMap<String, Vec<(u32, InForce)>>;

/// The terms of each thing, by their first day.
fn terms<T>(rows: &[Row<T>], term: impl Fn(&T) -> (String, InForce)) -> Terms {
    let mut terms = Terms::new();
    for row in rows.iter().filter(|row| row.clean) {
        let (of, force) = term(&row.item);
        terms.entry(of).or_default().push((row.line, force));
    }
    terms.values_mut().for_each(|terms| terms.sort_by_key(|(_, force)| force.from));
    terms
}

fn twice(file: &str, terms: &Terms, findings: &Findings) {
    for (what, terms) in terms {
        for ((line, earlier), (other, later)) in terms.iter().zip(terms.iter().skip(1)) {
            if earlier.until.is_none_or(|until| later.from.is_none_or(|from| from <= until)) {
                let (first, second) = (*line.min(other), *line.max(other));
                let what = what.as_str().into();
                findings.fault(file, Some(second), FaultKind::TwoAtOnce { what, first });
            }
        }
    }
}

fn gaps(file: &str, terms: &Terms, findings: &Findings) {
    for (what, terms) in terms {
        for ((_, earlier), (line, later)) in terms.iter().zip(terms.iter().skip(1)) {
            let Some((until, from)) = earlier.until.zip(later.from) else { continue };
            if until.checked_add(1.day()).is_ok_and(|next| next < from) {
                let (after, before) = (until.to_string().into(), from.to_string().into());
                let what = what.as_str().into();
                findings.fault(file, Some(*line), FaultKind::Gap { what, after, before });
            }
        }
    }
}

/// Who is named as street office or headquarters must be one.
fn roles(draft: &Draft, findings: &Findings) {
    let mut units: HashMap<&UnitCode, &Row<Unit>> = HashMap::new();
    for row in draft.units.iter().filter(|row| row.clean) {
        units.entry(&row.item.code).or_insert(row);
    }
    let lacks = |unit: &UnitCode, role: &'static str| {
        units.get(unit).is_some_and(|row| !row.item.roles.iter().any(|has| **has == *role))
    };
    let fault = |file, line, unit: &UnitCode, role| {
        let unit = unit.as_str().into();
        findings.fault(file, Some(line), FaultKind::UnitLacksRole { unit, role });
    };
    let headquarters = &draft.settings.headquarters;
    if lacks(headquarters, "headquarters") {
        fault(DISTRICT, draft.settings.headquarters_line, headquarters, "headquarters");
    }
    for row in &draft.zones {
        if let Some(unit) = row.item.street_office.as_ref()
            && lacks(unit, "street_office")
        {
            fault(ZONES, row.line, unit, "street_office");
        }
    }
}

/// A warden or a person on duty brings their unit along.
fn people_in_units(draft: &Draft, findings: &Findings) {
    let wardens = draft.wardens.iter().flat_map(|row| {
        let (warden, _) = &row.item;
        std::iter::once(&warden.person).chain(&warden.deputy)
    });
    let on_duty = draft.units.iter().flat_map(|row| {
        let unit = &row.item;
        unit.lead.iter().chain(&unit.duty).chain(&unit.deputy)
    });
    let answering: HashSet<&PersonCode> = wardens.chain(on_duty).collect();
    for row in draft.people.iter().filter(|row| row.clean) {
        let person = &row.item;
        if person.unit.is_none() && answering.contains(&person.code) {
            let person = person.code.as_str().into();
            findings.fault(PEOPLE, Some(row.line), FaultKind::PersonWithoutUnit { person });
        }
    }
}

fn conditions(draft: &Draft, findings: &Findings) {
    if !findings.is_readable(Thing::Condition) {
        return;
    }
    let with: HashSet<_> = draft.conditions.iter().map(|row| &row.item.0).collect();
    for row in &draft.categories {
        let code = &row.item.code;
        if !code.as_str().is_empty() && !with.contains(code) {
            let category = code.as_str().into();
            let kind = FaultKind::CategoryWithoutCondition { category };
            findings.fault(CATEGORIES, Some(row.line), kind);
        }
    }
}
