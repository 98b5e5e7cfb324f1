//! A district ready for use: a pack with its indexes. Made once, asked often.

use std::{collections::BTreeSet, hash::Hash, sync::OnceLock};

use jiff::civil::Date;

use crate::{
    CategoryCode, CitationCode, PersonCode, PointCode, SectionCode, Timestamp, UnitCode, ZoneCode,
    calendar::Calendar,
    catalogue::Category,
    duty::{self, Citation, Patch, PatchOf, PermittedStall, Person, Unit},
    id::CodeMap,
    pack::DistrictPack,
    place::{AgedPosition, GeoPoint, Index, Place, PlaceChoice, Point, Position, Section, Zone},
    search::{DistrictIndex, FoundPlace, PlaceKey},
};

#[derive(Debug)]
pub struct District {
    pack: DistrictPack,
    places: Index,
    calendar: Calendar,
    duty: duty::Index,
    categories: CodeMap<CategoryCode, usize>,
    zones: CodeMap<ZoneCode, usize>,
    sections: CodeMap<SectionCode, usize>,
    points: CodeMap<PointCode, usize>,
    units: CodeMap<UnitCode, usize>,
    people: CodeMap<PersonCode, usize>,
    citations: CodeMap<CitationCode, usize>,
    /// Made when somebody searches for the first time.
    search: OnceLock<DistrictIndex>,
}

/// Positions of the items of a list by their code.
fn by_code<T, C: Clone + Eq + Hash>(items: &[T], code: impl Fn(&T) -> &C) -> CodeMap<C, usize> {
    items.iter().enumerate().map(|(index, item)| (code(item).clone(), index)).collect()
}

impl District {
    #[must_use]
    pub fn new(pack: DistrictPack) -> Self {
        Self {
            places: Index::new(&pack),
            calendar: Calendar::new(&pack),
            duty: duty::Index::new(&pack),
            categories: by_code(&pack.categories, |category| &category.code),
            zones: by_code(&pack.zones, |zone| &zone.code),
            sections: by_code(&pack.sections, |section| &section.code),
            points: by_code(&pack.points, |point| &point.code),
            units: by_code(&pack.units, |unit| &unit.code),
            people: by_code(&pack.people, |person| &person.code),
            citations: by_code(&pack.citations, |citation| &citation.id),
            search: OnceLock::new(),
            pack,
        }
    }

    #[must_use]
    pub const fn pack(&self) -> &DistrictPack {
        &self.pack
    }

    #[must_use]
    pub const fn calendar(&self) -> &Calendar {
        &self.calendar
    }

    #[must_use]
    pub const fn duty(&self) -> &duty::Index {
        &self.duty
    }

    /// The place of a position; what a person chose wins over what was measured.
    #[must_use]
    pub fn place(&self, position: Option<AgedPosition>, chosen: &PlaceChoice) -> Place {
        self.places.place(&self.pack, position.as_ref(), chosen)
    }

    /// The place of what was `photographed` at these times and `done` in the end, all by the
    /// clock that the position was read by; see [`Position::aged`].
    #[must_use]
    pub fn place_of(
        &self,
        position: Option<Position>,
        photographed: impl IntoIterator<Item = Timestamp>,
        done: Timestamp,
        chosen: &PlaceChoice,
    ) -> Place {
        self.place(position.map(|position| position.aged(photographed, done)), chosen)
    }

    /// What somebody chooses who names a place: a point brings the section and the zone it
    /// lies in, as a position there would.
    #[must_use]
    pub fn choice_of(&self, place: &PlaceKey) -> PlaceChoice {
        match place {
            PlaceKey::Section(code) => {
                PlaceChoice { section: Some(code.clone()), ..PlaceChoice::default() }
            }
            PlaceKey::Zone(code) => {
                PlaceChoice { zone: Some(code.clone()), ..PlaceChoice::default() }
            }
            PlaceKey::Point(code) => {
                let Some(point) = self.point(code) else { return PlaceChoice::default() };
                let there = AgedPosition::exactly(point.at);
                let Place { zone, section, .. } = self.place(Some(there), &PlaceChoice::default());
                PlaceChoice { zone, section, point: Some(code.clone()) }
            }
        }
    }

