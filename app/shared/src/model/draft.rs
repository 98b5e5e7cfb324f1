//! Work that is not saved yet: the report being captured, and what is being
//! written on a case. Kept on the phone as it is typed, restored after anything.

use domain::{
    CaseId, CategoryCode, ConditionCode, District, PhotoHash, Timestamp, UserName,
    case::{Outcome, Source},
    evidence::Shot,
    place::{MOST_AGE_MS, Place, PlaceChoice, Position, distance_m},
};
use serde::{Deserialize, Serialize};

use super::PositionState;
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
    /// [`Self::is_better`].
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

    /// When its photos were taken, by the device's clock.
    pub fn photographed(&self) -> impl Iterator<Item = Timestamp> {
        self.photos.iter().map(|photo| photo.shot.taken.claimed)
    }

    /// Its place, as the report's will be when it is saved at `now`, by the device's clock.
    pub fn place(&self, district: &District, now: Timestamp) -> Place {
        let position = self.position.map(|position| position.aged(self.photographed(), now));
        district.place(position, &self.chosen)
    }

    /// The position that its place comes from: its own, or the phone's while nothing is
    /// photographed.
    pub fn position_or(&self, here: PositionState) -> Option<Position> {
        if self.photos.is_empty() { here.known() } else { self.position }
    }

    /// Whether a fix says more about where the photos were taken than the position that is
    /// kept: there is none, it is of another time, or its circle is wider and holds the fix.
    /// One that is read long after the last photo says where the phone is taken to.
    pub fn is_better(&self, fix: Position) -> bool {
        let most = i64::try_from(MOST_AGE_MS).unwrap_or(i64::MAX);
        let is_near = |position: Position| {
            self.photographed().any(|taken| taken.since(position.read).saturating_abs() <= most)
        };
        let is_too_late = self.photographed().all(|taken| fix.read.since(taken) > most);
        if is_too_late {
            return false;
        }
        let Some(kept) = self.position else { return true };
        match (is_near(kept), is_near(fix)) {
            (false, true) => true,
            (true, false) => false,
            (false, false) => fix.read > kept.read,
            (true, true) => {
                fix.accuracy_m < kept.accuracy_m
                    && distance_m(fix.at, kept.at) <= f64::from(kept.accuracy_m)
            }
        }
    }

    /// Takes the fix when it is better.
    pub fn take_fix(&mut self, fix: Position) {
        if self.is_better(fix) {
            self.position = Some(fix);
        }
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

#[cfg(test)]
mod tests {
    use domain::place::{GeoPoint, PlaceDoubt};

    use super::*;
    use crate::case_story::{at, district, shot};

    /// Photographed at these seconds after ten o'clock.
    fn draft(photos: &[i64], position: Option<Position>) -> Draft {
        let photo = |seconds: &i64| {
            let mut shot = shot("before");
            shot.taken.claimed = time(*seconds);
            DraftPhoto { shot }
        };
        Draft {
            id: CaseId::new(time(0), [1; 10]),
            begun: time(0),
            author: None,
            photos: photos.iter().map(photo).collect(),
            category: None,
            condition: None,
            position,
            chosen: PlaceChoice::default(),
            source: Source::default(),
            note: String::new(),
            camera_opened: None,
            again: None,
        }
    }

    fn time(seconds: i64) -> Timestamp {
        at("2026-11-23 10:00").plus_millis(1_000 * seconds)
    }

    /// Read at these seconds after ten o'clock, so far east of East Ankang Road.
    fn fix(seconds: i64, accuracy_m: u32, east_e6: i32) -> Position {
        let mut at = GeoPoint::from_degrees(32.705, 109.101).unwrap();
        at.lon_e6 += east_e6;
        Position { at, accuracy_m, read: time(seconds) }
    }

    #[test]
    fn fix_is_taken_when_it_says_more_about_the_photos_than_what_is_kept() {
        let wide = Some(fix(0, 300, 0));
        let good = Some(fix(0, 8, 0));
        let old = Some(fix(-7_272, 8, 0));
        for (photos, kept, found, is_taken) in [
            (&[0][..], None, fix(0, 8, 0), true),
            // None in time: an old one is said as such.
            (&[0], None, fix(-7_272, 8, 0), true),
            (&[0], None, fix(60, 8, 0), true),
            (&[0], None, fix(120, 8, 0), true),
            // At home, in the evening.
            (&[0], None, fix(121, 8, 0), false),
            (&[0], None, fix(30_000, 8, 0), false),
            (&[0], old, fix(10, 3_000, 0), true),
            (&[0], old, fix(-7_200, 8, 0), true),
            (&[0], old, fix(-9_000, 8, 0), false),
            (&[0], old, fix(30_000, 8, 0), false),
            (&[0], good, fix(-7_272, 3, 0), false),
            (&[0], good, fix(10, 300, 0), false),
            // The receiver has warmed up.
            (&[0], wide, fix(10, 8, 0), true),
            (&[0], wide, fix(10, 8, 3_000), true),
            // 375 m from the middle of 300 m: walked on.
            (&[0], wide, fix(10, 8, 4_000), false),
            (&[0], good, fix(20, 3, 500), false),
            // The first photo was taken there.
            (&[0, 7_200], good, fix(7_200, 8, 5_000), false),
            (&[7_200], good, fix(7_200, 8, 5_000), true),
            (&[0, 7_200], None, fix(7_200, 8, 0), true),
            (&[], None, fix(0, 8, 0), false),
        ] {
            let mut draft = draft(photos, kept);
            draft.take_fix(found);
            let expected = if is_taken { Some(found) } else { kept };
            assert_eq!(draft.position, expected, "{photos:?} {kept:?} {found:?}");
            assert!(!draft.is_better(found) || found.accuracy_m > 8, "taken again: {found:?}");
        }
    }

    #[test]
    fn place_of_a_draft_is_that_of_its_photos_however_late_it_is_saved() {
        let district = district();
        for (photos, position, minutes, section, is_stale) in [
            (&[0][..], Some(fix(0, 8, 0)), 1, Some("s1"), false),
            (&[0], Some(fix(0, 8, 0)), 600, Some("s1"), false),
            (&[0], Some(fix(-7_272, 8, 0)), 1, None, true),
            (&[], Some(fix(0, 8, 0)), 1, Some("s1"), false),
            (&[], Some(fix(0, 8, 0)), 3, None, true),
            (&[0], None, 1, None, false),
        ] {
            let place = draft(photos, position).place(&district, time(60 * minutes));
            let found = place.section.as_ref().map(|code| code.as_str().to_owned());
            assert_eq!(found.as_deref(), section, "{photos:?} {position:?} {minutes}");
            let stale = matches!(place.doubt, Some(PlaceDoubt::Stale { .. }));
            assert_eq!(stale, is_stale, "{photos:?} {position:?} {minutes}");
        }
    }
}
