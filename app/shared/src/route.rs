//! Addresses of screens, and moving between them. A route is a value: a link to a
//! screen that does not exist does not compile.
//!
//! `leptos_router` would gain nothing: the addresses are fixed, none is nested or loads data,
//! and a route must be comparable and know its entry point.

use domain::{CaseId, access::Role};
use leptos::{ev, prelude::*};
use wasm_bindgen::JsValue;

/// An entry point: its own page, manifest and service worker under its own path.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum App {
    /// Offline-first: what an inspector or handler carries.
    Field,
    /// Online-first: what headquarters, leads and offices open.
    Desk,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Route {
    /// The first screen of a role.
    Home,
    SignIn,
    Capture,
    Records,
    Tasks,
    Board,
    Case(CaseId),
    Sync,
    /// What devices owe; for headquarters.
    Devices,
    /// What the server has still to do on its own; for administrators.
    Jobs,
    Settings,
    NotFound,
}

/// Where the app is. In context.
#[derive(Clone, Copy)]
pub struct Router {
    /// The entry point that runs.
    pub app: App,
    pub at: RwSignal<Route>,
}

impl App {
    /// As in its path.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Field => "field",
            Self::Desk => "desk",
        }
    }

    /// The path under which all its screens and its service worker lie, without a slash at
    /// the end.
    pub const fn base(self) -> &'static str {
        match self {
            Self::Field => "/field",
            Self::Desk => "/desk",
        }
    }

    pub const fn other(self) -> Self {
        match self {
            Self::Field => Self::Desk,
            Self::Desk => Self::Field,
        }
    }

    /// Whether a role has work in this entry point.
    pub const fn has_work_for(self, role: Role) -> bool {
        match (self, role) {
            (_, Role::Reviewer | Role::UnitLead)
            | (Self::Field, Role::Inspector | Role::Handler)
            | (
                Self::Desk,
                Role::PatchLeader | Role::Discipline | Role::Administrator | Role::City,
            ) => true,
            (Self::Desk, Role::Inspector | Role::Handler)
            | (
                Self::Field,
                Role::PatchLeader | Role::Discipline | Role::Administrator | Role::City,
            ) => false,
        }
    }

    /// Where a role works, on a wide screen or on a phone.
    pub const fn of_role(role: Role, is_wide: bool) -> Self {
        match role {
            Role::Inspector | Role::Handler => Self::Field,
            Role::UnitLead => {
                if is_wide {
                    Self::Desk
                } else {
                    Self::Field
                }
            }
            Role::Reviewer
            | Role::PatchLeader
            | Role::Discipline
            | Role::Administrator
            | Role::City => Self::Desk,
        }
    }
}

impl Route {
    /// The route of a whole path; the entry point's own part of it does not matter.
    pub fn read(path: &str) -> Self {
        let mut parts = path.split('/').filter(|part| !part.is_empty()).peekable();
        parts.next_if(|part| ["field", "desk"].contains(part));
        let route = match (parts.next(), parts.next()) {
            (None, _) => Self::Home,
            (Some("sign-in"), None) => Self::SignIn,
            (Some("capture"), None) => Self::Capture,
            (Some("records"), None) => Self::Records,
            (Some("tasks"), None) => Self::Tasks,
            (Some("board"), None) => Self::Board,
            (Some("case"), Some(id)) => id.parse().map_or(Self::NotFound, Self::Case),
            (Some("sync"), None) => Self::Sync,
            (Some("devices"), None) => Self::Devices,
            (Some("jobs"), None) => Self::Jobs,
            (Some("settings"), None) => Self::Settings,
            _ => Self::NotFound,
        };
        if parts.next().is_some() { Self::NotFound } else { route }
    }

    /// Its address for who is in `app`: a screen that only the other entry point has lies
    /// there.
    pub fn path(self, app: App) -> String {
        let base = self.app().unwrap_or(app).base();
        match self {
            Self::Home | Self::NotFound => format!("{base}/"),
            Self::Case(id) => format!("{base}/case/{id}"),
            other => format!("{base}/{}", other.name()),
        }
    }

    /// The entry point that has this screen; `None`: both have.
    pub const fn app(self) -> Option<App> {
        match self {
            Self::Capture | Self::Records | Self::Tasks => Some(App::Field),
            Self::Board | Self::Devices | Self::Jobs => Some(App::Desk),
            Self::Home
            | Self::SignIn
            | Self::Case(_)
            | Self::Sync
            | Self::Settings
            | Self::NotFound => None,
        }
    }

    /// Whether the screen lists or counts what this phone holds of work.
    pub const fn shows_work(self) -> bool {
        match self {
            Self::Records
            | Self::Tasks
            | Self::Board
            | Self::Case(_)
            | Self::Sync
            | Self::Devices
            | Self::Settings => true,
            Self::Home | Self::SignIn | Self::Capture | Self::Jobs | Self::NotFound => false,
        }
    }

