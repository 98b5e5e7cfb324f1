//! The light "ready for offline", each part of it as it was found, and how full the
//! phone's store is.

use leptos::{html, prelude::*};

use crate::{
    components::{
        guidance::Guidance,
        icon::{self, Icon},
    },
    model::{Light, Model, Ready, StoreError},
    text::words,
};

#[component]
pub fn ReadyBlock() -> impl IntoView {
    let words = words();
    let model = Model::here();
    model.look_whether_ready();
    let light = move || model.ready.with(|ready| ready.light(model.now.get()));
    view! {
        <section class="block stack" data-test="ready" data-light=move || code(light())>
            <h2>{words.ready_title()}</h2>
            <p class="strong" aria-live="polite">
                {move || words.ready_light(light())}
            </p>
            <Guidance offers_install=true />
            {move || (light() != Light::Unknown).then(|| view! { <ReadyParts/> })}
            <Room />
        </section>
    }
}

#[component]
fn ReadyParts() -> impl IntoView {
    let words = words();
    let model = Model::here();
    let parts = move || {
        let now = model.now.get();
        let ready: Ready = model.ready.get();
        let shell = ready.starts_offline();
        let store = ready.store.unwrap_or(Err(StoreError::Unavailable));
        let stale = ready.pack_is_stale(now);
        let checked = ready.pack_checked.map(|at| words.ago(at, now));
        let size = words.bytes(ready.pack_bytes);
        let pack = words.ready_pack(ready.has_pack, &size, checked.as_deref(), stale);
        [
            ("shell", shell, words.ready_shell(shell).to_owned()),
            ("store", ready.keeps(), words.ready_store(store).to_owned()),
            ("pack", ready.has_pack && !stale, pack),
            ("persisted", ready.is_persisted(), words.ready_persisted(ready.is_persisted()).into()),
            ("room", ready.has_room(), words.ready_room(ready.has_room()).into()),
        ]
        .into_iter()
        .map(|(part, good, text)| view! { <PartLine part good text /> })
        .collect_view()
    };
    view! { <ul class="stack">{parts}</ul> }
}

#[component]
fn PartLine(part: &'static str, good: bool, text: String) -> impl IntoView {
    let icon = if good { icon::CIRCLE_CHECK } else { icon::TRIANGLE_ALERT };
    view! {
        <li class="hint-line" data-part=part data-good=good.to_string()>
            <Icon icon/>
            <span>{text}</span>
        </li>
    }
}

/// How much of what the browser gives is used.
#[component]
fn Room() -> impl IntoView {
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
    view! {
        <Show when=move || part().is_some()>
            <div class="meter" aria-hidden="true">
                <i node_ref=meter></i>
            </div>
            <p class="s quiet">
                {words.storage} ": "
                {move || part().map(|(used, quota, _)| words.progress(used, quota))}
            </p>
        </Show>
    }
}

const fn code(light: Light) -> &'static str {
    match light {
        Light::Unknown => "unknown",
        Light::Green => "green",
        Light::Amber => "amber",
        Light::Red => "red",
    }
}
