//! At the thumb: the shutter, the last photos, the gallery and the system's camera.

use domain::case::Report;
use leptos::{prelude::*, task::spawn_local};
use web_sys::{Blob, File};

use super::{
    CaptureContext,
    sheet_link::SheetLink,
    system_camera::SystemCamera,
    viewfinder::{CameraContext, CameraState},
};
use app_shared::{
    components::{
        icon::{self, Icon},
        message::{Message, Tone},
        photo::Photo,
        picker::FilePicker,
    },
    model::{PhotoInput, Size},
};

#[component]
pub fn Controls() -> impl IntoView {
    let capture = CaptureContext::here();
    let words = capture.words;
    let chosen = move |files: Vec<File>| {
        capture.add(files.into_iter().map(Blob::from).collect(), PhotoInput::Gallery);
    };
    view! {
        <div class="capture-error" aria-live="assertive">
            {move || {
                capture
                    .error
                    .get()
                    .map(|text| view! { <Message tone=Tone::Bad text hook="capture-error" /> })
            }}
        </div>
        <div class="controls">
            <div class="side">
                <SystemCamera class="side-btn" hook="camera-input" />
                <FilePicker hook="gallery-input" class="side-btn" on_pick=Callback::new(chosen)>
                    <Icon icon=icon::IMAGES />
                    {words.gallery}
                </FilePicker>
            </div>
            <Shutter />
            <div class="side">
                <OpenSheet />
            </div>
        </div>
    }
}

#[component]
fn Shutter() -> impl IntoView {
    let capture = CaptureContext::here();
    let words = capture.words;
    let context = CameraContext::here();
    let shooting = RwSignal::new(false);
    let full = move || capture.model.draft.with(|draft| draft.photos.len() >= Report::MAX_PHOTOS);
    let ready = move || context.state.get() == CameraState::On && !full();
    let shoot = move |_| {
        let Some(camera) = context.camera.with_value(Clone::clone) else { return };
        if shooting.get_untracked() {
            return;
        }
        shooting.set(true);
        context.shots.update(|shots| *shots += 1);
        spawn_local(async move {
            let shot = camera.shoot().await;
            let _gone = shooting.try_set(false);
            match shot {
                Ok(blob) => capture.add(vec![blob], PhotoInput::Viewfinder),
                Err(error) => {
                    let _gone = capture.error.try_set(Some(capture.words.error(&error)));
                }
            }
        });
    };
    view! {
        <button
            type="button"
            class="shutter"
            data-test="shutter"
            aria-label=words.shutter
            disabled=move || !ready()
            on:click=shoot
        ></button>
    }
}

/// The photos taken so far as a small stack that brings the sheet back.
#[component]
fn OpenSheet() -> impl IntoView {
    let capture = CaptureContext::here();
    let words = capture.words;
    let link = Memo::new(move |_| {
        let is_processing = capture.working.get() > 0;
        capture.model.draft.with(|draft| SheetLink::of(draft, is_processing))
    });
    let stacked = move |picture: AnyView| {
        view! {
            <button
                type="button"
                class="stacked"
                data-test="continue"
                on:click=move |_| capture.raised.set(true)
            >
                {picture}
                <span class="s">{words.continue_report}</span>
            </button>
        }
        .into_any()
    };
    move || match link.get() {
        SheetLink::None => ().into_any(),
        SheetLink::Processing => view! {
            <span class="s" role="status">
                {words.processing_photo}
            </span>
        }
        .into_any(),
        SheetLink::Photo { last, count } => stacked(
            view! {
                <Photo hash=last size=Size::Thumb alt="" class="photo" />
                <span class="count">{count}</span>
            }
            .into_any(),
        ),
        SheetLink::WithoutPhoto => stacked(view! { <Icon icon=icon::LAYOUT_LIST /> }.into_any()),
    }
}
