//! Rules and roster of a pack, arranged for being asked: rules by category in the
//! order they are tried, wardens by section, absences by person.

use std::{cmp::Reverse, hash::Hash};

use jiff::civil::Date;

use super::{Owner, Patch, PatchOf, Rule, Warden};
use crate::{
    CategoryCode, PersonCode, SectionCode, ZoneCode, id::CodeMap, pack::DistrictPack,
    place::AreaLevel,
};

/// Positions in the lists of the pack it was made from.
#[derive(Debug, Default)]
pub struct Index {
    rules: CodeMap<CategoryCode, Vec<usize>>,
    wardens: CodeMap<SectionCode, Vec<usize>>,
    patches: CodeMap<PatchOf, Vec<usize>>,
    owners: CodeMap<CategoryCode, Vec<usize>>,
    absences: CodeMap<PersonCode, Vec<usize>>,
}

impl Index {
    #[must_use]
    pub fn new(pack: &DistrictPack) -> Self {
        Self {
            rules: rules_by_category(pack),
            wardens: positions(&pack.wardens, |warden| &warden.section),
            patches: positions(&pack.patches, |patch| &patch.of),
            owners: positions(&pack.owners, |owner| &owner.category),
            absences: positions(&pack.absences, |absence| &absence.person),
        }
    }

    /// The rules that name this category, its class, or no category at all, in the
    /// order they are tried: by tier, then the most specific first.
    pub fn rules<'a>(
        &'a self,
        pack: &'a DistrictPack,
        category: &CategoryCode,
    ) -> impl Iterator<Item = &'a Rule> {
        at(&self.rules, category, &pack.rules)
    }

    pub fn wardens<'a>(
        &'a self,
        pack: &'a DistrictPack,
        section: &SectionCode,
    ) -> impl Iterator<Item = &'a Warden> {
        at(&self.wardens, section, &pack.wardens)
    }

    pub fn patches<'a>(
        &'a self,
        pack: &'a DistrictPack,
        of: &PatchOf,
    ) -> impl Iterator<Item = &'a Patch> {
        at(&self.patches, of, &pack.patches)
    }

    pub fn owners<'a>(
        &'a self,
        pack: &'a DistrictPack,
        category: &CategoryCode,
    ) -> impl Iterator<Item = &'a Owner> {
        at(&self.owners, category, &pack.owners)
    }

    #[must_use]
    pub fn is_absent(&self, pack: &DistrictPack, person: &PersonCode, day: Date) -> bool {
        at(&self.absences, person, &pack.absences)
            .any(|absence| absence.from <= day && day <= absence.until)
    }
}

fn rules_by_category(pack: &DistrictPack) -> CodeMap<CategoryCode, Vec<usize>> {
    let levels: CodeMap<&ZoneCode, AreaLevel> =
        pack.zones.iter().map(|zone| (&zone.code, zone.level)).collect();
    let rank = |rule: &Rule| {
        let specificity = rule.specificity(|zone| levels.get(zone).copied());
        (rule.tier, Reverse(specificity))
    };
    let mut tried: Vec<_> = pack
        .rules
        .iter()
        .enumerate()
        .map(|(position, rule)| (rank(rule), position, rule))
        .collect();
    tried.sort_by(|(a, _, one), (b, _, other)| a.cmp(b).then_with(|| one.id.cmp(&other.id)));
    let of_category = |code: &CategoryCode, class: &str| {
        let names = |rule: &Rule| match (&rule.scope.class, rule.scope.categories.as_slice()) {
            (Some(wanted), []) => **wanted == *class,
            (_, []) => true,
            (_, categories) => categories.contains(code),
        };
        tried.iter().filter(|(_, _, rule)| names(rule)).map(|(_, position, _)| *position).collect()
    };
    pack.categories
        .iter()
        .map(|category| (category.code.clone(), of_category(&category.code, &category.class)))
        .collect()
}

fn positions<T, K: Clone + Eq + Hash>(
    items: &[T],
    key: impl Fn(&T) -> &K,
) -> CodeMap<K, Vec<usize>> {
    let mut found: CodeMap<K, Vec<usize>> = CodeMap::default();
    for (position, item) in items.iter().enumerate() {
        found.entry(key(item).clone()).or_default().push(position);
    }
    found
}

fn at<'a, T, K: Eq + Hash>(
    map: &'a CodeMap<K, Vec<usize>>,
    key: &K,
    items: &'a [T],
) -> impl Iterator<Item = &'a T> + use<'a, T, K> {
    map.get(key).into_iter().flatten().filter_map(|position| items.get(*position))
}
