//! Before and after in one frame, with a slider between them: dragged by finger or
//! mouse, moved by the arrow keys.

use domain::PhotoHash;
use leptos::{ev, html, prelude::*};

use super::{
    dom,
    icon::Icon,
    markup::{IntoView, el},
};
use crate::{
    model::{Model, PhotoSource, Size},
    text::words,
};

pub fn compare(before: PhotoHash, after: PhotoHash) -> impl IntoView {
    let words = words();
    let frame = NodeRef::<html::Div>::new();
    let moved = move |event| {
        if let Some(frame) = frame.get() {
            // A property set by script, which the content policy allows.
            let part = format!("{}%", dom::value_of(&event));
            let _set = web_sys::HtmlElement::style(&frame).set_property("--cut", &part);
        }
    };
    el("div")
        .class("compare")
        .hook("compare")
        .node_ref(frame)
        .child(half(before, "before", words.before))
        .child(half(after, "after", words.after))
        .child(el("span").class("tag left").attr("aria-hidden", "true").child(words.before))
        .child(el("span").class("tag right").attr("aria-hidden", "true").child(words.after))
        .child(
            el("span")
                .class("edge")
                .attr("aria-hidden", "true")
                .child(el("span").child(Icon::ChevronsLeftRight)),
        )
        .child(
            el("input")
                .attr("type", "range")
                .attr("min", "0")
                .attr("max", "100")
                .attr("value", "50")
                .attr("step", "1")
                .hook("compare-slider")
                .attr("aria-label", words.compare_hint)
                .on(ev::input, moved),
        )
}

fn half(hash: PhotoHash, class: &'static str, alt: &'static str) -> impl IntoView {
    let source = Model::here().photo_src(hash, Size::Screen);
    move || match source.get() {
        PhotoSource::Ready(address) => el("img")
            .class(class)
            .attr("src", address)
            .attr("alt", alt)
            .attr("draggable", "false")
            .into_view(),
        PhotoSource::Loading => el("span").class("bone").into_view(),
        PhotoSource::Missing => el("span").class("none").child(words().photo_not_here).into_view(),
    }
}
