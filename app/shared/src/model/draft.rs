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
    /// Read when the first photo was taken; filled in later while capture is open
    /// when there was none.
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

/// A photo taken out of a draft, for the undo bar.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RemovedPhoto {
    pub index: usize,
    pub photo: DraftPhoto,
}

impl Draft {
    /// Nothing to lose.
    pub fn is_empty(&self) -> bool {
        self.photos.is_empty()
            && self.note.is_empty()
            && self.category.is_none()
            && self.again.is_none()
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
        Self {
            id: CaseId::new(now, random::bytes()),
            begun: now,
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
