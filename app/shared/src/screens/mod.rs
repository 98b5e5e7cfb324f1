//! The screens: one folder or file a task of a person. They read and call the
//! [`model`](crate::model) and nothing below it.

pub mod board;
pub mod capture;
pub mod case;
pub mod devices;
pub mod frame;
pub mod records;
pub mod settings;
pub mod sign_in;
pub mod sync;
pub mod tasks;
pub mod trouble;
pub mod wiped;

use leptos::{ev, prelude::*};

use self::records::look::Look;
use crate::{
    components::{
        dom,
        empty::empty,
        icon::Icon,
        markup::{IntoView, View, el},
    },
    model::Model,
    route::{Route, Router, after_render, follow},
    text::words,
};

/// The frame with the screen of the address in it.
pub fn screens() -> impl IntoView {
    Look::provide();
    let router = Router::here();
    let model = Model::here();
    let route = Memo::new(move |_| match router.at.get() {
        Route::Home => model.profile.with(|profile| {
            profile.as_ref().map_or(Route::Settings, |it| Route::home_of(it.actor.role))
        }),
        route => route,
    });
    // Who follows a link with the keyboard or a screen reader begins at its target.
    let mut before = None;
    Effect::new(move |_| {
        let route = route.get();
        if before.replace(route).is_some_and(|before| before != route) {
            after_render(|| dom::focus("main"));
        }
    });
    // Names come from the pack: a screen that was shown before it came is shown anew.
    let has_pack = Memo::new(move |_| model.district.with(Option::is_some));
    let screen = move || {
        has_pack.track();
        let route = route.get();
        untrack(|| screen_of(route))
    };
    frame::frame(route, screen)
}

fn screen_of(route: Route) -> View {
    match route {
        Route::Capture => capture::capture().into_view(),
        Route::Records => records::records().into_view(),
        Route::Tasks => tasks::tasks().into_view(),
        Route::Board => board::board().into_view(),
        Route::Case(id) => case::case_screen(id).into_view(),
        Route::Sync => sync::sync().into_view(),
        Route::Devices => devices::devices().into_view(),
        Route::Settings => settings::settings().into_view(),
        Route::SignIn => sign_in::sign_in(true).into_view(),
        Route::Home | Route::NotFound => not_found().into_view(),
    }
}

fn not_found() -> impl IntoView {
    let words = words();
    el("div").class("page").child(empty(
        Icon::MapPin,
        words.not_found,
        words.not_found_text,
        el("a")
            .class("btn btn-main")
            .attr("href", "/")
            .on(ev::click, follow(Router::here(), Route::Home))
            .child(words.go_home),
    ))
}
