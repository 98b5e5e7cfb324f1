//! The shell: the model in context, the language, the theme, and the screen of the
//! address.

use leptos::prelude::*;

use crate::{
    components::{bones::BonePage, toasts::Toasts, undo::Undoable},
    model::{Boot, Model, Theme},
    route::Router,
    screens::{Screens, sign_in::SignIn, trouble::BootTrouble},
    text::Words,
};

#[component]
pub fn App() -> impl IntoView {
    let model = Model::provide();
    Router::provide();
    Toasts::provide();
    Undoable::provide();
    wear(model);
    // All of it anew when the language changes, so that texts need no signals.
    move || {
        let words = Words::of(model.preferences.lang.get());
        provide_context(words);
        document().set_title(words.app_name);
        view! { <Booted /> }
    }
}

#[component]
fn Booted() -> impl IntoView {
    let model = Model::here();
    let boot = Memo::new(move |_| model.boot.get());
    move || match boot.get() {
        Boot::Loading => view! { <BonePage /> }.into_any(),
        Boot::NeedSignIn => view! { <SignIn again=false /> }.into_any(),
        Boot::Trouble(trouble) => view! { <BootTrouble trouble /> }.into_any(),
        Boot::Ready => view! { <Screens /> }.into_any(),
    }
}

/// Language and theme on the root element, where styles and screen readers look.
fn wear(model: Model) {
    let preferences = model.preferences;
    let dark = window().match_media("(prefers-color-scheme: dark)").ok().flatten();
    let system_is_dark = RwSignal::new(dark.as_ref().is_some_and(|dark| dark.matches()));
    if let Some(dark) = dark {
        let watched = dark.clone();
        let changed = wasm_bindgen::closure::Closure::<dyn FnMut()>::new(move || {
            system_is_dark.set(watched.matches());
        });
        // Lives as long as the page does.
        let _kept = dark.add_listener_with_opt_callback(Some(wasm_bindgen::JsCast::unchecked_ref(
            &changed.into_js_value(),
        )));
    }
    Effect::new(move || {
        let Some(root) = document().document_element() else { return };
        let theme = match preferences.theme.get() {
            _ if preferences.glare.get() => "glare",
            Theme::Dark => "dark",
            Theme::System if system_is_dark.get() => "dark",
            Theme::Light | Theme::System => "light",
        };
        for (name, value) in [("lang", preferences.lang.get().tag()), ("data-theme", theme)] {
            let _set = root.set_attribute(name, value);
        }
    });
}
