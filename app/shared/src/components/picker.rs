//! A file input that looks like a button: the gallery, the system's camera, or files.

use leptos::{ev, prelude::*};
use wasm_bindgen::JsCast as _;
use web_sys::{File, HtmlInputElement};

#[component]
pub fn FilePicker(
    hook: &'static str,
    class: &'static str,
    #[prop(default = "image/*")] accept: &'static str,
    /// Opens the system's camera, which gives one photo, instead of the gallery.
    #[prop(optional)]
    camera: bool,
    /// Called in the click that opens it.
    #[prop(optional, into)]
    on_open: Option<Callback<()>>,
    #[prop(into)] on_pick: Callback<Vec<File>>,
    /// The label of the button.
    children: Children,
) -> impl IntoView {
    let opened = move |_| {
        if let Some(on_open) = on_open {
            on_open.run(());
        }
    };
    let changed = move |event: ev::Event| {
        let Some(input) =
            event.target().and_then(|target| target.dyn_into::<HtmlInputElement>().ok())
        else {
            return;
        };
        on_pick.run(files_of(&input));
        // The same file can be chosen again.
        input.set_value("");
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
                on:click=opened
                on:change=changed
            />
            {children()}
        </label>
    }
}

fn files_of(input: &HtmlInputElement) -> Vec<File> {
    let list = input.files();
    list.map(|list| (0..list.length()).filter_map(|index| list.get(index)).collect())
        .unwrap_or_default()
}
