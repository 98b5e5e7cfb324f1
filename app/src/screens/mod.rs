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

use leptos::prelude::*;

use crate::{
    components::{dom, empty::Empty, icon::Icon},
    model::Model,
    route::{Route, Router, after_render, follow},
    text::words,
};

/// The frame with the screen of the address in it.
#[component]
pub fn Screens() -> impl IntoView {
    let router = Router::here();
    let model = Model::here();
    let route = Memo::new(move |_| match router.at.get() {
        Route::Home => model.profile.with(|profile| {
            profile.as_ref().map_or(Route::Settings, |it| Route::home_of(it.actor.role))
        }),
        route => route,
    });
    // Who follows a link with the keyboard or a screen reader begins at its target.
    Effect::new(move |before: Option<Route>| {
        let route = route.get();
        if before.is_some_and(|before| before != route) {
            after_render(|| dom::focus("main"));
        }
        route
    });
    // Names come from the pack: a screen that was shown before it came is shown anew.
    let has_pack = Memo::new(move |_| model.district.with(Option::is_some));
    let screen = move || {
        has_pack.track();
        screen_of(route.get())
    };
    view! { <frame::Frame route>{screen}</frame::Frame> }
}

fn screen_of(route: Route) -> AnyView {
    match route {
        Route::Capture => view! { <capture::Capture /> }.into_any(),
        Route::Records => view! { <records::Records /> }.into_any(),
        Route::Tasks => view! { <tasks::Tasks /> }.into_any(),
        Route::Board => view! { <board::Board /> }.into_any(),
        Route::Case(id) => view! { <case::CaseScreen id /> }.into_any(),
        Route::Sync => view! { <sync::Sync /> }.into_any(),
        Route::Devices => view! { <devices::Devices /> }.into_any(),
        Route::Settings => view! { <settings::Settings /> }.into_any(),
        Route::SignIn => view! { <sign_in::SignIn again=true /> }.into_any(),
        Route::Home | Route::NotFound => view! { <NotFound /> }.into_any(),
    }
}

#[component]
fn NotFound() -> impl IntoView {
    let words = words();
    view! {
        <div class="page">
            <Empty icon=Icon::MapPin title=words.not_found text=words.not_found_text>
                <a class="btn btn-main" href="/" on:click=follow(Router::here(), Route::Home)>
                    {words.go_home}
                </a>
            </Empty>
        </div>
    }
}
