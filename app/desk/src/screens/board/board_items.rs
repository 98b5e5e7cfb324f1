//! All cases as the board lists them: an item is made once for each version of a case, so
//! that five thousand of them cost nothing when one changes.

use std::{cmp::Reverse, collections::BTreeMap, sync::Arc};

use domain::{CaseId, District};
use leptos::prelude::*;

use super::board_item::BoardItem;
use app_shared::{
    model::Model,
    text::{Words, words},
};

pub type BoardItems = Arc<Vec<Arc<BoardItem>>>;

/// Items by case, with the names of one version of the district pack.
#[derive(Default)]
struct ItemCache {
    district: Option<Arc<District>>,
    items: BTreeMap<CaseId, Arc<BoardItem>>,
}

/// Every case this person sees, the latest first.
pub fn board_items() -> Memo<BoardItems> {
    let model = Model::here();
    let words = words();
    let cache = StoredValue::new(ItemCache::default());
    Memo::new(move |_| {
        let district = model.district.get();
        let cases = model.cases.get();
        let mut items = cache
            .try_update_value(|cache| {
                cache.forget_names_of_another(district.as_ref());
                cache.items.retain(|id, _| cases.contains_key(id));
                cases.values().map(|entry| cache.item(entry, words)).collect::<Vec<_>>()
            })
            .unwrap_or_default();
        items.sort_by_key(|item| Reverse(item.entry.case.reported_at));
        Arc::new(items)
    })
}

impl ItemCache {
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

    fn item(&mut self, entry: &Arc<app_shared::model::CaseEntry>, words: Words) -> Arc<BoardItem> {
        let known = self.items.get(&entry.id).filter(|item| Arc::ptr_eq(&item.entry, entry));
        if let Some(known) = known {
            return known.clone();
        }
        let item = Arc::new(BoardItem::new(entry, self.district.as_deref(), words));
        self.items.insert(entry.id, item.clone());
        item
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
        let (first, second) = (TestCase::assigned().entry(), TestCase::assigned().entry());
        let mut cache = ItemCache::default();
        let without_pack = cache.item(&first, words);
        assert!(Arc::ptr_eq(&without_pack, &cache.item(&first, words)));
        assert_eq!(without_pack.category, "0402");

        let pack = Arc::new(district());
        cache.forget_names_of_another(Some(&pack));
        let with_pack = cache.item(&first, words);
        assert_eq!(with_pack.category, "占道经营");
        cache.forget_names_of_another(Some(&pack));
        assert!(Arc::ptr_eq(&with_pack, &cache.item(&first, words)));
        assert!(!Arc::ptr_eq(&with_pack, &cache.item(&second, words)));
    }
}
