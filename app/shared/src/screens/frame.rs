//! What surrounds every screen: where I am, the sync state, the places at the thumb,
//! messages that concern everything.

use leptos::{ev, prelude::*, task::spawn_local};

use super::{sync::state::sync_state, wiped::wiped_note};
use crate::{
    components::{
        icon::Icon,
        markup::{IntoView, View, button, el, show},
        message::{Tone, message},
        toasts::toasts_view,
    },
    model::Model,
    route::{Route, Router, follow},
    text::{Words, words},
};

pub fn frame(route: Signal<Route>, screen: impl IntoView) -> impl IntoView {
    let words = words();
    let model = Model::here();
    let sample = move || model.district.with(|it| it.as_ref().is_some_and(|it| it.pack().sample));
    let again = move || model.needs_sign_in_again.get() && route.get() != Route::SignIn;
    el("div")
        .class("app")
        .attr("data-screen", move || route.get().name())
        .child(top(route))
        .child(show(sample, move || el("aside").class("sample").child(words.sample)))
        .child(
            el("main")
                .attr("id", "main")
                .attr("tabindex", "-1")
                .hook("screen")
                .attr("data-screen", move || route.get().name())
                .child(show(again, move || {
                    el("div").class("over").child(message(
                        Tone::Warn,
                        words.sign_in_needed,
                        "sign-in-again",
                        el("a")
                            .class("btn")
                            .attr("href", "/sign-in")
                            .on(ev::click, follow(Router::here(), Route::SignIn))
                            .child(words.sign_in),
                    ))
                }))
                .child(wiped_note())
                .child(update())
                .child(screen),
        )
        .child(toasts_view())
}

fn top(route: Signal<Route>) -> impl IntoView {
    let words = words();
    let router = Router::here();
    let deep = move || {
        matches!(route.get(), Route::Case(_) | Route::Sync | Route::Devices | Route::SignIn)
    };
    el("header")
        .class("top")
        .child(el("a").class("skip").attr("href", "#main").child(words.skip))
        .child(show(deep, move || {
            button("btn btn-icon back")
                .hook("back")
                .attr("aria-label", words.back)
                .on(ev::click, move |_| router.back(Route::Home))
                .child(Icon::ChevronLeft)
        }))
        .child(el("h1").child(move || title(route.get(), words)))
        .child(places(route))
        .child(sync_state())
}

fn places(route: Signal<Route>) -> impl IntoView {
    let words = words();
    let model = Model::here();
    let router = Router::here();
    let links = move || {
        let role = model.profile.with(|it| it.as_ref().map(|it| it.actor.role))?;
        Some(
            Route::places_of(role)
                .iter()
                .map(|&place| {
                    let current = move || (route.get() == place).then_some("page");
                    el("a")
                        .attr("href", place.path())
                        .hook(format!("place-{}", place.name()))
                        .attr("aria-current", current)
                        .on(ev::click, follow(router, place))
                        .child(icon(place))
                        .child(el("span").child(title(place, words)))
                })
                .collect::<View>(),
        )
    };
    el("nav").class("places").attr("aria-label", words.places).child(links)
}

/// A new version waits: it is taken when the person says so, never over a form.
fn update() -> impl IntoView {
    let words = words();
    let waits = || {
        document().document_element().and_then(|root| root.get_attribute("data-update")).is_some()
    };
    let ready = RwSignal::new(waits());
    let told = window_event_listener_untyped("xunjie:update", move |_| ready.set(true));
    on_cleanup(move || told.remove());
    let model = Model::here();
    let take = move |_: ev::MouseEvent| {
        spawn_local(async move {
            // What is being typed is on the phone before the page goes.
            model.keep_drafts_now().await;
            if let Ok(event) = web_sys::Event::new("xunjie:activate") {
                let _told = window().dispatch_event(&event);
            }
        });
    };
    show(
        move || ready.get(),
        move || {
            el("div").class("over").child(message(
                Tone::Plain,
                words.update_ready,
                "update",
                button("btn").on(ev::click, take).child(words.update_now),
            ))
        },
    )
}

fn title(route: Route, words: Words) -> &'static str {
    match route {
        Route::Capture => words.capture,
        Route::Records => words.records,
        Route::Tasks => words.tasks,
        Route::Board => words.board,
        Route::Case(_) => words.case,
        Route::Sync => words.sync,
        Route::Devices => words.devices(),
        Route::Settings => words.settings,
        Route::SignIn => words.sign_in,
        Route::Home | Route::NotFound => words.app_name,
    }
}

const fn icon(route: Route) -> Icon {
    match route {
        Route::Capture => Icon::Camera,
        Route::Records => Icon::LayoutList,
        Route::Tasks => Icon::ClipboardCheck,
        Route::Board => Icon::Columns3,
        Route::Sync => Icon::RefreshCw,
        _ => Icon::Settings,
    }
}
