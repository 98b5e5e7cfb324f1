//! The fix with its after-photos: same spot, same angle. Kept as it is made, and
//! restored when the sheet is opened again.

use domain::case::{Command, Report};
use leptos::{ev, prelude::*, task::spawn_local};
use web_sys::{Blob, File};

use super::Acts;
use crate::{
    components::{
        dom,
        icon::Icon,
        markup::{IntoView, button, el, show, views},
        message::{Tone, message},
        photo::photo,
        picker::Picker,
        sheet::sheet,
        thumbs::thumb_strip,
    },
    model::{Size, WorkDraft},
};

pub fn rectify_panel() -> impl IntoView {
    let acts = Acts::here();
    sheet(acts.rectify, acts.words.rectify_title, "rectify-sheet", inside)
}

fn inside() -> impl IntoView {
    let acts = Acts::here();
    let words = acts.words;
    let work = acts.model.work_draft(acts.id);
    let photos = Memo::new(move |_| work.with(|work| work.photos.clone()));
    let working = RwSignal::new(false);
    let trouble = RwSignal::new(None::<String>);
    // Opened before this page began: the page was closed under the camera.
    Effect::new(move |_| {
        if work.with(|work| work.camera_opened.is_some()) && !acts.is_photographing() {
            trouble.set(Some(words.camera_lost.into()));
            work.update(|work| work.camera_opened = None);
        }
    });
    let remove = move |index: usize| {
        work.update(|work| {
            if index < work.photos.len() {
                work.photos.remove(index);
            }
        });
    };
    let add = move |files: Vec<File>| {
        trouble.set(None);
        working.set(true);
        spawn_local(async move {
            for file in files {
                if let Err(no) = acts.model.add_work_photo(work, &Blob::from(file)).await {
                    let _gone = trouble.try_set(Some(words.trouble(&no)));
                }
            }
            let _gone = working.try_set(false);
        });
    };
    let opens = Callback::new(move |()| acts.camera_opens(work));
    let before =
        acts.entry.with_untracked(|entry| entry.case.report.photos.first().map(|shot| shot.hash));
    views![
        el("div")
            .class("sheet-body")
            .child(
                el("div")
                    .class("why-line")
                    .child(before.map(|hash| photo(hash, Size::Thumb, words.before, "photo thumb")))
                    .child(el("p").child(words.rectify_why))
            )
            .child(show(
                move || !photos.with(Vec::is_empty),
                move || thumb_strip(photos, Callback::new(remove), None)
            ))
            .child(
                el("div")
                    .class("field-row")
                    .child(
                        Picker::camera("after-camera-input", "btn", opens, Callback::new(add))
                            .labelled(views![Icon::Camera, words.shutter])
                    )
                    .child(
                        Picker::gallery("after-input", "btn", Callback::new(add))
                            .labelled(views![Icon::Images, words.gallery])
                    )
            )
            .child(show(
                move || working.get(),
                move || el("p")
                    .class("s quiet")
                    .attr("role", "status")
                    .child(words.processing_photo)
            ))
            .child(move || trouble.get().map(|text| message(Tone::Bad, text, "message", ())))
            .child(note_field(work))
            .child(move || acts.refusal.get().map(|text| message(
                Tone::Bad,
                text,
                "act-refusal",
                ()
            ))),
        send_bar(work)
    ]
}

fn note_field(work: RwSignal<WorkDraft>) -> impl IntoView {
    let words = Acts::here().words;
    el("div").class("field").child(el("label").attr("for", "rectify-note").child(words.note)).child(
        el("textarea")
            .attr("id", "rectify-note")
            .hook("rectify-note")
            .attr("rows", "2")
            .attr("maxlength", Report::LONGEST_TEXT.to_string())
            .attr("placeholder", words.rectify_note_hint)
            .prop("value", move || work.with(|work| work.note.clone()))
            .on(ev::input, move |event| {
                let note = dom::value_of(&event);
                work.update(|work| work.note = note);
            }),
    )
}

fn send_bar(work: RwSignal<WorkDraft>) -> impl IntoView {
    let acts = Acts::here();
    let none = move || work.with(|work| work.photos.is_empty());
    let send = move |_| {
        let (photos, note) =
            work.with_untracked(|work| (work.shots(), work.note.trim().to_owned()));
        acts.now(Command::Rectify { photos, note }, move || {
            let _gone = acts.rectify.try_set(false);
        });
    };
    el("div").class("sheet-foot").child(
        button("btn btn-main btn-wide btn-tall")
            .hook("rectify-send")
            .attr("disabled", move || none() || acts.busy.get())
            .on(ev::click, send)
            .child(acts.words.rectify_send),
    )
}
