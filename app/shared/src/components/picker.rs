//! A file input that looks like a button: the gallery, the system's camera, or files.

use leptos::{ev, prelude::*};
use wasm_bindgen::JsCast as _;
use web_sys::{File, HtmlInputElement};

/// `children` are the button's icon and word.
#[component]
pub fn FilePicker(
    /// The stable name by which tests find the input.
    hook: &'static str,
    class: &'static str,
    #[prop(default = "image/*")] accept: &'static str,
    /// Opens the system's camera, for one photo; otherwise several files can be chosen.
    #[prop(optional)]
    camera: bool,
    /// Called in the click that opens it.
    #[prop(optional)]
    on_open: Option<Callback<()>>,
    on_pick: Callback<Vec<File>>,
    children: Children,
) -> impl IntoView {
    let picked = move |event: ev::Event| {
        let target = event.target().and_then(|it| it.dyn_into::<HtmlInputElement>().ok());
        let Some(input) = target else { return };
        let files =
            input.files().map(|list| (0..list.length()).filter_map(|at| list.get(at)).collect());
        on_pick.run(files.unwrap_or_default());
        // The same file can be chosen again.
        input.set_value("");
    };
    let opened = move |_| {
        if let Some(on_open) = on_open {
            on_open.run(());
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
                on:click=opened
                on:change=picked
            />
            {children()}
        </label>
    }
}
