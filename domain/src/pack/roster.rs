//! The roster of a pack: units, people, absences, wardens, patches and owners.

use jiff::civil::Date;

use super::{
    PackFiles,
    fault::{Thing, Wanted},
    fields::{Row, date},
    files::{ABSENCES, OWNERS, PATCHES, PEOPLE, UNITS, WARDENS},
    findings::Findings,
    table::Table,
};
use crate::{
    Names, PersonCode, UnitCode,
    duty::{Absence, Owner, Patch, PatchOf, Person, Unit, Warden, WardenKind},
    person_name::latin_name,
};

/// What a unit can be. A role that is none of these is most often a typing error.
const ROLES: [&str; 30] = [
    "headquarters",
    "leadership",
    "discipline",
    "city",
    "street_office",
    "urban_management",
    "traffic_police",
    "police",
    "market_supervision",
    "sanitation",
    "housing",
    "landscape",
    "municipal",
    "water",
    "power",
    "telecom",
    "gas",
    "heating",
    "health",
    "natural_resources",
    "environment",
    "transport",
    "fire",
    "emergency",
    "education",
    "agriculture",
    "culture",
    "civil_affairs",
    "market_operator",
    "station_operator",
];

pub(super) const WARDEN_KINDS: [(&str, WardenKind); 5] = [
    ("traffic_police", WardenKind::TrafficPolice),
    ("urban_management", WardenKind::UrbanManagement),
    ("market_supervision", WardenKind::MarketSupervision),
    ("sanitation", WardenKind::Sanitation),
    ("community", WardenKind::Community),
];

pub(super) fn units(files: &PackFiles, findings: &Findings) -> Vec<Row<Unit>> {
    let table = Table {
        file: UNITS,
        required: &["code", "name", "duty"],
        optional: &["name_hant", "name_en", "roles", "lead", "deputy"],
        defines: Some((Thing::Unit, "code")),
    };
    let role = |text: &str| ROLES.contains(&text).then(|| text.into());
    table.read(files, findings, |mut fields| {
        let unit = Unit {
            code: UnitCode::new(&fields.define("code", Thing::Unit)),
            names: fields.names("name"),
            roles: fields.parse_list("roles", || Wanted::OneOf(ROLES.to_vec()), role),
            lead: fields.refer("lead", Thing::Person),
            duty: Some(fields.must_refer("duty", Thing::Person)),
            deputy: fields.refer("deputy", Thing::Person),
        };
        fields.finish(unit)
    })
}

pub(super) fn people(files: &PackFiles, findings: &Findings) -> Vec<Row<Person>> {
    let table = Table {
        file: PEOPLE,
        required: &["code", "name"],
        optional: &["name_hant", "name_en", "unit", "phone"],
        defines: Some((Thing::Person, "code")),
    };
    table.read(files, findings, |mut fields| {
        let person = Person {
            code: PersonCode::new(&fields.define("code", Thing::Person)),
            names: with_latin_name(fields.names("name")),
            unit: fields.refer("unit", Thing::Unit),
            phone: fields.text("phone").into(),
        };
        fields.finish(person)
    })
}

pub(super) fn absences(files: &PackFiles, findings: &Findings) -> Vec<Row<Absence>> {
    let table = Table {
        file: ABSENCES,
        required: &["person", "from", "until"],
        optional: &[],
        defines: None,
    };
    table.read(files, findings, |mut fields| {
        let person = fields.must_refer("person", Thing::Person);
        let from = fields.must_parse("from", || Wanted::Date, date);
        let until = fields.must_parse("until", || Wanted::Date, date);
        fields.in_order(from, until);
        let (from, until) = (from.unwrap_or(Date::MIN), until.unwrap_or(Date::MAX));
        fields.finish(Absence { person, from, until })
    })
}

/// A warden, and the kind as far as it could be read.
pub(super) type WardenRow = Row<(Warden, Option<WardenKind>)>;

pub(super) fn wardens(files: &PackFiles, findings: &Findings) -> Vec<WardenRow> {
    let table = Table {
        file: WARDENS,
        required: &["section", "kind", "person"],
        optional: &["deputy", "from", "until"],
        defines: Some((Thing::Warden, "section")),
    };
    table.read(files, findings, |mut fields| {
        let section = fields.must_refer("section", Thing::Section);
        let kind = fields.must_choice("kind", &WARDEN_KINDS);
        let warden = Warden {
            section,
            kind: kind.unwrap_or(WardenKind::Community),
            person: fields.must_refer("person", Thing::Person),
            deputy: fields.refer("deputy", Thing::Person),
            force: fields.force(),
        };
        fields.finish((warden, kind))
    })
}

pub(super) fn patches(files: &PackFiles, findings: &Findings) -> Vec<Row<Patch>> {
    let table = Table {
        file: PATCHES,
        required: &["leader", "kind", "code"],
        optional: &["from", "until"],
        defines: None,
    };
    let kinds = [("zone", Thing::Zone), ("section", Thing::Section), ("point", Thing::Point)];
    table.read(files, findings, |mut fields| {
        let leader = fields.must_refer("leader", Thing::Person);
        let of = match fields.must_choice("kind", &kinds) {
            Some(Thing::Section) => PatchOf::Section(fields.must_refer("code", Thing::Section)),
            Some(Thing::Point) => PatchOf::Point(fields.must_refer("code", Thing::Point)),
            Some(_) => PatchOf::Zone(fields.must_refer("code", Thing::Zone)),
            None => {
                fields.must_text("code");
                PatchOf::Zone("".into())
            }
        };
        let force = fields.force();
        fields.finish(Patch { leader, of, force })
    })
}

pub(super) fn owners(files: &PackFiles, findings: &Findings) -> Vec<Row<Owner>> {
    let table =
        Table { file: OWNERS, required: &["category", "unit"], optional: &["zone"], defines: None };
    table.read(files, findings, |mut fields| {
        let owner = Owner {
            category: fields.must_refer("category", Thing::Category),
            zone: fields.refer("zone", Thing::Zone),
            unit: fields.must_refer("unit", Thing::Unit),
        };
        fields.finish(owner)
    })
}

/// English readers get a name that they can say.
fn with_latin_name(names: Names) -> Names {
    let en =
        if names.en.is_empty() { latin_name(&names.hans).unwrap_or_default() } else { names.en };
    Names { en, ..names }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_format_lists_every_role() {
        let format = include_str!("../../../docs/PACK.md");
        let (_, after) = format.split_once("Roles of a unit:").unwrap();
        let (list, _) = after.split_once('.').unwrap();
        let listed: Vec<&str> = list.split('`').skip(1).step_by(2).collect();
        assert_eq!(listed, ROLES);
    }
}