    /// What is found by name.
    #[must_use]
    pub fn search(&self) -> &DistrictIndex {
        self.search.get_or_init(|| DistrictIndex::new(&self.pack))
    }

    /// Categories in force on `day` that `text` finds, the best first; all of them, in the
    /// catalogue's order, when it is empty.
    #[must_use]
    pub fn search_categories(&self, text: &str, day: Date) -> Vec<CategoryCode> {
        self.search().categories(&self.pack, text, day)
    }

    /// Sections, points and zones that `text` finds, the best first; equally good ones the
    /// nearest first.
    #[must_use]
    pub fn search_places(&self, text: &str, near: Option<GeoPoint>) -> Vec<FoundPlace> {
        self.search().places(&self.pack, text, near)
    }

    /// The stall that permits `category` at that place and time, and until when.
    #[must_use]
    pub fn permitted_stall(
        &self,
        at: GeoPoint,
        category: &CategoryCode,
        captured: Timestamp,
    ) -> Option<PermittedStall> {
        self.places.permitted(&self.pack, &self.calendar, at, category, captured)
    }

    #[must_use]
    pub fn category(&self, code: &CategoryCode) -> Option<&Category> {
        self.pack.categories.get(*self.categories.get(code)?)
    }

    #[must_use]
    pub fn zone(&self, code: &ZoneCode) -> Option<&Zone> {
        self.pack.zones.get(*self.zones.get(code)?)
    }

    #[must_use]
    pub fn section(&self, code: &SectionCode) -> Option<&Section> {
        self.pack.sections.get(*self.sections.get(code)?)
    }

    #[must_use]
    pub fn point(&self, code: &PointCode) -> Option<&Point> {
        self.pack.points.get(*self.points.get(code)?)
    }

    #[must_use]
    pub fn unit(&self, code: &UnitCode) -> Option<&Unit> {
        self.pack.units.get(*self.units.get(code)?)
    }

    #[must_use]
    pub fn person(&self, code: &PersonCode) -> Option<&Person> {
        self.pack.people.get(*self.people.get(code)?)
    }

    #[must_use]
    pub fn citation(&self, code: &CitationCode) -> Option<&Citation> {
        self.pack.citations.get(*self.citations.get(code)?)
    }

    /// The zone and every area around it, innermost first.
    pub fn zone_chain<'a>(&'a self, zone: &ZoneCode) -> impl Iterator<Item = &'a Zone> + use<'a> {
        // Levels are as many as there are kinds of area; a cycle ends there too.
        std::iter::successors(self.zone(zone), |inner| self.zone(inner.parent.as_ref()?)).take(8)
    }

    /// Whether `place` lies in a patch of `leader`, on any day: a leader keeps sight
    /// of what arose in their time.
    #[must_use]
    pub fn is_in_patch(&self, leader: &PersonCode, place: &Place) -> bool {
        self.patches_of(place).any(|patch| patch.leader == *leader)
    }

    /// The leaders in whose patches `place` lies, on any day; each once, by code.
    #[must_use]
    pub fn patch_leaders(&self, place: &Place) -> BTreeSet<PersonCode> {
        self.patches_of(place).map(|patch| patch.leader.clone()).collect()
    }

    fn patches_of(&self, place: &Place) -> impl Iterator<Item = &Patch> {
        self.pack.patches.iter().filter(|patch| match &patch.of {
            PatchOf::Zone(code) => place
                .zone
                .as_ref()
                .is_some_and(|zone| self.zone_chain(zone).any(|area| area.code == *code)),
            PatchOf::Section(code) => place.section.as_ref() == Some(code),
            PatchOf::Point(code) => place.point.as_ref() == Some(code),
        })
    }
}
