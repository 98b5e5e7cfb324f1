//! A case as the board lists it.

use std::sync::Arc;

use domain::{
    CaseId, District, PhotoHash, Timestamp,
    calendar::Lamp,
    case::CaseState,
    summary::{CaseRow, CaseSummary},
};

use app_shared::{components::case_text, model::CaseEntry, text::Words};

#[derive(Debug)]
pub struct BoardItem {
    pub row: Arc<CaseRow>,
    pub category: String,
    pub place: String,
    /// The unit and its person; `None` in the tray.
    pub holder: Option<String>,
}

/// One version of a case is one item.
impl PartialEq for BoardItem {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.row, &other.row)
    }
}

impl BoardItem {
    pub fn new(row: Arc<CaseRow>, district: Option<&District>, words: Words) -> Self {
        let summary = &row.summary;
        Self {
            category: case_text::category_name(&summary.category, district, words),
            place: case_text::place_of_summary(&summary.place, district, words),
            holder: case_text::holder_of_summary(summary, district, words),
            row,
        }
    }

    pub fn id(&self) -> CaseId {
        self.row.summary.id
    }

    pub fn state(&self) -> CaseState {
        self.row.summary.state
    }

    pub fn photo(&self) -> Option<PhotoHash> {
        self.row.summary.photo
    }

    pub fn due(&self) -> Option<Timestamp> {
        self.row.summary.assignment.as_ref().map(|assignment| assignment.lamp.due)
    }

    pub fn lamp(&self, now: Timestamp) -> Option<Lamp> {
        self.row.summary.lamp(now)
    }

    /// "3 h left", or how it ended; nothing while it waits in the tray.
    pub fn left(&self, now: Timestamp, words: Words) -> Option<String> {
        if !self.state().is_open() {
            return Some(words.state(self.state()).into());
        }
        Some(words.left(self.due()?, now))
    }
}

/// The case as this device knows it, where that is more than the list says: its log is as new, or
/// the person has done something that the server has not answered.
pub fn own_row(row: &CaseRow, entry: &CaseEntry, district: Option<&District>) -> Option<CaseRow> {
    let district = district?;
    let is_waiting = entry.pending.iter().any(|own| !own.state.is_answered());
    (is_waiting || entry.seq >= row.change).then(|| CaseRow {
        number: row.number.clone(),
        change: row.change.max(entry.seq),
        summary: CaseSummary::of(&entry.case, district),
    })
}

#[cfg(test)]
mod tests {
    use domain::Lang;

    use super::*;
    use crate::screens::board::test_cases::{HOUR_MS, NOON_MS, TestCase, district};

    #[test]
    fn item_has_the_names_of_the_pack_and_codes_before_it_is_here() {
        let row = Arc::new(TestCase::assigned().row());
        let district = district();
        for (lang, category, place, holder) in [
            (Lang::Hans, "占道经营", "人民路 · 中心市场", "城管局 · 徐昌华"),
            (Lang::Hant, "佔道經營", "人民路 · 中心市場", "城管局 · 徐昌華"),
            (
                Lang::En,
                "Stalls blocking the way",
                "People’s Road · Central market",
                "Urban Management · Xu Changhua",
            ),
        ] {
            let item = BoardItem::new(row.clone(), Some(&district), Words::of(lang));
            assert_eq!((item.category.as_str(), item.place.as_str()), (category, place));
            assert_eq!(item.holder.as_deref(), Some(holder));
        }
        let item = BoardItem::new(row, None, Words::of(Lang::Hans));
        assert_eq!(
            (item.category.as_str(), item.holder.as_deref()),
            ("0402", Some("cgj · xuchanghua"))
        );
    }

    #[test]
    fn lamp_text_counts_down_and_then_says_how_it_ended() {
        let words = Words::of(Lang::En);
        let item = |case: TestCase| BoardItem::new(Arc::new(case.row()), None, words);
        let now = Timestamp::from_millis(NOON_MS);
        let open = item(TestCase::assigned().due(NOON_MS + 3 * HOUR_MS));
        assert_eq!(open.left(now, words), Some(words.left(open.due().unwrap(), now)));
        assert_eq!(item(TestCase::in_tray()).left(now, words), None);
        let closed = item(TestCase::assigned().rectified().closed(NOON_MS));
        assert_eq!(closed.left(now, words).as_deref(), Some(words.state(CaseState::Closed)));
    }

    #[test]
    fn device_knows_more_than_the_list_while_an_act_waits_or_its_log_is_as_new() {
        let district = district();
        let listed = TestCase::assigned().rectified().row();
        let entry = |seq| {
            let entry = TestCase::assigned().rectified().passed().entry();
            CaseEntry { seq, ..(*entry).clone() }
        };
        for (change, seq, expected) in
            [(5, 4, None), (5, 5, Some(CaseState::Verified)), (5, 6, Some(CaseState::Verified))]
        {
            let row = CaseRow { change, ..listed.clone() };
            let own = own_row(&row, &entry(seq), Some(&district));
            assert_eq!(own.map(|row| row.summary.state), expected, "{change} {seq}");
        }
        assert_eq!(own_row(&listed, &entry(9), None), None, "before the pack is here");
    }
}
