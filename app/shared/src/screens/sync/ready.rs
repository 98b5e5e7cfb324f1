//! The light "ready for offline", each part of it as it was found, and how full the
//! phone's store is.

use leptos::{html, prelude::*};

use crate::{
    components::{
        guidance::guidance,
        icon::Icon,
        markup::{IntoView, View, el, show, views},
    },
    model::{Light, Model, Ready},
    text::words,
};

pub fn ready_block() -> impl IntoView {
    let words = words();
    let model = Model::here();
    model.look_whether_ready();
    let light = move || model.ready.with(|ready| ready.light(model.now.get()));
    el("section")
        .class("block stack")
        .hook("ready")
        .attr("data-light", move || code(light()))
        .child(el("h2").child(words.ready_title()))
        .child(
            el("p")
                .class("strong")
                .attr("aria-live", "polite")
                .child(move || words.ready_light(light())),
        )
        .child(guidance(true))
        .child(move || (light() != Light::Unknown).then(parts))
        .child(room())
}

fn parts() -> impl IntoView {
    let words = words();
    let model = Model::here();
    let parts = move || {
        let now = model.now.get();
        let ready: Ready = model.ready.get();
        let shell = ready.starts_offline();
        let store = ready.keeps();
        let stale = ready.pack_is_stale(now);
        let checked = ready.pack_checked.map(|at| words.ago(at, now));
        let size = words.bytes(ready.pack_bytes);
        let pack = words.ready_pack(ready.has_pack, &size, checked.as_deref(), stale);
        [
            ("shell", shell, words.ready_shell(shell).to_owned()),
            ("store", store, words.ready_store(store).to_owned()),
            ("pack", ready.has_pack && !stale, pack),
            ("persisted", ready.is_persisted(), words.ready_persisted(ready.is_persisted()).into()),
            ("room", ready.has_room(), words.ready_room(ready.has_room()).into()),
        ]
        .into_iter()
        .map(|(part, good, text)| part_line(part, good, text))
        .collect::<View>()
    };
    el("ul").class("stack").child(parts)
}

fn part_line(part: &'static str, good: bool, text: String) -> impl IntoView {
    let icon = if good { Icon::CircleCheck } else { Icon::TriangleAlert };
    el("li")
        .class("hint-line")
        .attr("data-part", part)
        .attr("data-good", good.to_string())
        .child(icon)
        .child(el("span").child(text))
}

/// How much of what the browser gives is used.
fn room() -> impl IntoView {
    let words = words();
    let model = Model::here();
    let part = move || {
        let storage = model.ready.with(|ready| ready.storage);
        let (used, quota) = (storage.used?, storage.quota?);
        Some((used, quota, used.saturating_mul(100).checked_div(quota)?))
    };
    let meter = NodeRef::<html::I>::new();
    Effect::new(move |_| {
        if let (Some(meter), Some((.., percent))) = (meter.get(), part()) {
            let wide = format!("{}%", percent.max(1));
            let _set = web_sys::HtmlElement::style(&meter).set_property("--part", &wide);
        }
    });
    show(
        move || part().is_some(),
        move || {
            views![
                el("div").class("meter").attr("aria-hidden", "true").child(el("i").node_ref(meter)),
                el("p")
                    .class("s quiet")
                    .child(words.storage)
                    .child(": ")
                    .child(move || part().map(|(used, quota, _)| words.progress(used, quota)))
            ]
        },
    )
}

const fn code(light: Light) -> &'static str {
    match light {
        Light::Unknown => "unknown",
        Light::Green => "green",
        Light::Amber => "amber",
        Light::Red => "red",
    }
}
