//! Work that is not saved yet: the report being captured, and what is being
//! written on a case. Kept on the phone as it is typed, restored after anything.

use domain::{
    CaseId, CategoryCode, ConditionCode, PhotoHash, Timestamp, UserName,
    case::{Outcome, Source},
    evidence::Shot,
    place::{PlaceChoice, Position},
};
use serde::{Deserialize, Serialize};

use crate::device::{clock, random};

/// A report before it is saved. Its id becomes the case's, so that saving twice
/// makes one case.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Draft {
    pub id: CaseId,
    pub begun: Timestamp,
    /// Whose it is; restored for nobody else.
    #[serde(default)]
    pub author: Option<UserName>,
    #[serde(default)]
    pub photos: Vec<DraftPhoto>,
    #[serde(default)]
    pub category: Option<CategoryCode>,
    /// The category's first condition when `None`.
    #[serde(default)]
    pub condition: Option<ConditionCode>,
    /// Read when a photo was taken, or a little later while capture is open; see
    /// [`Self::prefers`].
    #[serde(default)]
    pub position: Option<Position>,
    #[serde(default)]
    pub chosen: PlaceChoice,
    #[serde(default)]
    pub source: Source,
    #[serde(default)]
    pub note: String,
    /// When the system camera was opened and has not come back. Still there after a
    /// restart: the browser was closed under the camera, and the photo is gone.
    #[serde(default)]
    pub camera_opened: Option<Timestamp>,
    /// The case of the report that this one stands for, because it was not taken or a
    /// photo of it cannot be sent. That one is settled when this one is saved.
    #[serde(default)]
    pub again: Option<CaseId>,
}

/// What is being written on a case: the after-photos of a fix, the note of a check.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct WorkDraft {
    pub case: CaseId,
    #[serde(default)]
    pub photos: Vec<DraftPhoto>,
    #[serde(default)]
    pub note: String,
    #[serde(default)]
    pub outcome: Option<Outcome>,
    #[serde(default)]
    pub camera_opened: Option<Timestamp>,
    /// What stands in the fields of other acts (a comment, a reason), by field.
    #[serde(default)]
    pub typed: Vec<Typed>,
}

/// What stands in one field.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Typed {
    pub field: String,
    pub text: String,
}

/// A photo that is on this phone, checked and hashed, and belongs to a draft. Show it
/// with [`Model::photo_src`](super::Model::photo_src).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DraftPhoto {
    pub shot: Shot,
}

impl Draft {
    /// Nothing to lose.
    pub fn is_empty(&self) -> bool {
        self.photos.is_empty()
            && self.note.is_empty()
            && self.category.is_none()
            && self.again.is_none()
    }

    /// Whether another draft may be opened in its place. Not while the system's camera is
    /// open: the photo that comes back from it belongs to this draft.
    pub fn may_be_replaced(&self) -> bool {
        self.is_empty() && self.camera_opened.is_none()
    }
}

impl WorkDraft {
    pub const fn new(case: CaseId) -> Self {
        Self {
            case,
            photos: Vec::new(),
            note: String::new(),
            outcome: None,
            camera_opened: None,
            typed: Vec::new(),
        }
    }

    pub fn is_empty(&self) -> bool {
        self.photos.is_empty()
            && self.note.is_empty()
            && self.typed.is_empty()
            && self.camera_opened.is_none()
    }

    /// What stands in a field.
    pub fn typed(&self, field: &str) -> String {
        let found = self.typed.iter().find(|typed| typed.field == field);
        found.map(|typed| typed.text.clone()).unwrap_or_default()
    }

    /// Empty text leaves nothing behind.
    pub fn set_typed(&mut self, field: &str, text: String) {
        self.typed.retain(|typed| typed.field != field);
        if !text.is_empty() {
            self.typed.push(Typed { field: field.to_owned(), text });
        }
    }

    /// What is left of it when `saved`, an earlier state of it, has become an act: photos that
    /// came while it was being saved.
    pub(super) fn begun_since(&self, saved: &Self) -> Self {
        let is_saved = |photo: &DraftPhoto| saved.photos.contains(photo);
        let photos = self.photos.iter().filter(|photo| !is_saved(photo)).cloned().collect();
        Self { photos, ..Self::new(self.case) }
    }

    /// The manifest for a command.
    pub fn shots(&self) -> Vec<Shot> {
        self.photos.iter().map(|photo| photo.shot.clone()).collect()
    }
}

impl DraftPhoto {
    pub const fn hash(&self) -> PhotoHash {
        self.shot.hash
    }

    pub const fn is_from_gallery(&self) -> bool {
        self.shot.origin.is_gallery()
    }
}

impl Draft {
    /// A new one; its id is the case's to be.
    pub(super) fn blank() -> Self {
        let now = clock::now();
        Self::empty(CaseId::new(now, random::bytes()), now)
    }

    /// With nothing in it.
    pub fn empty(id: CaseId, begun: Timestamp) -> Self {
        Self {
            id,
            begun,
            author: None,
            photos: Vec::new(),
            category: None,
            condition: None,
            position: None,
            chosen: PlaceChoice::default(),
            source: Source::default(),
            note: String::new(),
            camera_opened: None,
            again: None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::case_story::shot;

    const CASE: Timestamp = Timestamp::from_millis(1);

    fn case() -> CaseId {
        CaseId::new(CASE, [1; 10])
    }

    fn photo(content: &str) -> DraftPhoto {
        DraftPhoto { shot: shot(content) }
    }

    #[test]
    fn draft_may_be_replaced_while_there_is_nothing_in_it_and_nothing_on_its_way() {
        let empty = || Draft::empty(case(), CASE);
        for (name, draft, expected) in [
            ("new", empty(), true),
            ("source chosen only", Draft { source: Source::Public, ..empty() }, true),
            ("photo", Draft { photos: vec![photo("a")], ..empty() }, false),
            ("note", Draft { note: "n".into(), ..empty() }, false),
            ("category", Draft { category: Some("0401".into()), ..empty() }, false),
            ("report made again", Draft { again: Some(case()), ..empty() }, false),
            ("system's camera is open", Draft { camera_opened: Some(CASE), ..empty() }, false),
        ] {
            assert_eq!(draft.may_be_replaced(), expected, "{name}");
        }
    }

    #[test]
    fn work_that_became_an_act_leaves_only_photos_that_came_meanwhile() {
        let work = |photos: &[&str], note: &str| WorkDraft {
            photos: photos.iter().map(|it| photo(it)).collect(),
            note: note.into(),
            ..WorkDraft::new(case())
        };
        let saved = work(&["a"], "fixed");
        for (now, left) in [
            (work(&["a"], "fixed"), work(&[], "")),
            (work(&["a", "b"], "fixed"), work(&["b"], "")),
            (work(&[], "fixed!"), work(&[], "")),
        ] {
            assert_eq!(now.begun_since(&saved), left, "{now:?}");
        }
    }
}
