//! The sheet that rises after the first photo: type, where it goes, save.

use domain::case::Report as Reported;
use leptos::{ev, prelude::*, task::spawn_local};

use super::{
    Bench,
    extras::extras,
    kind_detail::kind_detail,
    kinds::kinds,
    nearby::nearby,
    preview::{Permitted, preview},
};
use app_shared::{
    components::{
        icon::Icon,
        markup::{IntoView, button, el, show},
        message::{Tone, message},
        thumbs::thumb_strip,
    },
};

pub fn report_sheet() -> impl IntoView {
    let bench = Bench::here();
    let has_photo = move || bench.model.draft.with(|draft| !draft.photos.is_empty());
    show(move || bench.raised.get() && has_photo(), risen)
}

fn risen() -> impl IntoView {
    let bench = Bench::here();
    let words = bench.words;
    let model = bench.model;
    let photos = Memo::new(move |_| model.draft.with(|draft| draft.photos.clone()));
    let remove = move |index: usize| {
        if let Some(removed) = model.remove_photo(index) {
            bench.toasts.undo(words.photo_removed, move |_| model.put_back(removed.clone()));
        }
    };
    let discard = move |_| {
        let old = model.discard_draft();
        bench.raised.set(false);
        bench.toasts.undo(words.draft_discarded, move |_| {
            model.draft.set(old.clone());
            let _gone = bench.raised.try_set(true);
        });
    };
    let full = move || photos.with(Vec::len) >= Reported::MOST_PHOTOS;
    let another = move || {
        button("add")
            .hook("photo-add")
            .on(ev::click, move |_| bench.raised.set(false))
            .child(Icon::Plus)
            .child(el("span").child(words.another_photo))
            .into_view()
    };
    el("section")
        .class("rise")
        .hook("report-sheet")
        .attr("aria-label", words.new_report)
        .child(
            el("div")
                .class("rise-body")
                .child(thumb_strip(photos, Callback::new(remove), Some(Box::new(another))))
                .child(show(full, move || {
                    el("p").class("s quiet").child(words.photos_full(Reported::MOST_PHOTOS))
                }))
                .child(kinds())
                .child(preview())
                .child(kind_detail())
                .child(nearby())
                .child(extras())
                .child(
                    button("btn btn-plain")
                        .hook("discard")
                        .on(ev::click, discard)
                        .child(words.discard_draft),
                ),
        )
        .child(save_bar())
}

/// One wide button. It answers "saved on this phone", and the camera is back.
fn save_bar() -> impl IntoView {
    let bench = Bench::here();
    let words = bench.words;
    let saving = RwSignal::new(false);
    let error = RwSignal::new(None::<String>);
    let told = RwSignal::new(false);
    let lacks_kind = move || bench.model.draft.with(|draft| draft.category.is_none());
    let save = move || {
        if saving.get_untracked() {
            return;
        }
        saving.set(true);
        error.set(None);
        spawn_local(async move {
            let answer = bench.model.save().await;
            let _gone = saving.try_set(false);
            match answer {
                Ok(saved) => {
                    bench.toasts.saved(words.saved_on_phone, saved.case);
                    let _gone = bench.trouble.try_set(None);
                    let _gone = bench.raised.try_set(false);
                }
                Err(trouble) => {
                    let _gone = error.try_set(Some(words.trouble(&trouble)));
                }
            }
        });
    };
    let waits = Permitted::memo(bench);
    let blocked = move || lacks_kind() || (waits.with(Option::is_some) && !told.get());
    el("div")
        .class("rise-foot stack")
        .child(
            el("div")
                .attr("aria-live", "assertive")
                .child(move || error.get().map(|text| message(Tone::Bad, text, "save-error", ()))),
        )
        .child(move || {
            waits.get().filter(|_| !told.get()).map(|text| {
                message(
                    Tone::Warn,
                    text,
                    "permitted",
                    button("btn")
                        .hook("report-anyway")
                        .on(ev::click, move |_| told.set(true))
                        .child(words.report_anyway),
                )
            })
        })
        .child(
            button("btn btn-main btn-wide btn-tall")
                .hook("save")
                .attr("disabled", blocked)
                .on(ev::click, move |_| save())
                .child(move || if saving.get() { words.saving } else { words.save }),
        )
}
