//! The fix with its after-photos: same spot, same angle. Kept as it is made, and
//! restored when the sheet is opened again.

use domain::case::{Command, Report};
use leptos::{prelude::*, task::spawn_local};
use web_sys::{Blob, File};

use super::Acts;
use crate::{
    components::{
        dom,
        icon::{self, Icon},
        message::{Message, Tone},
        photo::Photo,
        photo_strip::PhotoStrip,
        picker::FilePicker,
        sheet::Sheet,
    },
    model::{PhotoInput, Size, WorkDraft},
};

#[component]
pub fn RectifyPanel() -> impl IntoView {
    let acts = Acts::here();
    view! {
        <Sheet open=acts.rectify title=acts.words.rectify_title hook="rectify-sheet">
            <RectifyForm />
        </Sheet>
    }
}

#[component]
fn RectifyForm() -> impl IntoView {
    let acts = Acts::here();
    let words = acts.words;
    let work = acts.model.work_draft(acts.id);
    let photos = Memo::new(move |_| work.with(|work| work.photos.clone()));
    let working = RwSignal::new(false);
    let error = RwSignal::new(None::<String>);
    // Opened before this page began: the page was closed under the camera.
    Effect::new(move |_| {
        if work.with(|work| work.camera_opened.is_some()) && !acts.is_photographing() {
            error.set(Some(words.camera_lost.into()));
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
    let add = move |files: Vec<File>, input: PhotoInput| {
        error.set(None);
        working.set(true);
        spawn_local(async move {
            for file in files {
                if let Err(no) = acts.model.add_work_photo(work, &Blob::from(file), input).await {
                    let _gone = error.try_set(Some(words.error(&no)));
                }
            }
            let _gone = working.try_set(false);
        });
    };
    let opens = Callback::new(move |()| acts.camera_opens(work));
    let before =
        acts.entry.with_untracked(|entry| entry.case.report.photos.first().map(|shot| shot.hash));
    view! {
        <div class="sheet-body">
            <div class="why-line">
                {before
                    .map(|hash| {
                        view! {
                            <Photo hash size=Size::Thumb alt=words.before class="photo thumb" />
                        }
                    })} <p>{words.rectify_why}</p>
            </div>
            <Show when=move || !photos.with(Vec::is_empty)>
                <PhotoStrip photos remove=Callback::new(remove) />
            </Show>
            <div class="field-row">
                <FilePicker
                    hook="after-camera-input"
                    class="btn"
                    camera=true
                    on_open=opens
                    on_pick=Callback::new(move |files| add(files, PhotoInput::SystemCamera))
                >
                    <Icon icon=icon::CAMERA />
                    {words.shutter}
                </FilePicker>
                <FilePicker
                    hook="after-input"
                    class="btn"
                    on_pick=Callback::new(move |files| add(files, PhotoInput::Gallery))
                >
                    <Icon icon=icon::IMAGES />
                    {words.gallery}
                </FilePicker>
            </div>
            <Show when=move || working.get()>
                <p class="s quiet" role="status">
                    {words.processing_photo}
                </p>
            </Show>
            {move || {
                error.get().map(|text| view! { <Message tone=Tone::Bad text hook="message" /> })
            }}
            <NoteField work />
            {move || {
                acts.refusal
                    .get()
                    .map(|text| view! { <Message tone=Tone::Bad text hook="act-refusal" /> })
            }}
        </div>
        <SendBar work />
    }
}

#[component]
fn NoteField(work: RwSignal<WorkDraft>) -> impl IntoView {
    let words = Acts::here().words;
    view! {
        <div class="field">
            <label for="rectify-note">{words.note}</label>
            <textarea
                id="rectify-note"
                data-test="rectify-note"
                rows="2"
                maxlength=Report::LONGEST_TEXT.to_string()
                placeholder=words.rectify_note_hint
                prop:value=move || work.with(|work| work.note.clone())
                on:input=move |event| {
                    let note = dom::value_of(&event);
                    work.update(|work| work.note = note);
                }
            ></textarea>
        </div>
    }
}

#[component]
fn SendBar(work: RwSignal<WorkDraft>) -> impl IntoView {
    let acts = Acts::here();
    let none = move || work.with(|work| work.photos.is_empty());
    let send = move |_| {
        let (photos, note) =
            work.with_untracked(|work| (work.shots(), work.note.trim().to_owned()));
        acts.now(Command::Rectify { photos, note }, move || {
            let _gone = acts.rectify.try_set(false);
        });
    };
    view! {
        <div class="sheet-foot">
            <button
                type="button"
                class="btn btn-main btn-wide btn-tall"
                data-test="rectify-send"
                disabled=move || none() || acts.busy.get()
                on:click=send
            >
                {acts.words.rectify_send}
            </button>
        </div>
    }
}
