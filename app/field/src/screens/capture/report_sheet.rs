//! The sheet that rises after the first photo: type, where it goes, save.

use domain::case::Report as Reported;
use leptos::{prelude::*, task::spawn_local};

use super::{
    CaptureContext,
    category_detail::CategoryDetail,
    category_picker::CategoryPicker,
    extras::Extras,
    nearby::Nearby,
    preview::{Permitted, Preview},
};
use app_shared::{
    components::{
        icon::{self, Icon},
        message::{Message, Tone},
        photo_strip::PhotoStrip,
    },
    model::DiscardUndone,
};

#[component]
pub fn ReportSheet() -> impl IntoView {
    let capture = CaptureContext::here();
    let has_photo = move || capture.model.draft.with(|draft| !draft.photos.is_empty());
    view! {
        <Show when=move || capture.raised.get() && has_photo()>
            <RaisedSheet />
        </Show>
    }
}

#[component]
fn RaisedSheet() -> impl IntoView {
    let capture = CaptureContext::here();
    let words = capture.words;
    let model = capture.model;
    let photos = Memo::new(move |_| model.draft.with(|draft| draft.photos.clone()));
    let remove = move |index: usize| {
        if let Some(removed) = model.remove_photo(index) {
            capture.toasts.undo(words.photo_removed, move |_| model.put_back(removed.clone()));
        }
    };
    let discard = move |_| {
        let old = model.discard_draft();
        capture.raised.set(false);
        capture.toasts.undo(words.draft_discarded, move |_| {
            match model.undo_discard(old.clone()) {
                DiscardUndone::Open => drop(capture.raised.try_set(true)),
                DiscardUndone::AfterThis => capture.toasts.say(words.discarded_draft_is_next()),
            }
        });
    };
    let full = move || photos.with(Vec::len) >= Reported::MOST_PHOTOS;
    let another = move || {
        view! {
            <button
                type="button"
                class="add"
                data-test="photo-add"
                on:click=move |_| capture.raised.set(false)
            >
                <Icon icon=icon::PLUS />
                <span>{words.another_photo}</span>
            </button>
        }
        .into_any()
    };
    view! {
        <section class="rise" data-test="report-sheet" aria-label=words.new_report>
            <div class="rise-body">
                <PhotoStrip photos remove=Callback::new(remove) last=another />
                <Show when=full>
                    <p class="s quiet">{words.photos_full(Reported::MOST_PHOTOS)}</p>
                </Show>
                <CategoryPicker />
                <Preview />
                <CategoryDetail />
                <Nearby />
                <Extras />
                <button type="button" class="btn btn-plain" data-test="discard" on:click=discard>
                    {words.discard_draft}
                </button>
            </div>
            <SaveBar />
        </section>
    }
}

/// One wide button. It answers "saved on this phone", and the camera is back.
#[component]
fn SaveBar() -> impl IntoView {
    let capture = CaptureContext::here();
    let words = capture.words;
    let saving = RwSignal::new(false);
    let error = RwSignal::new(None::<String>);
    let told = RwSignal::new(false);
    let lacks_kind = move || capture.model.draft.with(|draft| draft.category.is_none());
    let save = move || {
        if saving.get_untracked() {
            return;
        }
        saving.set(true);
        error.set(None);
        spawn_local(async move {
            let answer = capture.model.save().await;
            let _gone = saving.try_set(false);
            match answer {
                Ok(saved) => {
                    capture.toasts.saved(words.saved_on_phone, saved.case);
                    let _gone = capture.trouble.try_set(None);
                    let _gone = capture.raised.try_set(false);
                }
                Err(trouble) => {
                    let _gone = error.try_set(Some(words.error(&trouble)));
                }
            }
        });
    };
    let waits = Permitted::memo(capture);
    let blocked = move || lacks_kind() || (waits.with(Option::is_some) && !told.get());
    view! {
        <div class="rise-foot stack">
            <div aria-live="assertive">
                {move || {
                    error
                        .get()
                        .map(|text| view! { <Message tone=Tone::Bad text hook="save-error" /> })
                }}
            </div>
            {move || {
                waits
                    .get()
                    .filter(|_| !told.get())
                    .map(|text| {
                        view! {
                            <Message tone=Tone::Warn text hook="permitted">
                                <button
                                    type="button"
                                    class="btn"
                                    data-test="report-anyway"
                                    on:click=move |_| told.set(true)
                                >
                                    {words.report_anyway}
                                </button>
                            </Message>
                        }
                    })
            }}
            <button
                type="button"
                class="btn btn-main btn-wide btn-tall"
                data-test="save"
                disabled=blocked
                on:click=move |_| save()
            >
                {move || if saving.get() { words.saving } else { words.save }}
            </button>
        </div>
    }
}
