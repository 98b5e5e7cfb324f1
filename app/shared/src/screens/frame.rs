//! What surrounds every screen: where I am, the sync state, the places at the thumb,
//! messages that concern everything; and the screen of the address in it.

use leptos::{prelude::*, task::spawn_local};

use super::{sync::state::SyncState, wiped::StoreWipedNote};
use crate::{
    components::{
        dom,
        icon::{self, Icon, IconData},
        link::RouteLink,
        message::{Message, Tone},
        skeleton::SkeletonPage,
        toasts::ToastList,
    },
    entry::EntryPoint,
    model::Model,
    route::{Route, Router, after_render, follow},
    text::{Words, words},
};

#[component]
pub fn Frame(entry: EntryPoint) -> impl IntoView {
    (entry.provide_contexts)();
    let words = words();
    let model = Model::here();
    let route = shown_route(model);
    focus_on_navigation(route);
    let content = Memo::new(move |_| Content::of(model, route.get()));
    let screen = move || {
        let content = content.get();
        if content.waits {
            return view! { <SkeletonPage /> }.into_any();
        }
        untrack(|| (entry.screen_of)(content.route))
    };
    let is_sample =
        move || model.district.with(|it| it.as_ref().is_some_and(|it| it.pack().sample));
    let ended = move || model.needs_sign_in_again.get() && route.get() != Route::SignIn;
    view! {
        <div class="app" data-screen=move || route.get().name()>
            <TopBar route/>
            <Show when=is_sample>
                <aside class="sample">{words.sample}</aside>
            </Show>
            <main id="main" tabindex="-1" data-test="screen" data-screen=move || route.get().name()>
                <Show when=ended>
                    <div class="over">
                        <Message tone=Tone::Warn text=words.sign_in_needed hook="sign-in-again">
                            <RouteLink to=Route::SignIn class="btn">
                                {words.sign_in}
                            </RouteLink>
                        </Message>
                    </div>
                </Show>
                <StoreWipedNote/>
                <UpdateNote/>
                {screen}
            </main>
            <ToastList/>
        </div>
    }
}

/// What the screen is made of: another makes it anew.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Content {
    route: Route,
    /// The store is still being read.
    waits: bool,
    /// Names come from the pack: a list that was shown before it came is made anew. Capture
    /// follows the pack by itself, and keeps its camera.
    has_pack: bool,
}

impl Content {
    fn of(model: Model, route: Route) -> Self {
        let shows_work = route.shows_work();
        Self {
            route,
            waits: shows_work && !model.has_work.get(),
            has_pack: shows_work && model.district.with(Option::is_some),
        }
    }
}

/// The route of the address, with the first screen of the person's role in place of "home".
fn shown_route(model: Model) -> Memo<Route> {
    let router = Router::here();
    Memo::new(move |_| {
        let role = model.profile.with(|it| it.as_ref().map(|it| it.actor.role));
        router.at.get().for_role(role, router.app)
    })
}

/// Who follows a link with the keyboard or a screen reader begins at its target.
fn focus_on_navigation(route: Memo<Route>) {
    Effect::watch(move || route.get(), |_, _, _| after_render(|| dom::focus("main")), false);
}

#[component]
fn TopBar(route: Memo<Route>) -> impl IntoView {
    let words = words();
    let router = Router::here();
    view! {
        <header class="top">
            <a class="skip" href="#main">
                {words.skip}
            </a>
            <Show when=move || route.get().has_back()>
                <button
                    type="button"
                    class="btn btn-icon back"
                    data-test="back"
                    aria-label=words.back
                    on:click=move |_| router.back(Route::Home)
                >
                    <Icon icon=icon::CHEVRON_LEFT/>
                </button>
            </Show>
            <h1>{move || title(route.get(), words)}</h1>
            <Places route/>
            <SyncState/>
        </header>
    }
}

/// The places at the thumb.
#[component]
fn Places(route: Memo<Route>) -> impl IntoView {
    let words = words();
    let model = Model::here();
    let router = Router::here();
    let role = Memo::new(move |_| model.profile.with(|it| it.as_ref().map(|it| it.actor.role)));
    let link = move |place: Route| {
        view! {
            <a
                href=router.path(place)
                data-test=format!("place-{}", place.name())
                aria-current=move || (route.get() == place).then_some("page")
                on:click=follow(router, place)
            >
                <Icon icon=icon_of(place)/>
                <span>{title(place, words)}</span>
            </a>
        }
    };
    let links = move || {
        let places = role.get().map_or(&[][..], |role| Route::places_of(role, router.app));
        places.iter().copied().map(link).collect_view()
    };
    view! {
        <nav class="places" aria-label=words.places>
            {links}
        </nav>
    }
}

/// A new version waits: it is taken when the person says so, never over a form.
#[component]
fn UpdateNote() -> impl IntoView {
    let words = words();
    let model = Model::here();
    let waits = || {
        document().document_element().and_then(|root| root.get_attribute("data-update")).is_some()
    };
    let ready = RwSignal::new(waits());
    let told = window_event_listener_untyped("xunjie:update", move |_| ready.set(true));
    on_cleanup(move || told.remove());
    let take = move |_| {
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
                    <button type="button" class="btn" on:click=take>
                        {words.update_now}
                    </button>
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
        Route::Jobs => words.jobs(),
        Route::Settings => words.settings,
        Route::SignIn => words.sign_in,
        Route::Home | Route::NotFound => words.app_name,
    }
}

const fn icon_of(route: Route) -> IconData {
    match route {
        Route::Capture => icon::CAMERA,
        Route::Records => icon::LAYOUT_LIST,
        Route::Tasks => icon::CLIPBOARD_CHECK,
        Route::Board => icon::COLUMNS3,
        Route::Sync => icon::REFRESH_CW,
        _ => icon::SETTINGS,
    }
}

#[cfg(test)]
mod tests;
