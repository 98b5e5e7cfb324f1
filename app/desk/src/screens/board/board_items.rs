//! BoardItems as the board lists them: made once for each version of a case, so that five
//! thousand of them cost nothing when one changes.

use std::{cmp::Reverse, collections::BTreeMap, sync::Arc};

use domain::{CaseId, District, PhotoHash, Timestamp, calendar::Lamp, case::State};
use leptos::prelude::*;

use app_shared::{
    components::case_text,
    model::{CaseEntry, Model},
    text::{Words, words},
};

pub type BoardItems = Arc<Vec<Arc<BoardItem>>>;

#[derive(Debug)]
pub struct BoardItem {
    pub id: CaseId,
    pub entry: Arc<CaseEntry>,
    pub photo: Option<PhotoHash>,
    pub kind: String,
    pub place: String,
    pub holder: Option<String>,
    /// Lower case, for the search.
    haystack: String,
}

impl PartialEq for BoardItem {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.entry, &other.entry)
    }
}

/// Every case this person sees, the latest first.
pub fn board_items() -> Memo<BoardItems> {
    let model = Model::here();
    let words = words();
    let made = StoredValue::new(BTreeMap::<CaseId, Arc<BoardItem>>::new());
    Memo::new(move |_| {
        let district = model.district.get();
        let mut rows: Vec<Arc<BoardItem>> = model.cases.with(|cases| {
            made.try_update_value(|made| {
                made.retain(|id, _| cases.contains_key(id));
                cases
                    .values()
                    .map(|entry| {
                        let old = made.get(&entry.id).filter(|row| Arc::ptr_eq(&row.entry, entry));
                        old.cloned().unwrap_or_else(|| {
                            let row = Arc::new(BoardItem::new(entry, district.as_deref(), words));
                            made.insert(entry.id, row.clone());
                            row
                        })
                    })
                    .collect()
            })
            .unwrap_or_default()
        });
        rows.sort_by_key(|row| Reverse(row.entry.case.reported_at.millis()));
        Arc::new(rows)
    })
}

impl BoardItem {
    fn new(entry: &Arc<CaseEntry>, district: Option<&District>, words: Words) -> Self {
        let case = &entry.case;
        let kind = case_text::kind_of(&case.report, district, words);
        let place = case_text::place_of(&case.routing.place, district, words);
        let holder = case_text::holder_of(case, words);
        let number = entry.number.as_deref().unwrap_or_default();
        let zone = case_text::zone_of(&case.routing.place, district, words);
        let (who, note) = (holder.as_deref().unwrap_or_default(), &case.report.note);
        let haystack = format!("{kind} {place} {zone} {who} {number} {note}");
        Self {
            id: entry.id,
            photo: case.report.photos.first().map(|shot| shot.hash),
            haystack: domain::lower(&haystack),
            entry: entry.clone(),
            kind,
            place,
            holder,
        }
    }

    pub fn state(&self) -> State {
        self.entry.case.state
    }

    pub fn lamp(&self, now: Timestamp) -> Option<Lamp> {
        case_text::lamp_of(&self.entry, now)
    }

    /// Whether every word of a lower-case text occurs.
    pub fn holds(&self, text: &str) -> bool {
        text.split_whitespace().all(|word| self.haystack.contains(word))
    }
}
