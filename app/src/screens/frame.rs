//! What surrounds every screen: where I am, the sync state, the places at the thumb,
//! messages that concern everything.

use leptos::{ev, prelude::*, task::spawn_local};

use super::{sync::state::SyncState, wiped::Wiped};
use crate::{
    components::{
        icon::{Icon, Svg},
        message::{Message, Tone},
        toasts::ToastsView,
    },
    model::Model,
    route::{Route, Router, follow},
    text::{Words, words},
};

#[component]
pub fn Frame(route: Memo<Route>, children: Children) -> impl IntoView {
    let words = words();
    let model = Model::here();
    let sample = move || model.district.with(|it| it.as_ref().is_some_and(|it| it.pack().sample));
    let again = move || model.needs_sign_in_again.get() && route.get() != Route::SignIn;
    view! {
        <div class="app" data-screen=move || route.get().name()>
            <Top route />
            <Show when=sample>
                <aside class="sample">{words.sample}</aside>
            </Show>
            <main id="main" tabindex="-1" data-test="screen" data-screen=move || route.get().name()>
                <Show when=again>
                    <div class="over">
                        <Message tone=Tone::Warn text=words.sign_in_needed hook="sign-in-again">
                            <a class="btn" href="/sign-in" on:click=follow(Router::here(), Route::SignIn)>
                                {words.sign_in}
                            </a>
                        </Message>
                    </div>
                </Show>
                <Wiped />
                <Update />
                {children()}
            </main>
            <ToastsView />
        </div>
    }
}

#[component]
fn Top(route: Memo<Route>) -> impl IntoView {
    let words = words();
    let router = Router::here();
    let deep = move || {
        matches!(route.get(), Route::Case(_) | Route::Sync | Route::Devices | Route::SignIn)
    };
    view! {
        <header class="top">
            <a class="skip" href="#main">{words.skip}</a>
            <Show when=deep>
                <button
                    type="button"
                    class="btn btn-icon back"
                    data-test="back"
                    aria-label=words.back
                    on:click=move |_| router.back(Route::Home)
                >
                    <Svg icon=Icon::ChevronLeft />
                </button>
            </Show>
            <h1>{move || title(route.get(), words)}</h1>
            <Places route />
            <SyncState />
        </header>
    }
}

#[component]
fn Places(route: Memo<Route>) -> impl IntoView {
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
                    view! {
                        <a
                            href=place.path()
                            data-test=format!("place-{}", place.name())
                            aria-current=current
                            on:click=follow(router, place)
                        >
                            <Svg icon=icon(place) />
                            <span>{title(place, words)}</span>
                        </a>
                    }
                })
                .collect_view(),
        )
    };
    view! {
        <nav class="places" aria-label=words.places>
            {links}
        </nav>
    }
}

/// A new version waits: it is taken when the person says so, never over a form.
#[component]
fn Update() -> impl IntoView {
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
    view! {
        <Show when=move || ready.get()>
            <div class="over">
                <Message tone=Tone::Plain text=words.update_ready hook="update">
                    <button type="button" class="btn" on:click=take>{words.update_now}</button>
                </Message>
            </div>
        </Show>
    }
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
