//! What both entry points start with: the model in context, the language, the theme, and
//! the screen of the address.

use leptos::prelude::*;
use wasm_bindgen::{JsCast as _, closure::Closure};

use crate::{
    components::{dom, skeleton::SkeletonPage, toasts::Toasts, undo::Undoable},
    model::{Boot, Model, preferences},
    route::{App, Route, Router},
    screens::{boot_error::BootError, frame::Frame, sign_in::SignIn},
    text::Words,
};

/// What an entry point has of its own.
#[derive(Clone, Copy)]
pub struct EntryPoint {
    pub app: App,
    /// Provides the contexts that outlive a screen, once for each person who signs in.
    pub provide_contexts: fn(),
    /// Makes the view of a route.
    pub screen_of: fn(Route) -> AnyView,
}

/// Starts the entry point in the page's body.
pub fn start(entry: EntryPoint) {
    console_error_panic_hook::set_once();
    mount_to_body(move || view! { <Root entry/> });
}

#[component]
fn Root(entry: EntryPoint) -> impl IntoView {
    let model = Model::provide();
    Router::provide(entry.app);
    Toasts::provide();
    Undoable::provide();
    apply_theme(model);
    remember_entry_point(model);
    // Everything is made anew when the language changes, so that texts need no signals.
    move || {
        let words = Words::of(model.preferences.lang.get());
        provide_context(words);
        document().set_title(words.app_name);
        untrack(|| view! { <Started entry/> })
    }
}

/// The app by the state of its start.
#[component]
fn Started(entry: EntryPoint) -> impl IntoView {
    let model = Model::here();
    // Another person begins anew, without what the one before looked at.
    let started = Memo::new(move |_| {
        let boot = model.boot.get();
        let is_ready = boot == Boot::Ready;
        let user = is_ready.then(|| {
            model.profile.with(|profile| profile.as_ref().map(|it| it.actor.user.clone()))
        });
        (boot, user.flatten())
    });
    move || {
        let (boot, _) = started.get();
        untrack(|| match boot {
            Boot::Loading => view! { <SkeletonPage /> }.into_any(),
            Boot::NeedSignIn => view! { <SignIn again=false /> }.into_any(),
            Boot::AppError(error) => view! { <BootError error /> }.into_any(),
            Boot::Ready => view! { <Frame entry/> }.into_any(),
        })
    }
}

/// Notes where `/` sends whoever is signed in here.
fn remember_entry_point(model: Model) {
    Effect::new(move |_| {
        let role = model.profile.with(|it| it.as_ref().map(|it| it.actor.role));
        if let Some(role) = role {
            preferences::remember_entry_point(App::of_role(role, dom::is_wide()));
        }
    });
}

/// Sets language and theme on the root element, where styles and screen readers look.
fn apply_theme(model: Model) {
    let preferences = model.preferences;
    let dark = window().match_media("(prefers-color-scheme: dark)").ok().flatten();
    let system_is_dark = RwSignal::new(dark.as_ref().is_some_and(|dark| dark.matches()));
    if let Some(dark) = dark {
        let watched = dark.clone();
        let changed = Closure::<dyn FnMut()>::new(move || system_is_dark.set(watched.matches()));
        // Lives as long as the page does.
        let _kept =
            dark.add_listener_with_opt_callback(Some(changed.into_js_value().unchecked_ref()));
    }
    Effect::new(move |_| {
        let Some(root) = document().document_element() else { return };
        let theme = preferences.theme.get().style(preferences.glare.get(), system_is_dark.get());
        for (name, value) in [("lang", preferences.lang.get().tag()), ("data-theme", theme)] {
            let _set = root.set_attribute(name, value);
        }
    });
}
