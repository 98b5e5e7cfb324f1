//! A file input that looks like a button: the gallery, the system's camera, or files.

use leptos::{ev, prelude::*};
use wasm_bindgen::JsCast;
use web_sys::{File, HtmlInputElement};

#[component]
pub fn Picker(
    hook: &'static str,
    class: &'static str,
    /// Opens the system's camera instead of the gallery.
    #[prop(optional)]
    camera: bool,
    /// Called in the click that opens it.
    #[prop(into, optional)]
    before: Option<Callback<()>>,
    #[prop(default = "image/*")] accept: &'static str,
    #[prop(into)] picked: Callback<Vec<File>>,
    children: Children,
) -> impl IntoView {
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
    view! {
        <label class=class>
            <input
                class="unseen"
                type="file"
                accept=accept
                capture=camera.then_some("environment")
                multiple=!camera
                data-test=hook
                on:click=opens
                on:change=changed
            />
            {children()}
        </label>
    }
}
