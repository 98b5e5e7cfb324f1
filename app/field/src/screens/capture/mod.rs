//! Capture, the inspector's home: photo first, then a type guessed from what is near
//! and recent, then save. Position is read from the moment it opens; saving never waits.

mod category_detail;
mod category_picker;
mod choose_place;
mod controls;
mod extras;
mod nearby;
mod place_sentence;
mod place_strip;
mod preview;
mod report_sheet;
mod system_camera;
mod viewfinder;

use leptos::{prelude::*, task::spawn_local};
use web_sys::Blob;

use self::{
    controls::Controls,
    place_strip::PlaceStrip,
    report_sheet::ReportSheet,
    viewfinder::{CameraContext, Viewfinder},
};
use app_shared::{
    components::toasts::Toasts,
    model::{Model, PhotoInput},
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
    /// The last thing that went wrong, in place.
    trouble: RwSignal<Option<String>>,
}

#[component]
pub fn Capture() -> impl IntoView {
    let capture = CaptureContext {
        model: Model::here(),
        words: words(),
        toasts: Toasts::here(),
        raised: RwSignal::new(false),
        working: RwSignal::new(0),
        trouble: RwSignal::new(None),
    };
    provide_context(capture);
    CameraContext::provide();
    let model = capture.model;
    // Held while capture is open, and nowhere else: there is no track.
    let _watch = StoredValue::new_local(Some(model.watch_position()));
    if model.draft.with_untracked(|draft| draft.camera_opened.is_some()) {
        // Back at the camera, where the photo is missing; the others are in the stack.
        capture.trouble.set(Some(capture.words.camera_lost.into()));
    } else {
        let (photos, is_again) =
            model.draft.with_untracked(|draft| (draft.photos.len(), draft.again.is_some()));
        capture.raised.set(photos > 0);
        if is_again {
            capture.toasts.say(capture.words.draft_again_text());
        } else if photos > 0 {
            capture.toasts.say(capture.words.draft_restored);
        }
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
        self.trouble.set(None);
        self.working.update(|count| *count += 1);
        spawn_local(async move {
            for blob in blobs {
                match self.model.add_photo(&blob, input).await {
                    Ok(_) => {
                        let _gone = self.raised.try_set(true);
                    }
                    Err(trouble) => {
                        let said = self.words.error(&trouble);
                        let _gone = self.trouble.try_set(Some(said));
                    }
                }
            }
            let _gone = self.working.try_update(|count| *count = count.saturating_sub(1));
        });
    }
}