    /// The screen's stable name, for styles and tests.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Home => "home",
            Self::SignIn => "sign-in",
            Self::Capture => "capture",
            Self::Records => "records",
            Self::Tasks => "tasks",
            Self::Board => "board",
            Self::Case(_) => "case",
            Self::Sync => "sync",
            Self::Devices => "devices",
            Self::Jobs => "jobs",
            Self::Settings => "settings",
            Self::NotFound => "not-found",
        }
    }

    /// The screen that is shown for this address: who opens "home" gets the first screen of
    /// their role, and settings while nobody is signed in.
    pub const fn for_role(self, role: Option<Role>, app: App) -> Self {
        match (self, role) {
            (Self::Home, Some(role)) => Self::home_of(role, app),
            (Self::Home, None) => Self::Settings,
            (route, _) => route,
        }
    }

    /// Whether the screen is opened from others and offers the way back to them.
    pub const fn has_back(self) -> bool {
        matches!(self, Self::Case(_) | Self::Sync | Self::Devices | Self::Jobs | Self::SignIn)
    }

    /// Where a role begins its day in an entry point.
    pub const fn home_of(role: Role, app: App) -> Self {
        match (app, role) {
            (App::Field, Role::Inspector | Role::Reviewer) => Self::Capture,
            (App::Field, Role::Handler | Role::UnitLead) => Self::Tasks,
            (App::Field, _) => Self::Sync,
            (App::Desk, Role::Inspector | Role::Handler) => Self::Sync,
            (App::Desk, _) => Self::Board,
        }
    }

    /// The three or four places at the thumb; one of the other entry point is a link to it.
    pub const fn places_of(role: Role, app: App) -> &'static [Self] {
        match (app, role) {
            (_, Role::Inspector) => &[Self::Capture, Self::Records, Self::Tasks, Self::Settings],
            (_, Role::Handler) => &[Self::Tasks, Self::Sync, Self::Settings],
            (_, Role::UnitLead) => &[Self::Tasks, Self::Board, Self::Sync, Self::Settings],
            (App::Field, Role::Reviewer) => {
                &[Self::Capture, Self::Records, Self::Board, Self::Settings]
            }
            (App::Desk, Role::Reviewer) => {
                &[Self::Board, Self::Capture, Self::Sync, Self::Settings]
            }
            (_, Role::PatchLeader | Role::Discipline | Role::Administrator | Role::City) => {
                &[Self::Board, Self::Sync, Self::Settings]
            }
        }
    }
}

impl Router {
    /// Reads the address, follows the browser's back and forward, and stands in context.
    pub fn provide(app: App) -> Self {
        let router = Self { app, at: RwSignal::new(Route::read(&address())) };
        if let Ok(history) = window().history() {
            // Lists are rendered after the browser would scroll, so we do it ourselves.
            let _kept = history.set_scroll_restoration(web_sys::ScrollRestoration::Manual);
        }
        let back = window_event_listener(ev::popstate, move |event| {
            router.at.set(Route::read(&address()));
            let y = event.state().as_f64().unwrap_or(0.0);
            after_render(move || window().scroll_to_with_x_and_y(0.0, y));
        });
        on_cleanup(move || back.remove());
        provide_context(router);
        router
    }

    pub fn here() -> Self {
        expect_context()
    }

    /// Moves to a screen. One of the other entry point is another page, and is loaded.
    pub fn go(self, route: Route) {
        if self.is_elsewhere(route) {
            // The browser refuses only addresses that are none.
            let _loading = window().location().assign(&self.path(route));
            return;
        }
        if self.at.get_untracked() == route {
            return;
        }
        if let Ok(history) = window().history() {
            // The place in the list we leave, for when we come back.
            let y = JsValue::from_f64(window().scroll_y().unwrap_or(0.0));
            let _kept = history.replace_state_with_url(&y, "", None);
            let _pushed = history.push_state_with_url(&JsValue::NULL, "", Some(&self.path(route)));
        }
        self.at.set(route);
        after_render(|| window().scroll_to_with_x_and_y(0.0, 0.0));
    }

    /// The address of a screen as this entry point links to it.
    pub fn path(self, route: Route) -> String {
        route.path(self.app)
    }

    /// Whether only the other entry point has this screen.
    pub fn is_elsewhere(self, route: Route) -> bool {
        route.app().is_some_and(|app| app != self.app)
    }

    /// The same without a step in the browser's history.
    pub fn replace(self, route: Route) {
        if let Ok(history) = window().history() {
            let _kept = history.replace_state_with_url(&JsValue::NULL, "", Some(&self.path(route)));
        }
        self.at.set(route);
    }

    /// The screen before, or `otherwise` where this one was opened directly.
    pub fn back(self, otherwise: Route) {
        match window().history() {
            Ok(history) if history.length().unwrap_or(1) > 1 => {
                let _gone = history.back();
            }
            _ => self.go(otherwise),
        }
    }
}

/// A handler for a link: plain clicks stay in the app, all others are the browser's.
pub fn follow(router: Router, route: Route) -> impl Fn(ev::MouseEvent) + Clone + 'static {
    move |event| {
        let special = event.ctrl_key() || event.meta_key() || event.shift_key() || event.alt_key();
        if event.button() == 0 && !special && !router.is_elsewhere(route) {
            event.prevent_default();
            router.go(route);
        }
    }
}

/// Runs once what was just changed stands in the page.
pub fn after_render(run: impl FnOnce() + 'static) {
    request_animation_frame(move || request_animation_frame(run));
}

fn address() -> String {
    window().location().pathname().unwrap_or_default()
}

#[cfg(test)]
mod tests;
