//! New photos: copied, checked, kept on this phone, added to a draft.

use std::io::BufReader;

use domain::{
    DeviceTime,
    case::Report,
    evidence::{Shot, ShotOrigin, SourceFile},
    sync::outbox::{PhotoRow, ROW_FORMAT, Tries},
};
use js_sys::{ArrayBuffer, Promise};
use leptos::prelude::*;
use wasm_bindgen::JsCast as _;
use wasm_bindgen_futures::JsFuture;
use web_sys::Blob;

use super::{AppError, DraftPhoto, Model, PhotoAdded, PhotoError, WorkDraft};
use crate::device::{
    clock,
    file_claims::read_claims,
    file_reader::FileReader,
    hash, health, photo_worker,
    store::{self, NewPhoto},
};

/// Bytes that no photo may take: enough for the text of thousands of records.
const ROOM_FOR_TEXT: u64 = 20_000_000;

/// What handed a photo over.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PhotoInput {
    /// A still of the app's own viewfinder.
    Viewfinder,
    /// The system's camera, opened from the app.
    SystemCamera,
    /// A file that was chosen.
    Gallery,
}

impl Model {
    /// Copies the bytes at once, shrinks and checks them in the photo worker, keeps
    /// them on this phone and adds the photo to [`Self::draft`]. `blob` is a camera's
    /// still or a picker's file, as `input` says.
    ///
    /// # Errors
    /// [`AppError::Photo`], or the store's. The draft is unchanged then.
    pub async fn add_photo(&self, blob: &Blob, input: PhotoInput) -> Result<PhotoAdded, AppError> {
        // What comes back from the system's camera ends the wait for it, good or bad.
        if self.draft.with_untracked(|draft| draft.camera_opened.is_some()) {
            self.draft.update(|draft| draft.camera_opened = None);
        }
        room_for_one(self.draft.with_untracked(|draft| draft.photos.len()))?;
        let taken_for = self.inner.taken_for_now();
        self.inner.photo_taken.notify();
        let photo = self.keep_photo(blob, input).await?;
        self.inner.add_to_draft(taken_for, photo)
    }

    /// The same for what is being written on a case.
    ///
    /// # Errors
    /// As [`Self::add_photo`].
    pub async fn add_work_photo(
        &self,
        work: RwSignal<WorkDraft>,
        blob: &Blob,
        input: PhotoInput,
    ) -> Result<DraftPhoto, AppError> {
        let (case, photos) = work.with_untracked(|work| (work.case, work.photos.len()));
        room_for_one(photos)?;
        let photo = self.keep_photo(blob, input).await?;
        // The screen may have gone: the draft itself has not.
        if let Some(work) = self.inner.open_work(case) {
            work.update(|work| {
                work.camera_opened = None;
                work.photos.push(photo.clone());
            });
        }
        Ok(photo)
    }

    async fn keep_photo(&self, blob: &Blob, input: PhotoInput) -> Result<DraftPhoto, AppError> {
        // The picker's bytes first: they may not be there after the next wait.
        let bytes = bytes_of(blob).await?;
        let health = health::look().await;
        if let (Some(used), Some(quota)) = (health.used, health.quota)
            && quota.saturating_sub(used) < ROOM_FOR_TEXT
        {
            return Err(AppError::StorageLow);
        }
        let offset_ms = self.inner.state.with_value(|state| state.offset_ms);
        let taken = DeviceTime { claimed: clock::now(), offset_ms };
        // Before the worker gets the bytes: what it gives back says none of this.
        let origin = origin_of(input, &bytes).await;
        let made = photo_worker::make(bytes).await?;
        let length = u64::from(made.bytes.byte_length());
        let kept = PhotoRow {
            format: ROW_FORMAT,
            hash: made.hash,
            length,
            kind: made.format,
            kept_at: taken.claimed,
            answer: None,
            tries: Tries::default(),
            evicted: false,
            damaged: false,
            lacked: false,
        };
        let new = NewPhoto { kept: &kept, bytes: &made.bytes, thumb: made.thumb.as_ref() };
        store::put_photo(new).await?;
        let shot = Shot {
            hash: made.hash,
            length,
            format: made.format,
            width: made.width,
            height: made.height,
            taken,
            origin,
        };
        Ok(DraftPhoto { shot })
    }
}

fn room_for_one(photos: usize) -> Result<(), AppError> {
    if photos < Report::MAX_PHOTOS {
        Ok(())
    } else {
        Err(PhotoError::TooMany { most: Report::MAX_PHOTOS }.into())
    }
}

async fn origin_of(input: PhotoInput, bytes: &ArrayBuffer) -> ShotOrigin {
    let origin = match input {
        PhotoInput::Viewfinder => return ShotOrigin::Camera,
        PhotoInput::SystemCamera => ShotOrigin::SystemCamera,
        PhotoInput::Gallery => ShotOrigin::Gallery,
    };
    let claimed = read_claims(&mut BufReader::new(FileReader::new(bytes)));
    origin(SourceFile { hash: hash::sha256(bytes).await, claimed })
}

/// The bytes, while the picker still has them.
async fn bytes_of(blob: &Blob) -> Result<ArrayBuffer, AppError> {
    // Begins to read before anything is awaited.
    let reading: Promise = blob.array_buffer().unchecked_into();
    let bytes = JsFuture::from(reading).await.map_err(|_| PhotoError::Unreadable)?;
    bytes.dyn_into().map_err(|_| PhotoError::Unreadable.into())
}
