//! The sheet that rises after the first photo: type and details; where it goes, and Save.

use domain::{StallCode, case::Report};
use leptos::{prelude::*, task::spawn_local};

use super::{
    CaptureContext,
    category_detail::CategoryDetail,
    category_picker::CategoryPicker,
    extras::Extras,
    nearby::Nearby,
    preview::{Preview, permitted_text, routing_of},
    save_offer::SaveOffer,
};
use app_shared::{
    components::{
        icon::{self, Icon},
        message::{Message, Tone},
        photo_strip::PhotoStrip,
    },
    model::{DiscardUndone, RemovalUndone},
};

#[component]
pub fn ReportSheet() -> impl IntoView {
    let capture = CaptureContext::here();
    let has_content = move || capture.model.draft.with(|draft| !draft.is_empty());
    view! {
        <Show when=move || capture.raised.get() && has_content()>
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
            capture.toasts.undo(words.photo_removed, move |_| {
                match model.undo_remove_photo(removed.clone()) {
                    RemovalUndone::PutBack => {}
                    RemovalUndone::DraftGone => {
                        capture.toasts.say(words.removed_photo_has_no_draft());
                    }
                    RemovalUndone::NoRoom => {
                        capture.toasts.say(words.photos_full(Report::MAX_PHOTOS));
                    }
                }
            });
        }
    };
    let discard = move |_| {
        let Some(old) = model.discard_draft() else { return };
        capture.raised.set(false);
        capture.toasts.undo(words.draft_discarded, move |_| {
            match model.undo_discard(old.clone()) {
                DiscardUndone::Open => drop(capture.raised.try_set(true)),
                DiscardUndone::AfterThis => capture.toasts.say(words.discarded_draft_is_next()),
            }
        });
    };
    let full = move || photos.with(Vec::len) >= Report::MAX_PHOTOS;
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
            // What is being saved is sealed as it was when Save was pressed.
            <div class="rise-body" inert=move || capture.saving.get()>
                <PhotoStrip photos remove=Callback::new(remove) last=another />
                <Show when=full>
                    <p class="s quiet">{words.photos_full(Report::MAX_PHOTOS)}</p>
                </Show>
                <CategoryPicker />
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
    let saving = capture.saving;
    let error = RwSignal::new(None::<String>);
    let routing = routing_of(capture);
    // Where the person reports in spite of the permission; another stall is another question.
    let confirmed = RwSignal::new(None::<StallCode>);
    let permitted_stall =
        move || routing.with(|it| Some(it.as_ref()?.permitted.as_ref()?.stall.clone()));
    let is_confirmed = Memo::new(move |_| {
        permitted_stall().is_some_and(|stall| confirmed.with(|it| it.as_ref() == Some(&stall)))
    });
    let permitted = permitted_text(capture, routing);
    let offer = Memo::new(move |_| {
        let is_permitted = permitted.with(Option::is_some);
        let has_work = capture.model.has_work.get();
        let is_confirmed = is_confirmed.get();
        capture.model.draft.with(|draft| SaveOffer::of(draft, has_work, is_permitted, is_confirmed))
    });
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
                    let _gone = capture.error.try_set(None);
                    let _gone = capture.raised.try_set(false);
                }
                Err(why) => {
                    let _gone = error.try_set(Some(words.error(&why)));
                }
            }
        });
    };
    let notice = move || permitted.get().filter(|_| !is_confirmed.get());
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
                notice()
                    .map(|text| {
                        view! {
                            <Message tone=Tone::Warn text hook="permitted">
                                <button
                                    type="button"
                                    class="btn"
                                    data-test="report-anyway"
                                    on:click=move |_| confirmed.set(permitted_stall())
                                >
                                    {words.report_anyway}
                                </button>
                            </Message>
                        }
                    })
            }}
            <Preview routing />
            <button
                type="button"
                class="btn btn-main btn-wide btn-tall"
                data-test="save"
                disabled=move || offer.get() != SaveOffer::Ready
                on:click=move |_| save()
            >
                {move || if saving.get() { words.saving } else { words.save }}
            </button>
        </div>
    }
}
