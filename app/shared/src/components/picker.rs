//! A file input that looks like a button: the gallery, the system's camera, or files.

use leptos::{ev, prelude::*};
use wasm_bindgen::JsCast;
use web_sys::{File, HtmlInputElement};

use super::markup::{IntoView, el};
pub struct Picker {
    pub hook: &'static str,
    pub class: &'static str,
    /// Opens the system's camera instead of the gallery.
    pub camera: bool,
    /// Called in the click that opens it.
    pub before: Option<Callback<()>>,
    pub accept: &'static str,
    pub picked: Callback<Vec<File>>,
}

impl Picker {
    /// Photos from the gallery.
    pub const fn gallery(
        hook: &'static str,
        class: &'static str,
        picked: Callback<Vec<File>>,
    ) -> Self {
        Self { hook, class, camera: false, before: None, accept: "image/*", picked }
    }

    /// The system's camera; `opens` is called in the click that opens it.
    pub const fn camera(
        hook: &'static str,
        class: &'static str,
        opens: Callback<()>,
        picked: Callback<Vec<File>>,
    ) -> Self {
        Self { camera: true, before: Some(opens), ..Self::gallery(hook, class, picked) }
    }

    pub fn labelled(self, label: impl IntoView) -> impl IntoView {
        let Self { hook, class, camera, before, accept, picked } = self;
        let changed = move |event: ev::Event| {
            let Some(input) =
                event.target().and_then(|target| target.dyn_into::<HtmlInputElement>().ok())
            else {
                return;
            };
            let files: Vec<File> = input
                .files()
                .map(|list| (0..list.length()).filter_map(|index| list.get(index)).collect())
                .unwrap_or_default();
            picked.run(files);
            // The same file can be chosen again.
            input.set_value("");
        };
        let opens = move |_| {
            if let Some(before) = before {
                before.run(());
            }
        };
        el("label")
            .class(class)
            .child(
                el("input")
                    .class("unseen")
                    .attr("type", "file")
                    .attr("accept", accept)
                    .attr("capture", camera.then_some("environment"))
                    .attr("multiple", !camera)
                    .hook(hook)
                    .on(ev::click, opens)
                    .on(ev::change, changed),
            )
            .child(label)
    }
}
