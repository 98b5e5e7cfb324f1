//! A case as the board lists it, and the texts by which a search finds it.

use std::sync::Arc;

use domain::{
    CaseId, District, Names, PhotoHash, Timestamp,
    calendar::Lamp,
    case::CaseState,
    search::{Entry, Field, PlaceKey, Target},
};

use app_shared::{components::case_text, model::CaseEntry, text::Words};

#[derive(Debug)]
pub struct BoardItem {
    pub id: CaseId,
    pub entry: Arc<CaseEntry>,
    pub photo: Option<PhotoHash>,
    pub category: String,
    pub place: String,
    /// The unit and its person; `None` in the tray.
    pub holder: Option<String>,
    /// What a search finds it by.
    pub search_entry: Entry,
}

/// One version of a case is one item.
impl PartialEq for BoardItem {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.entry, &other.entry)
    }
}

impl BoardItem {
    pub fn new(entry: &Arc<CaseEntry>, district: Option<&District>, words: Words) -> Self {
        let case = &entry.case;
        Self {
            id: entry.id,
            photo: case.report.photos.first().map(|shot| shot.hash),
            category: case_text::category_of(&case.report, district, words),
            place: case_text::place_of(&case.routing.place, district, words),
            holder: case_text::holder_of(case, words),
            search_entry: search_entry(entry, district),
            entry: entry.clone(),
        }
    }

    pub fn state(&self) -> CaseState {
        self.entry.case.state
    }

    pub fn lamp(&self, now: Timestamp) -> Option<Lamp> {
        self.entry.case.lamp(now)
    }
}

/// Number, category, place, units, person and note. What the pack knows is found as it is
/// elsewhere: by its names, everyday words and pinyin.
fn search_entry(entry: &CaseEntry, district: Option<&District>) -> Entry {
    let case = &entry.case;
    let place = &case.routing.place;
    let of_pack = [
        Some(Target::Category(case.report.category.clone())),
        place.zone.clone().map(|code| Target::Place(PlaceKey::Zone(code))),
        place.section.clone().map(|code| Target::Place(PlaceKey::Section(code))),
        place.point.clone().map(|code| Target::Place(PlaceKey::Point(code))),
    ];
    let own = Entry::default()
        .with(Field::Name, entry.number.as_deref().unwrap_or_default())
        .with(Field::Name, case.report.category.as_str())
        .with(Field::Word, &case.report.note);
    let of_pack = of_pack
        .iter()
        .flatten()
        .filter_map(|target| district?.search().entry(target))
        .fold(own, Entry::joined);
    let Some(assignment) = &case.assignment else { return of_pack };
    // The case keeps the names of its time; a unit of today's pack shares its texts.
    let named = |all: Entry, target: Target, names: &Names, today: Option<&Names>| match district
        .and_then(|district| district.search().entry(&target))
    {
        Some(known) if today == Some(names) => all.joined(known),
        _ => all.with_names(Field::Name, names),
    };
    let units = std::iter::once(&assignment.unit).chain(&assignment.co_units);
    let with_units = units.fold(of_pack, |all, unit| {
        let today = district.and_then(|district| district.unit(&unit.code));
        named(all, Target::Unit(unit.code.clone()), &unit.names, today.map(|unit| &unit.names))
    });
    assignment.person.iter().fold(with_units, |all, person| {
        let today = district.and_then(|district| district.person(&person.code));
        let target = Target::Person(person.code.clone());
        named(all, target, &person.names, today.map(|person| &person.names))
    })
}

#[cfg(test)]
mod tests {
    use domain::{
        Lang,
        search::{Query, find},
    };

    use super::*;
    use crate::screens::board::test_cases::{TestCase, district};

    fn is_found(item: &BoardItem, search: &str) -> bool {
        !find(std::iter::once(((), &item.search_entry)), &Query::new(search)).is_empty()
    }

    #[test]
    fn case_is_found_by_number_category_place_unit_person_and_note() {
        let entry = TestCase::assigned().number("2026-000017").note("摊主不在场").entry();
        let district = district();
        for lang in Lang::ALL {
            let item = BoardItem::new(&entry, Some(&district), Words::of(lang));
            for (search, expected) in [
                ("", true),
                ("  ", true),
                ("2026-000017", true),
                ("000017", true),
                ("占道经营", true),
                ("Stalls", true),
                ("zdjy", true),
                ("zhandaojingying", true),
                ("佔道經營", true),
                // Everyday words of the pack, and a slip in one.
                ("摆摊", true),
                ("vendor", true),
                ("vender", true),
                ("rml", true),
                ("zxsc", true),
                ("csgj", false),
                ("cgj", true),
                ("xch", true),
                ("人民路", true),
                ("People’s Road", true),
                ("中心市场", true),
                ("城东片区", true),
                ("城管局", true),
                ("Urban Management", true),
                ("徐昌华", true),
                ("xu changhua", true),
                ("摊主", true),
                // All words, in any order.
                ("17 城管 人民路", true),
                ("ｓｔａｌｌｓ", true),
                ("城管局 李四", false),
                ("2026-000018", false),
            ] {
                assert_eq!(is_found(&item, search), expected, "{lang:?}: {search}");
            }
        }
    }

    #[test]
    fn case_in_the_tray_without_a_number_is_found_by_its_category_before_the_pack_is_here() {
        let item = BoardItem::new(&TestCase::in_tray().entry(), None, Words::of(Lang::Hans));
        assert!(is_found(&item, "0402"));
        assert!(!is_found(&item, "城管局"));
        assert_eq!(item.holder, None);
    }
}
