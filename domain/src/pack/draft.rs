//! Everything that was read, with the lines it was read from, before it is a pack.

use std::collections::HashMap;

use super::{
    DistrictPack, PACK_FORMAT, PackFiles,
    catalogue::{self, ConditionRow},
    fields::Row,
    findings::Findings,
    map,
    roster::{self, WardenRow},
    rules,
    settings::{self, Settings},
};
use crate::{
    UnitCode, ZoneCode,
    calendar::DayException,
    catalogue::Category,
    duty::{Absence, Citation, Owner, Patch, Person, Rule, Unit},
    place::{Point, Section, Stall, Zone},
};

#[derive(Debug)]
pub(super) struct Draft {
    pub settings: Settings,
    /// Each with the street office that it names itself.
    pub zones: Vec<Row<Zone>>,
    pub sections: Vec<Row<Section>>,
    pub points: Vec<Row<Point>>,
    pub stalls: Vec<Row<Stall>>,
    pub units: Vec<Row<Unit>>,
    pub people: Vec<Row<Person>>,
    pub absences: Vec<Row<Absence>>,
    pub wardens: Vec<WardenRow>,
    pub patches: Vec<Row<Patch>>,
    pub owners: Vec<Row<Owner>>,
    pub categories: Vec<Row<Category>>,
    pub conditions: Vec<ConditionRow>,
    pub days: Vec<Row<DayException>>,
    pub citations: Vec<Row<Citation>>,
    pub rules: Vec<Row<Rule>>,
}

impl Draft {
    pub(super) fn read(files: &PackFiles, findings: &Findings) -> Self {
        let settings = settings::read(files, findings);
        let datum = settings.datum;
        let (citations, rules) = rules::read(files, findings);
        Self {
            settings,
            zones: map::zones(files, datum, findings),
            sections: map::sections(files, datum, findings),
            points: map::points(files, datum, findings),
            stalls: map::stalls(files, datum, findings),
            units: roster::units(files, findings),
            people: roster::people(files, findings),
            absences: roster::absences(files, findings),
            wardens: roster::wardens(files, findings),
            patches: roster::patches(files, findings),
            owners: roster::owners(files, findings),
            categories: catalogue::categories(files, findings),
            conditions: catalogue::conditions(files, findings),
            days: catalogue::days(files, findings),
            citations,
            rules,
        }
    }

    /// Rows of zones by their codes; of a code that stands twice, the first.
    pub(super) fn zones_by_code(&self) -> ZonesByCode<'_> {
        let mut zones = HashMap::new();
        for row in &self.zones {
            zones.entry(&row.item.code).or_insert(row);
        }
        zones
    }

    /// The pack, for a draft without a fault.
    pub(super) fn finish(self) -> DistrictPack {
        let offices = street_offices(&self);
        let mut zones = items(self.zones);
        for (zone, office) in zones.iter_mut().zip(offices) {
            zone.street_office = office;
        }
        let mut categories = items(self.categories);
        let places: HashMap<_, _> = (0..)
            .zip(&categories)
            .map(|(place, category)| (category.code.clone(), place))
            .collect();
        for (code, condition) in items(self.conditions) {
            let category = places.get(&code).and_then(|place: &usize| categories.get_mut(*place));
            if let Some(category) = category {
                category.conditions.extend(condition);
            }
        }
        let mut days = items(self.days);
        days.sort_by_key(|day| day.date);
        DistrictPack {
            format: PACK_FORMAT,
            id: self.settings.id.into(),
            version: self.settings.version.into(),
            sample: self.settings.sample,
            names: self.settings.names,
            utc_offset_minutes: self.settings.utc_offset_minutes,
            hours: self.settings.hours,
            days,
            tolerance: self.settings.tolerance,
            headquarters: self.settings.headquarters,
            zones,
            sections: items(self.sections),
            points: items(self.points),
            stalls: items(self.stalls),
            units: items(self.units),
            people: items(self.people),
            absences: items(self.absences),
            wardens: items(self.wardens).into_iter().map(|(warden, _)| warden).collect(),
            patches: items(self.patches),
            owners: items(self.owners),
            categories,
            citations: items(self.citations),
            rules: items(self.rules),
        }
    }
}

/// Rows of zones by their codes.
pub(super) type ZonesByCode<'d> = HashMap<&'d ZoneCode, &'d Row<Zone>>;

/// A zone and the areas around it, innermost first. In a circle of parents it ends
/// after as many steps as there are zones.
pub(super) fn chain<'d>(
    zones: &ZonesByCode<'d>,
    inner: &'d Row<Zone>,
) -> impl Iterator<Item = &'d Row<Zone>> {
    let around = |row: &&'d Row<Zone>| zones.get(row.item.parent.as_ref()?).copied();
    std::iter::successors(Some(inner), around).take(zones.len())
}

/// The street office of each zone: its own, or that of the nearest area around it.
pub(super) fn street_offices(draft: &Draft) -> Vec<Option<UnitCode>> {
    let by_code = draft.zones_by_code();
    let office = |row| chain(&by_code, row).find_map(|zone| zone.item.street_office.clone());
    draft.zones.iter().map(office).collect()
}

fn items<T>(rows: Vec<Row<T>>) -> Vec<T> {
    rows.into_iter().map(|row| row.item).collect()
}
