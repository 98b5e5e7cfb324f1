//! A photo full screen: pinch, wheel, double tap and buttons zoom; drag and arrow keys
//! pan; Escape closes.

use domain::PhotoHash;
use leptos::{ev, html, prelude::*};

use super::{
    icon::Icon,
    markup::{IntoView, button, el},
    zoom::Zoom,
};
use crate::{
    model::{Model, PhotoSource, Size},
    text::words,
};

/// What is shown: the photos of one case, and which of them.
#[derive(Clone, Debug, PartialEq)]
pub struct Shown {
    /// With what each is: before, after, check.
    pub photos: Vec<(PhotoHash, &'static str)>,
    pub index: usize,
}

pub fn viewer(shown: RwSignal<Option<Shown>>) -> impl IntoView {
    let words = words();
    let dialog = NodeRef::<html::Dialog>::new();
    let stage = NodeRef::<html::Div>::new();
    let zoom = Zoom::new(stage);
    Effect::new(move |_| {
        let Some(dialog) = dialog.get() else { return };
        if shown.with(Option::is_some) {
            let _already_open = dialog.show_modal();
        } else {
            dialog.close();
        }
    });
    let current = Memo::new(move |_| {
        shown.with(|shown| {
            let shown = shown.as_ref()?;
            shown.photos.get(shown.index).copied()
        })
    });
    let count =
        move || shown.with(|shown| shown.as_ref().map_or((0, 0), |it| (it.index, it.photos.len())));
    let step = move |by: isize| {
        zoom.reset();
        shown.update(|shown| {
            if let Some(shown) = shown {
                let next = shown.index.saturating_add_signed(by);
                shown.index = next.min(shown.photos.len().saturating_sub(1));
            }
        });
    };
    let keys = move |event: ev::KeyboardEvent| match event.key().as_str() {
        "ArrowRight" if !zoom.is_in() => step(1),
        "ArrowLeft" if !zoom.is_in() => step(-1),
        key => zoom.key(key),
    };
    let title = move || {
        let (index, all) = count();
        let kind = current.get().map_or("", |(_, kind)| kind);
        format!("{kind} · {}", words.photo_number(index + 1, all))
    };
    el("dialog")
        .class("viewer")
        .hook("viewer")
        .attr("aria-label", words.view_photo)
        .node_ref(dialog)
        .on(ev::close, move |_| {
            zoom.reset();
            shown.set(None);
        })
        .on(ev::keydown, keys)
        .child(
            el("div")
                .class("stage")
                .node_ref(stage)
                .on(ev::pointerdown, move |event| zoom.down(&event))
                .on(ev::pointermove, move |event| zoom.drag(&event))
                .on(ev::pointerup, move |event| zoom.up(&event))
                .on(ev::pointercancel, move |event| zoom.up(&event))
                .on(ev::wheel, move |event| zoom.wheel(&event))
                .on(ev::dblclick, move |_| zoom.toggle())
                .child(move || current.get().map(|(hash, kind)| large(hash, kind))),
        )
        .child(
            el("div")
                .class("bar at-top")
                .child(el("span").class("tag").attr("aria-live", "polite").child(title))
                .child(
                    button("btn btn-icon")
                        .hook("viewer-close")
                        .attr("aria-label", words.close_panel)
                        .on(ev::click, move |_| shown.set(None))
                        .child(Icon::X),
                ),
        )
        .child(
            el("div")
                .class("bar at-foot")
                .child(
                    button("btn btn-icon")
                        .attr("aria-label", words.previous)
                        .on(ev::click, move |_| step(-1))
                        .child(Icon::ChevronLeft),
                )
                .child(
                    button("btn btn-icon")
                        .attr("aria-label", words.zoom_out)
                        .on(ev::click, move |_| zoom.by(1.0 / 1.5))
                        .child(Icon::Minus),
                )
                .child(
                    button("btn btn-icon")
                        .attr("aria-label", words.zoom_in)
                        .on(ev::click, move |_| zoom.by(1.5))
                        .child(Icon::Plus),
                )
                .child(
                    button("btn btn-icon")
                        .attr("aria-label", words.next)
                        .on(ev::click, move |_| step(1))
                        .child(Icon::ChevronRight),
                ),
        )
}

fn large(hash: PhotoHash, kind: &'static str) -> impl IntoView {
    let source = Model::here().photo_src(hash, Size::Screen);
    move || match source.get() {
        PhotoSource::Ready(address) => {
            el("img").attr("src", address).attr("alt", kind).attr("draggable", "false").into_view()
        }
        PhotoSource::Loading => el("span").child(words().loading).into_view(),
        PhotoSource::Missing => el("span").child(words().photo_not_here).into_view(),
    }
}
