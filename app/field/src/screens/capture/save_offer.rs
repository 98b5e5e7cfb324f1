//! Whether the report can be saved now, and what it waits for.
//!
//! Never: views or signals.

use app_shared::model::Draft;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SaveOffer {
    /// The district and what a report may settle are still being read.
    Starting,
    NeedsPhoto,
    NeedsCategory,
    /// A stall is permitted here now: the person says first that something else is wrong.
    NeedsConfirmation,
    Ready,
}

impl SaveOffer {
    /// `has_work`: what this phone holds has been read.
    pub fn of(draft: &Draft, has_work: bool, is_stall_permitted: bool, is_confirmed: bool) -> Self {
        if !has_work {
            Self::Starting
        } else if draft.photos.is_empty() {
            Self::NeedsPhoto
        } else if draft.category.is_none() {
            Self::NeedsCategory
        } else if is_stall_permitted && !is_confirmed {
            Self::NeedsConfirmation
        } else {
            Self::Ready
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{super::test_drafts::draft, *};

    #[test]
    fn report_is_saved_with_photo_and_category_and_where_a_stall_is_permitted_once_confirmed() {
        let chosen = |photos| Draft { category: Some("0401".into()), ..draft(photos) };
        for (draft, is_permitted, is_confirmed, expected) in [
            (draft(&[]), false, false, SaveOffer::NeedsPhoto),
            (chosen(&[]), false, false, SaveOffer::NeedsPhoto),
            (draft(&["a"]), false, false, SaveOffer::NeedsCategory),
            (draft(&["a"]), true, true, SaveOffer::NeedsCategory),
            (chosen(&["a"]), false, false, SaveOffer::Ready),
            (chosen(&["a"]), true, false, SaveOffer::NeedsConfirmation),
            (chosen(&["a"]), true, true, SaveOffer::Ready),
        ] {
            let offer = SaveOffer::of(&draft, true, is_permitted, is_confirmed);
            assert_eq!(offer, expected, "{draft:?} {is_permitted} {is_confirmed}");
            let at_start = SaveOffer::of(&draft, false, is_permitted, is_confirmed);
            assert_eq!(at_start, SaveOffer::Starting);
        }
    }
}
