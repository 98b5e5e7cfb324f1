//! Addresses of screens, and moving between them. A route is a value: a link to a
//! screen that does not exist does not compile.
//!
//! Own code where leptos_router could stand: nine fixed addresses do not need its
//! 38 KB brotli, a tenth of everything a phone may download.

use domain::{CaseId, access::Role};
use leptos::{ev, prelude::*};
use wasm_bindgen::JsValue;

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
    Settings,
    NotFound,
}

/// Where the app is. In context.
#[derive(Clone, Copy)]
pub struct Router {
    pub at: RwSignal<Route>,
}

impl Route {
    pub fn read(path: &str) -> Self {
        let mut parts = path.split('/').filter(|part| !part.is_empty());
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
            (Some("settings"), None) => Self::Settings,
            _ => Self::NotFound,
        };
        if parts.next().is_some() { Self::NotFound } else { route }
    }

    pub fn path(self) -> String {
        match self {
            Self::Home | Self::NotFound => "/".into(),
            Self::SignIn => "/sign-in".into(),
            Self::Capture => "/capture".into(),
            Self::Records => "/records".into(),
            Self::Tasks => "/tasks".into(),
            Self::Board => "/board".into(),
            Self::Case(id) => format!("/case/{id}"),
            Self::Sync => "/sync".into(),
            Self::Devices => "/devices".into(),
            Self::Settings => "/settings".into(),
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
            Self::Settings => "settings",
            Self::NotFound => "not-found",
        }
    }

    /// Where a role begins its day.
    pub const fn home_of(role: Role) -> Self {
        match role {
            Role::Inspector => Self::Capture,
            Role::Handler | Role::UnitLead => Self::Tasks,
            Role::Reviewer
            | Role::PatchLeader
            | Role::Discipline
            | Role::Administrator
            | Role::City => Self::Board,
        }
    }

    /// The three or four places at the thumb.
    pub const fn places_of(role: Role) -> &'static [Self] {
        match role {
            Role::Inspector => &[Self::Capture, Self::Records, Self::Tasks, Self::Settings],
            Role::Handler | Role::UnitLead => &[Self::Tasks, Self::Sync, Self::Settings],
            Role::Reviewer => &[Self::Board, Self::Capture, Self::Records, Self::Settings],
            Role::PatchLeader | Role::Discipline | Role::Administrator | Role::City => {
                &[Self::Board, Self::Sync, Self::Settings]
            }
        }
    }
}

impl Router {
    /// Reads the address, follows the browser's back and forward, and stands in context.
    pub fn provide() -> Self {
        let router = Self { at: RwSignal::new(Route::read(&address())) };
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
        use_context().unwrap_or_else(Self::provide)
    }

    pub fn go(self, route: Route) {
        if self.at.get_untracked() == route {
            return;
        }
        if let Ok(history) = window().history() {
            // The place in the list we leave, for when we come back.
            let y = JsValue::from_f64(window().scroll_y().unwrap_or(0.0));
            let _kept = history.replace_state_with_url(&y, "", None);
            let _pushed = history.push_state_with_url(&JsValue::NULL, "", Some(&route.path()));
        }
        self.at.set(route);
        after_render(|| window().scroll_to_with_x_and_y(0.0, 0.0));
    }

    /// The same without a step in the browser's history.
    pub fn replace(self, route: Route) {
        if let Ok(history) = window().history() {
            let _kept = history.replace_state_with_url(&JsValue::NULL, "", Some(&route.path()));
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
        if event.button() == 0 && !special {
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
