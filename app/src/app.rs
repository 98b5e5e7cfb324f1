//! The shell: the model in context, the language, the theme, and the screen of the
//! address.

use leptos::prelude::*;

use crate::{
    components::{
        bones::bone_page,
        markup::{IntoView, mount},
        toasts::Toasts,
        undo::Undoable,
    },
    model::{Boot, Model, Theme},
    reactive::{effect, kept},
    route::Router,
    screens::{screens, sign_in::sign_in, trouble::boot_trouble},
    text::Words,
};

pub fn app() {
    let model = Model::provide();
    Router::provide();
    Toasts::provide();
    Undoable::provide();
    wear(model);
    // All of it anew when the language changes, so that texts need no signals.
    let all = move || {
        let words = Words::of(model.preferences.lang.get());
        provide_context(words);
        document().set_title(words.app_name);
        untrack(booted)
    };
    if let Some(body) = document().body() {
        mount(all, &body);
    }
}

fn booted() -> impl IntoView {
    let model = Model::here();
    let boot = kept(move || model.boot.get());
    move || {
        let boot = boot.get();
        untrack(|| match boot {
            Boot::Loading => bone_page().into_view(),
            Boot::NeedSignIn => sign_in(false).into_view(),
            Boot::Trouble(trouble) => boot_trouble(trouble).into_view(),
            Boot::Ready => screens().into_view(),
        })
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
    effect(move || {
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
