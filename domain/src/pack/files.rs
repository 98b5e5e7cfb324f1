//! The files of a pack's folder, as names and bytes.
//!
//! Never: opens one.

use std::collections::BTreeMap;

/// The files of a folder by their names.
#[derive(Clone, Debug, Default)]
pub struct PackFiles(BTreeMap<String, Vec<u8>>);

pub(super) const DISTRICT: &str = "district.toml";
pub(super) const ZONES: &str = "zones.geojson";
pub(super) const SECTIONS: &str = "sections.geojson";
pub(super) const POINTS: &str = "points.geojson";
pub(super) const STALLS: &str = "stalls.geojson";
pub(super) const UNITS: &str = "units.csv";
pub(super) const PEOPLE: &str = "people.csv";
pub(super) const ABSENCES: &str = "absences.csv";
pub(super) const WARDENS: &str = "wardens.csv";
pub(super) const PATCHES: &str = "patches.csv";
pub(super) const OWNERS: &str = "owners.csv";
pub(super) const CATEGORIES: &str = "categories.csv";
pub(super) const CONDITIONS: &str = "conditions.csv";
pub(super) const CALENDAR: &str = "calendar.csv";
pub(super) const RULES: &str = "rules.toml";

impl PackFiles {
    /// Every file a pack must have; others in the folder are left alone.
    pub const NAMES: [&'static str; 15] = [
        DISTRICT, ZONES, SECTIONS, POINTS, STALLS, UNITS, PEOPLE, ABSENCES, WARDENS, PATCHES,
        OWNERS, CATEGORIES, CONDITIONS, CALENDAR, RULES,
    ];

    pub fn insert(&mut self, name: &str, bytes: Vec<u8>) {
        self.0.insert(name.into(), bytes);
    }

    #[must_use]
    pub fn get(&self, name: &str) -> Option<&[u8]> {
        self.0.get(name).map(Vec::as_slice)
    }
}

impl FromIterator<(String, Vec<u8>)> for PackFiles {
    fn from_iter<I: IntoIterator<Item = (String, Vec<u8>)>>(files: I) -> Self {
        Self(files.into_iter().collect())
    }
}
