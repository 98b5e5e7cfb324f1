//! Beside the shutter: what brings the report's sheet back.
//!
//! Never: views or signals.

use app_shared::model::Draft;
use domain::PhotoHash;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SheetLink {
    /// There is no report yet.
    None,
    /// A photo is being copied, shrunk and checked.
    Processing,
    /// The last photo, and how many there are.
    Photo { last: PhotoHash, count: usize },
    /// All photos were removed; the rest is still there.
    WithoutPhoto,
}

impl SheetLink {
    pub fn of(draft: &Draft, is_processing: bool) -> Self {
        match draft.photos.last() {
            _ if is_processing => Self::Processing,
            Some(photo) => Self::Photo { last: photo.hash(), count: draft.photos.len() },
            None if draft.is_empty() => Self::None,
            None => Self::WithoutPhoto,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{super::test_drafts::draft, *};
    use crate::case_story::shot;

    #[test]
    fn every_draft_with_something_in_it_can_be_brought_back() {
        let with_note = Draft { note: "n".into(), ..draft(&[]) };
        let photos = SheetLink::Photo { last: shot("b").hash, count: 2 };
        for (draft, is_processing, expected) in [
            (draft(&[]), false, SheetLink::None),
            (draft(&[]), true, SheetLink::Processing),
            (draft(&["a", "b"]), false, photos),
            (draft(&["a", "b"]), true, SheetLink::Processing),
            (with_note, false, SheetLink::WithoutPhoto),
        ] {
            assert_eq!(SheetLink::of(&draft, is_processing), expected, "{draft:?}");
        }
    }
}
