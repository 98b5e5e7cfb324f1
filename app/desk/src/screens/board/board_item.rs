//! A case as the board lists it, and the text by which a search finds it.

use std::sync::Arc;

use domain::{CaseId, District, Names, PhotoHash, Timestamp, calendar::Lamp, case::CaseState};

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
    /// Lower case.
    search_text: String,
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
            category: case_text::kind_of(&case.report, district, words),
            place: case_text::place_of(&case.routing.place, district, words),
            holder: case_text::holder_of(case, words),
            search_text: domain::lower(&search_words(entry, district).join(" ")),
            entry: entry.clone(),
        }
    }

    pub fn state(&self) -> CaseState {
        self.entry.case.state
    }

    pub fn lamp(&self, now: Timestamp) -> Option<Lamp> {
        case_text::lamp_of(&self.entry, now)
    }

    /// Whether every word of `search` occurs, in any language and letter case.
    pub fn is_found_by(&self, search: &str) -> bool {
        domain::lower(search).split_whitespace().all(|word| self.search_text.contains(word))
    }
}

/// Number, category, place, units, person and note: names in every language, because people
/// type the one that is on paper.
fn search_words<'a>(entry: &'a CaseEntry, district: Option<&'a District>) -> Vec<&'a str> {
    let case = &entry.case;
    let mut words = vec![
        entry.number.as_deref().unwrap_or_default(),
        case.report.category.as_str(),
        case.report.note.as_str(),
    ];
    let mut add_names = |names: &'a Names| {
        words.extend([names.hans.as_str(), names.hant.as_str(), names.en.as_str()]);
    };
    if let Some(assignment) = &case.assignment {
        add_names(&assignment.unit.names);
        assignment.co_units.iter().for_each(|unit| add_names(&unit.names));
        assignment.person.iter().for_each(|person| add_names(&person.names));
    }
    let Some(district) = district else { return words };
    let place = &case.routing.place;
    let zone = place.zone.as_ref().and_then(|code| district.zone(code));
    let section = place.section.as_ref().and_then(|code| district.section(code));
    let point = place.point.as_ref().and_then(|code| district.point(code));
    zone.iter().for_each(|zone| add_names(&zone.names));
    section.iter().for_each(|section| add_names(&section.names));
    point.iter().for_each(|point| add_names(&point.names));
    if let Some(category) = district.category(&case.report.category) {
        add_names(&category.names);
        words.extend(category.words.iter().map(String::as_str));
    }
    words
}

#[cfg(test)]
mod tests {
    use domain::Lang;

    use super::*;
    use crate::screens::board::test_cases::{TestCase, district};

    #[test]
    fn case_is_found_by_number_category_place_unit_person_and_note() {
        let entry = TestCase::assigned().number("2026-000017").note("摊主不在场").entry();
        let district = district();
        for lang in Lang::ALL {
            let item = BoardItem::new(&entry, Some(&district), Words::of(lang));
            for (search, is_found) in [
                ("", true),
                ("  ", true),
                ("2026-000017", true),
                ("000017", true),
                ("占道经营", true),
                ("Stalls", true),
                ("zdjy", true),
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
                assert_eq!(item.is_found_by(search), is_found, "{lang:?}: {search}");
            }
        }
    }

    #[test]
    fn case_in_the_tray_without_a_number_is_found_by_its_category_before_the_pack_is_here() {
        let item = BoardItem::new(&TestCase::in_tray().entry(), None, Words::of(Lang::Hans));
        assert!(item.is_found_by("0402"));
        assert!(!item.is_found_by("城管局"));
        assert_eq!(item.holder, None);
    }
}
