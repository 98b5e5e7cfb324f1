//! Everything of a district pack that is looked for by name. Made once from a pack, and
//! asked together with it.

use std::{cmp::Reverse, collections::HashMap};

use jiff::civil::Date;

use super::{Entry, Field, Fit, Query, Rank, find};
use crate::{
    CategoryCode, PersonCode, PointCode, SectionCode, UnitCode, ZoneCode,
    catalogue::Category,
    pack::DistrictPack,
    place::{GeoPoint, PlaceDistances},
};

/// A thing of the district pack.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Target {
    Category(CategoryCode),
    Place(PlaceKey),
    Unit(UnitCode),
    Person(PersonCode),
}

/// A place with a name.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum PlaceKey {
    Section(SectionCode),
    Point(PointCode),
    Zone(ZoneCode),
}

/// A place that was found, and how far it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FoundPlace {
    pub key: PlaceKey,
    /// `None` without a position; 0 inside a zone.
    pub distance_m: Option<u32>,
}

#[derive(Debug, Default)]
pub struct DistrictIndex {
    /// In the order of the pack; places as sections, points, zones.
    entries: Vec<(Target, Entry)>,
    by_target: HashMap<Target, usize>,
}

impl DistrictIndex {
    #[must_use]
    pub fn new(pack: &DistrictPack) -> Self {
        let named = |code: &str, names| {
            Entry::default().with_names(Field::Name, names).with(Field::Name, code)
        };
        let categories = pack
            .categories
            .iter()
            .map(|category| (Target::Category(category.code.clone()), entry_of(category)));
        let sections = pack.sections.iter().map(|it| {
            let key = PlaceKey::Section(it.code.clone());
            (Target::Place(key), named(it.code.as_str(), &it.names))
        });
        let points = pack.points.iter().map(|it| {
            let key = PlaceKey::Point(it.code.clone());
            (Target::Place(key), named(it.code.as_str(), &it.names))
        });
        let zones = pack.zones.iter().map(|it| {
            let key = PlaceKey::Zone(it.code.clone());
            (Target::Place(key), named(it.code.as_str(), &it.names))
        });
        let units = pack
            .units
            .iter()
            .map(|it| (Target::Unit(it.code.clone()), named(it.code.as_str(), &it.names)));
        let people = pack
            .people
            .iter()
            .map(|it| (Target::Person(it.code.clone()), named(it.code.as_str(), &it.names)));
        let entries: Vec<(Target, Entry)> = categories
            .chain(sections)
            .chain(points)
            .chain(zones)
            .chain(units)
            .chain(people)
            .collect();
        let targets = entries.iter().enumerate();
        let by_target = targets.map(|(at, (target, _))| (target.clone(), at)).collect();
        Self { entries, by_target }
    }

    /// The texts of one thing, for an index over what refers to it.
    #[must_use]
    pub fn entry(&self, target: &Target) -> Option<&Entry> {
        self.entries.get(*self.by_target.get(target)?).map(|(_, entry)| entry)
    }

    /// Things of which `is_wanted` is true that `text` finds, the best first; equally good
    /// ones in the pack's order. All of them when `text` is empty.
    #[must_use]
    pub fn find(&self, text: &str, is_wanted: impl Fn(&Target) -> bool) -> Vec<&Target> {
        self.ranked(text, is_wanted).into_iter().map(|(_, target)| target).collect()
    }

    /// For each word, the things that it names, at most `limit`: those that most of the words
    /// name, the best first. Not by what a description says or by chance, but with a slip where
    /// nothing else fits.
    #[must_use]
    pub fn named(&self, words: &[&str], limit: usize) -> Vec<Vec<&Target>> {
        let named: Vec<Vec<&Target>> = words.iter().map(|word| self.named_by(word)).collect();
        let mut words_of: HashMap<&Target, usize> = HashMap::new();
        for target in named.iter().flatten() {
            let words = words_of.entry(target).or_default();
            *words = words.saturating_add(1);
        }
        let best = |mut targets: Vec<_>| {
            // Stable: by rank inside one number of words.
            targets.sort_by_key(|target| Reverse(words_of.get(target).copied()));
            targets.truncate(limit);
            targets
        };
        named.into_iter().map(best).collect()
    }

    fn named_by(&self, word: &str) -> Vec<&Target> {
        let is_number = word.chars().all(|letter| letter.is_ascii_digit());
        let names = |fit: Fit| match fit {
            Fit::Description | Fit::InsideLatinWord => false,
            // The middle of a code is no evidence: numbers are those of cases.
            Fit::Inside | Fit::Spelling => !is_number,
            _ => true,
        };
        let ranked = self.ranked(word, |_| true).into_iter();
        ranked.filter(|(rank, _)| names(rank.fit)).map(|(_, target)| target).collect()
    }

    /// Categories in force on `day`.
    #[must_use]
    pub fn categories(&self, pack: &DistrictPack, text: &str, day: Date) -> Vec<CategoryCode> {
        let in_force = |target: &Target| match target {
            Target::Category(_) => self
                .by_target
                .get(target)
                .and_then(|at| pack.categories.get(*at))
                .is_some_and(|category| category.force.on(day)),
            _ => false,
        };
        let found = self.find(text, in_force).into_iter();
        found
            .filter_map(|target| match target {
                Target::Category(code) => Some(code.clone()),
                _ => None,
            })
            .collect()
    }

    /// Sections, points and zones; equally good ones the nearest first, when it is known
    /// where somebody is.
    #[must_use]
    pub fn places(
        &self,
        pack: &DistrictPack,
        text: &str,
        near: Option<GeoPoint>,
    ) -> Vec<FoundPlace> {
        let distances = near.map(|here| PlaceDistances::from(pack, here));
        let ranked = self.ranked(text, |target| matches!(target, Target::Place(_)));
        let mut found: Vec<(Rank, FoundPlace)> = ranked
            .into_iter()
            .filter_map(|(rank, target)| {
                let Target::Place(key) = target else { return None };
                let distance_m = distances.as_ref().and_then(|from| match key {
                    PlaceKey::Section(code) => from.section_m(code),
                    PlaceKey::Point(code) => from.point_m(code),
                    PlaceKey::Zone(code) => from.zone_m(code),
                });
                Some((rank, FoundPlace { key: key.clone(), distance_m }))
            })
            .collect();
        found.sort_by_key(|(rank, place)| (*rank, place.distance_m.unwrap_or(u32::MAX)));
        found.into_iter().map(|(_, place)| place).collect()
    }

    fn ranked(&self, text: &str, is_wanted: impl Fn(&Target) -> bool) -> Vec<(Rank, &Target)> {
        let is_wanted = &is_wanted;
        let wanted = self.entries.iter().filter(|(target, _)| is_wanted(target));
        let items = wanted.map(|(target, entry)| (target, entry));
        let mut found = find(items, &Query::new(text));
        // Stable: the pack's order inside one rank.
        found.sort_by_key(|(rank, _)| *rank);
        found
    }
}

/// A category is found by its names, everyday words and code, by its class, and by the
/// standard's words of its filing conditions.
fn entry_of(category: &Category) -> Entry {
    let mut entry = Entry::default()
        .with_names(Field::Name, &category.names)
        .with(Field::Name, category.code.as_str());
    for word in &category.words {
        entry = entry.with(Field::Word, word);
    }
    entry = entry.with_names(Field::Group, &category.class_names);
    for condition in &category.conditions {
        entry = entry.with_names(Field::Description, &condition.filing);
    }
    entry
}
