//! Capture, the inspector's home: photo first, then a type guessed from what is near
//! and recent, then save. Position is read from the moment it opens; saving never waits.

mod category_detail;
mod category_picker;
mod choose_place;
mod controls;
mod extras;
mod nearby;
mod opening;
mod place_candidates;
mod place_sentence;
mod place_strip;
mod preview;
mod report_sheet;
mod routing_line;
mod save_offer;
mod sheet_link;
mod system_camera;
#[cfg(test)]
mod test_drafts;
mod viewfinder;
mod whereabouts;

use leptos::{prelude::*, task::spawn_local};
use web_sys::Blob;

use self::{
    controls::Controls,
    opening::Opening,
    place_strip::PlaceStrip,
    report_sheet::ReportSheet,
    viewfinder::{CameraContext, Viewfinder},
};
use app_shared::{
    components::toasts::Toasts,
    model::{Model, PhotoAdded, PhotoInput},
    text::{Words, words},
};

/// What the parts of capture share. In context.
#[derive(Clone, Copy)]
pub struct CaptureContext {
    model: Model,
    words: Words,
    toasts: Toasts,
    /// The report's sheet is up; down while another photo is taken.
    raised: RwSignal<bool>,
    /// Photos being copied, shrunk and checked.
    working: RwSignal<u32>,
    saving: RwSignal<bool>,
    /// The sheet to choose the place from is open.
    choosing_place: RwSignal<bool>,
    /// The last thing that went wrong, in place.
    error: RwSignal<Option<String>>,
}

#[component]
pub fn Capture() -> impl IntoView {
    let capture = CaptureContext {
        model: Model::here(),
        words: words(),
        toasts: Toasts::here(),
        raised: RwSignal::new(false),
        working: RwSignal::new(0),
        saving: RwSignal::new(false),
        choosing_place: RwSignal::new(false),
        error: RwSignal::new(None),
    };
    provide_context(capture);
    CameraContext::provide();
    let model = capture.model;
    // Held while capture is open, and nowhere else: there is no track.
    let _watch = StoredValue::new_local(Some(model.watch_position()));
    model.follow_nearby(move || model.draft.with(|draft| model.place_here(draft))?.known_at());
    let opening = model.draft.with_untracked(Opening::of);
    capture.raised.set(opening.raises_sheet());
    capture.error.set(opening.error(capture.words).map(Into::into));
    if let Some(text) = opening.toast(capture.words) {
        capture.toasts.say(text);
    }
    // Still set after a restart only: then the page was closed under the camera.
    model.draft.update(|draft| draft.camera_opened = None);
    on_cleanup(move || model.draft.update(|draft| draft.camera_opened = None));
    view! {
        <div class="capture">
            <PlaceStrip />
            <Viewfinder />
            <Controls />
            <ReportSheet />
        </div>
    }
}

impl CaptureContext {
    /// The context of the capture screen, in which every caller stands.
    fn here() -> Self {
        expect_context()
    }

    /// Takes photos into the draft, one after the other; then the sheet rises.
    fn add(self, blobs: Vec<Blob>, input: PhotoInput) {
        self.error.set(None);
        self.working.update(|count| *count += 1);
        spawn_local(async move {
            for blob in blobs {
                match self.model.add_photo(&blob, input).await {
                    Ok(PhotoAdded::ToOpen) => drop(self.raised.try_set(true)),
                    Ok(PhotoAdded::ToNext) => self.toasts.say(self.words.late_photo_is_next()),
                    Err(error) => {
                        let _gone = self.error.try_set(Some(self.words.error(&error)));
                    }
                }
            }
            let _gone = self.working.try_update(|count| *count = count.saturating_sub(1));
        });
    }
}
