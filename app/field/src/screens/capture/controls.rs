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
        icon::Icon,
        markup::{IntoView, button, el, views},
        message::{Tone, message},
        photo::photo,
        picker::Picker,
    },
    model::Size,
};

pub fn controls() -> impl IntoView {
    let bench = Bench::here();
    let words = bench.words;
    let gallery = move |files: Vec<File>| bench.add(files.into_iter().map(Blob::from).collect());
    views![
        el("div").class("said").attr("aria-live", "assertive").child(move || {
            bench.trouble.get().map(|text| message(Tone::Bad, text, "capture-trouble", ()))
        }),
        el("div")
            .class("controls")
            .child(
                el("div").class("side").child(system_camera("side-btn", "camera-input")).child(
                    Picker::gallery("gallery-input", "side-btn", Callback::new(gallery))
                        .labelled(views![Icon::Images, words.gallery])
                )
            )
            .child(shutter())
            .child(el("div").class("side").child(pending()))
    ]
}

fn shutter() -> impl IntoView {
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
    button("shutter")
        .hook("shutter")
        .attr("aria-label", words.shutter)
        .attr("disabled", move || !ready())
        .on(ev::click, shoot)
}

/// The photos taken so far as a small stack that brings the sheet back.
fn pending() -> impl IntoView {
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
            return el("span")
                .class("s")
                .attr("role", "status")
                .child(words.processing_photo)
                .into_view();
        }
        match last() {
            Some((hash, count)) => button("stacked")
                .hook("continue")
                .on(ev::click, move |_| bench.raised.set(true))
                .child(photo(hash, Size::Thumb, "", "photo"))
                .child(el("span").class("count").child(count))
                .child(el("span").class("s").child(words.continue_report))
                .into_view(),
            None => ().into_view(),
        }
    }
}

pub fn system_camera(class: &'static str, hook: &'static str) -> impl IntoView {
    let bench = Bench::here();
    let taken = move |files: Vec<File>| bench.add(files.into_iter().map(Blob::from).collect());
    let opens = Callback::new(move |()| bench.model.system_camera_opens());
    Picker::camera(hook, class, opens, Callback::new(taken))
        .labelled(views![Icon::Smartphone, bench.words.system_camera])
}
