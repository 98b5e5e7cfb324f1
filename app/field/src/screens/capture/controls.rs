//! At the thumb: the shutter, the last photos, the gallery and the system's camera.

use domain::case::Report;
use leptos::{ev, prelude::*, task::spawn_local};
use web_sys::{Blob, File};

use super::{
    Bench,
    finder::{Lens, LensState},
};
use app_shared::{
    components::{
        icon::{self, Icon},
        message::{Tone, Message},
        photo::Photo,
        picker::Picker,
    },
    model::Size,
};

#[component]
pub fn Controls() -> impl IntoView {
    let bench = Bench::here();
    let words = bench.words;
    let gallery = move |files: Vec<File>| bench.add(files.into_iter().map(Blob::from).collect());
    view! {
        <div class="said" aria-live="assertive">
            {move || {
                bench
                    .trouble
                    .get()
                    .map(|text| view! { <Message tone=Tone::Bad text hook="capture-trouble" /> })
            }}
        </div>
        <div class="controls">
            <div class="side">
                <SystemCamera class="side-btn" hook="camera-input" />
                {Picker::gallery("gallery-input", "side-btn", Callback::new(gallery))
                    .labelled(
                        view! {
                            <Icon icon=icon::IMAGES />
                            {words.gallery}
                        },
                    )}
            </div>
            <Shutter />
            <div class="side">
                <Pending />
            </div>
        </div>
    }
}

#[component]
fn Shutter() -> impl IntoView {
    let bench = Bench::here();
    let words = bench.words;
    let lens = Lens::here();
    let shooting = RwSignal::new(false);
    let full = move || bench.model.draft.with(|draft| draft.photos.len() >= Report::MOST_PHOTOS);
    let ready = move || lens.state.get() == LensState::On && !full();
    let shoot = move |_| {
        let Some(camera) = lens.camera.with_value(Clone::clone) else { return };
        if shooting.get_untracked() {
            return;
        }
        shooting.set(true);
        lens.shots.update(|shots| *shots += 1);
        spawn_local(async move {
            let shot = camera.shoot().await;
            let _gone = shooting.try_set(false);
            match shot {
                Ok(blob) => bench.add(vec![blob]),
                Err(trouble) => {
                    let said = bench.words.trouble(&trouble);
                    let _gone = bench.trouble.try_set(Some(said));
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
fn Pending() -> impl IntoView {
    let bench = Bench::here();
    let words = bench.words;
    let last = move || {
        bench.model.draft.with(|draft| {
            let photo = draft.photos.last()?;
            Some((photo.hash(), draft.photos.len()))
        })
    };
    move || {
        if bench.working.get() > 0 {
            return view! {
                <span class="s" role="status">
                    {words.processing_photo}
                </span>
            }.into_any();
        }
        match last() {
            Some((hash, count)) => view! {
                <button
                    type="button"
                    class="stacked"
                    data-test="continue"
                    on:click=move |_| bench.raised.set(true)
                >
                    <Photo hash size=Size::Thumb alt="" class="photo" />
                    <span class="count">{count}</span>
                    <span class="s">{words.continue_report}</span>
                </button>
            }.into_any(),
            None => ().into_any(),
        }
    }
}

#[component]
pub fn SystemCamera(class: &'static str, hook: &'static str) -> impl IntoView {
    let bench = Bench::here();
    let taken = move |files: Vec<File>| bench.add(files.into_iter().map(Blob::from).collect());
    let opens = Callback::new(move |()| bench.model.system_camera_opens());
    Picker::camera(hook, class, opens, Callback::new(taken))
        .labelled(view! {
            <Icon icon=icon::SMARTPHONE />
            {bench.words.system_camera}
        })
}
