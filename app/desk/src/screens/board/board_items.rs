//! The rows of the list as the board shows them: an item is made once for each version of a case,
//! so that thousands of them cost nothing when one changes.

use std::{collections::BTreeMap, sync::Arc};

use domain::{CaseId, District, summary::CaseRow};

use super::board_item::{BoardItem, own_row};
use app_shared::{model::Cases, text::Words};

pub type BoardItems = Arc<Vec<Arc<BoardItem>>>;

/// Items by case, with the names of one version of the district pack.
#[derive(Default)]
pub struct ItemCache {
    district: Option<Arc<District>>,
    items: BTreeMap<CaseId, Arc<BoardItem>>,
}

impl ItemCache {
    /// The items of `rows`, each as this device knows the case where that is more.
    pub fn items(
        &mut self,
        rows: &[Arc<CaseRow>],
        cases: &Cases,
        district: Option<&Arc<District>>,
        words: Words,
    ) -> Vec<Arc<BoardItem>> {
        self.forget_names_of_another(district);
        let before = std::mem::take(&mut self.items);
        let item = |row: &Arc<CaseRow>| {
            let id = row.summary.id;
            let own =
                cases.get(&id).and_then(|entry| own_row(row, entry, district.map(|it| &**it)));
            let row = own.map_or_else(|| row.clone(), Arc::new);
            // The same content is the same version, whoever said it.
            let known = before.get(&id).filter(|item| item.row == row);
            let item = known
                .cloned()
                .unwrap_or_else(|| Arc::new(BoardItem::new(row, district.map(|it| &**it), words)));
            (id, item)
        };
        let items: Vec<_> = rows.iter().map(item).collect();
        self.items = items.iter().cloned().collect();
        items.into_iter().map(|(_, item)| item).collect()
    }

    /// A new pack may give new names to old cases.
    fn forget_names_of_another(&mut self, district: Option<&Arc<District>>) {
        let is_same = match (&self.district, district) {
            (Some(before), Some(now)) => Arc::ptr_eq(before, now),
            (None, None) => true,
            _ => false,
        };
        if !is_same {
            self.items.clear();
            self.district = district.cloned();
        }
    }
}

#[cfg(test)]
mod tests {
    use domain::Lang;

    use super::*;
    use crate::screens::board::test_cases::{TestCase, district};

    #[test]
    fn item_is_made_anew_for_another_version_of_its_case_and_for_another_pack_only() {
        let words = Words::of(Lang::Hans);
        let row = |case: TestCase| Arc::new(case.row());
        let cases = Cases::default();
        let pack = Arc::new(district());
        let mut cache = ItemCache::default();
        let mut item = |row: &Arc<CaseRow>, pack: Option<&Arc<District>>| {
            cache.items(std::slice::from_ref(row), &cases, pack, words).remove(0)
        };
        let first = row(TestCase::assigned());
        let without_pack = item(&first, None);
        assert_eq!(without_pack.category, "0402");
        let with_pack = item(&first, Some(&pack));
        assert_eq!(with_pack.category, "占道经营");
        let again = item(&row(TestCase::assigned()), Some(&pack));
        assert!(Arc::ptr_eq(&with_pack, &again), "the same content from another answer");
        let other = item(&row(TestCase::assigned().claimed()), Some(&pack));
        assert!(!Arc::ptr_eq(&with_pack, &other));
    }
}
