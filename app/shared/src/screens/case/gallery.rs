//! The photos of a case: swiped through, opened full screen; before and after in one
//! frame once there is an after.

use domain::{PhotoHash, evidence::Shot};
use leptos::{ev, html, prelude::*};

use super::Entry;
use crate::{
    components::{
        compare::compare,
        icon::Icon,
        markup::{IntoView, View, button, el, show, views},
        photo::photo,
        viewer::Shown,
    },
    model::Size,
    text::{Words, words},
};

/// Each photo with what it shows.
type Named = Vec<(PhotoHash, &'static str)>;

pub fn gallery(entry: Entry, shown: RwSignal<Option<Shown>>) -> impl IntoView {
    let words = words();
    let photos = Memo::new(move |_| entry.with(|entry| named(entry, words)));
    let pair = Memo::new(move |_| {
        entry.with(|entry| {
            let before = entry.case.report.photos.first()?.hash;
            Some((before, entry.case.after_photos().first()?.hash))
        })
    });
    let comparing = RwSignal::new(true);
    let view = move || match pair.get() {
        Some((before, after)) if comparing.get() => compare(before, after).into_view(),
        _ => photo_strip(photos, shown).into_view(),
    };
    el("div").class("gallery-frame").hook("gallery").child(view).child(show(
        move || pair.with(Option::is_some),
        move || {
            el("div")
                .class("tabs")
                .child(
                    el("button")
                        .attr("type", "button")
                        .attr("aria-pressed", move || comparing.get().to_string())
                        .on(ev::click, move |_| comparing.set(true))
                        .child(words.compare),
                )
                .child(
                    el("button")
                        .attr("type", "button")
                        .hook("all-photos")
                        .attr("aria-pressed", move || (!comparing.get()).to_string())
                        .on(ev::click, move |_| comparing.set(false))
                        .child(words.photos)
                        .child(" ")
                        .child(move || photos.with(Vec::len)),
                )
        },
    ))
}

fn photo_strip(photos: Signal<Named>, shown: RwSignal<Option<Shown>>) -> impl IntoView {
    let words = words();
    let strip = NodeRef::<html::Ol>::new();
    let turn = move |by: f64| {
        if let Some(strip) = strip.get_untracked() {
            let width = f64::from(strip.client_width());
            strip.scroll_by_with_x_and_y(width * by, 0.0);
        }
    };
    let several = move || photos.with(|photos| photos.len() > 1);
    let slides = move || {
        let list = photos.get();
        let all = list.len();
        list.into_iter()
            .enumerate()
            .map(|(index, (hash, kind))| {
                let name = format!("{kind}, {}", words.photo_number(index + 1, all));
                el("li")
                    .child(
                        button("open")
                            .hook("photo-open")
                            .attr("aria-label", format!("{}: {name}", words.view_photo))
                            .on(ev::click, move |_| {
                                shown.set(Some(Shown { photos: photos.get_untracked(), index }))
                            })
                            .child(photo(hash, Size::Screen, name.clone(), "photo")),
                    )
                    .child(
                        el("span")
                            .class("tag")
                            .child(kind)
                            .child(" · ")
                            .child(index + 1)
                            .child("/")
                            .child(all),
                    )
            })
            .collect::<View>()
    };
    el("div").class("gallery").child(el("ol").node_ref(strip).child(slides)).child(show(
        several,
        move || {
            views![
                button("step prev")
                    .attr("aria-label", words.previous)
                    .on(ev::click, move |_| turn(-1.0))
                    .child(Icon::ChevronLeft),
                button("step next")
                    .attr("aria-label", words.next)
                    .on(ev::click, move |_| turn(1.0))
                    .child(Icon::ChevronRight)
            ]
        },
    ))
}

fn named(entry: &crate::model::CaseEntry, words: Words) -> Named {
    let case = &entry.case;
    let name = |shots: &[Shot], kind: &'static str| -> Named {
        shots.iter().map(|shot| (shot.hash, kind)).collect()
    };
    let mut all = name(&case.report.photos, words.before);
    for done in &case.rectifications {
        all.extend(name(&done.photos, words.after));
    }
    for looked in &case.verifications {
        all.extend(name(&looked.photos, words.verified_photo));
    }
    all
}
