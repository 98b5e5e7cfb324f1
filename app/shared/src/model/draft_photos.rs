//! Which draft a photo belongs to: the one that it was taken for. A photo that arrives after
//! its draft was saved or discarded, and one whose removal is undone then, never enters
//! another draft that has something in it.

use domain::{CaseId, PhotoHash, UserName, case::Report, place::Position};
use leptos::prelude::*;

use super::{AppError, Draft, DraftPhoto, Model, PhotoError, drafts::keep, inner::Inner};
use crate::device::{clock, store};

/// A photo taken out of a draft, for the undo bar.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RemovedPhoto {
    pub draft: CaseId,
    pub index: usize,
    pub photo: DraftPhoto,
}

/// What has become of a removed photo whose removal was undone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RemovalUndone {
    PutBack,
    /// Its draft is saved or discarded: the photo stays out of whichever is open now.
    DraftGone,
    /// Others were taken meanwhile, as many as a report may have.
    NoRoom,
}

/// Where a new photo is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PhotoAdded {
    /// In the draft that is open.
    ToOpen,
    /// In a draft of its own, which opens after the one that is open now.
    ToNext,
}

/// What was so when the photo was taken; making it ready takes a while.
#[derive(Clone, Debug)]
pub(super) struct TakenFor {
    pub draft: CaseId,
    pub author: Option<UserName>,
    pub position: Option<Position>,
}

impl Model {
    /// Takes the photo at `index` out of the draft. Its bytes stay on this phone for a day.
    pub fn remove_photo(&self, index: usize) -> Option<RemovedPhoto> {
        let removed = self.draft.try_update(|draft| draft.take_out(index))??;
        let hash = removed.photo.hash();
        leptos::task::spawn_local(async move { keep_for_undo(&[hash]).await });
        Some(removed)
    }

    /// Undo of [`Self::remove_photo`].
    pub fn undo_remove_photo(&self, removed: RemovedPhoto) -> RemovalUndone {
        // What is being saved is sealed without it.
        if self.inner.is_saving() {
            return RemovalUndone::DraftGone;
        }
        let undone = self.draft.try_update(|draft| draft.put_back(removed));
        undone.unwrap_or(RemovalUndone::DraftGone)
    }
}

impl Inner {
    /// What a photo that is taken now belongs to.
    pub(super) fn taken_for_now(self) -> TakenFor {
        let position = self.position.get_untracked().known();
        self.draft.with_untracked(|draft| TakenFor {
            draft: draft.id,
            author: draft.author.clone(),
            position,
        })
    }

    /// Adds a photo that is ready to the draft it was taken for.
    pub(super) fn add_to_draft(
        self,
        taken_for: TakenFor,
        photo: DraftPhoto,
    ) -> Result<PhotoAdded, AppError> {
        match self.draft.try_update(|draft| draft.add(&taken_for, photo.clone())) {
            Some(Added::Here) => {
                // At once: a photo is more than a letter typed, and cannot be taken again.
                self.keep_draft_now();
                Ok(PhotoAdded::ToOpen)
            }
            Some(Added::NoRoom) => Err(PhotoError::TooMany { most: Report::MAX_PHOTOS }.into()),
            Some(Added::NotHere) | None => {
                let draft = Draft {
                    author: taken_for.author,
                    position: taken_for.position,
                    photos: vec![photo],
                    ..Draft::blank()
                };
                leptos::task::spawn_local(keep(draft));
                Ok(PhotoAdded::ToNext)
            }
        }
    }
}

/// What an open draft does with a photo.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Added {
    Here,
    NoRoom,
    /// It was taken for another one.
    NotHere,
}

impl Draft {
    fn take_out(&mut self, index: usize) -> Option<RemovedPhoto> {
        let is_there = index < self.photos.len();
        is_there.then(|| RemovedPhoto { draft: self.id, index, photo: self.photos.remove(index) })
    }

    fn put_back(&mut self, removed: RemovedPhoto) -> RemovalUndone {
        if removed.draft != self.id {
            return RemovalUndone::DraftGone;
        }
        if self.photos.len() >= Report::MAX_PHOTOS {
            return RemovalUndone::NoRoom;
        }
        let index = removed.index.min(self.photos.len());
        self.photos.insert(index, removed.photo);
        RemovalUndone::PutBack
    }

    fn add(&mut self, taken_for: &TakenFor, photo: DraftPhoto) -> Added {
        // Saved or discarded meanwhile: the photo begins the next draft of the same person
        // rather than be lost.
        let begins = self.may_be_replaced() && self.author == taken_for.author;
        if self.id != taken_for.draft && !begins {
            return Added::NotHere;
        }
        if self.photos.len() >= Report::MAX_PHOTOS {
            return Added::NoRoom;
        }
        // One that is left over is that of photos which are gone.
        if self.photos.is_empty() {
            self.position = None;
        }
        self.photos.push(photo);
        if let Some(fix) = taken_for.position {
            self.take_fix(fix);
        }
        Added::Here
    }

    /// Photos that came while `saved`, an earlier state of this draft, was being saved. They
    /// are in no report yet.
    pub(super) fn photos_since(&self, saved: &Self) -> Vec<DraftPhoto> {
        if self.id != saved.id {
            return Vec::new();
        }
        let is_saved = |photo: &DraftPhoto| saved.photos.iter().any(|it| it.hash() == photo.hash());
        self.photos.iter().filter(|photo| !is_saved(photo)).cloned().collect()
    }
}

/// The day for which bytes that nothing names are kept begins anew.
pub(super) async fn keep_for_undo(photos: &[PhotoHash]) {
    // Not written now: they are cleared out at the next start at the earliest.
    let _kept = store::photos_left_draft(photos, clock::now()).await;
}

#[cfg(test)]
mod tests;
