//! The screens that only the desk has: one folder a task of a person.

mod board;
mod devices;

use app_shared::{
    route::Route,
    screens::{
        case::CaseScreen, not_found::NotFound, settings::Settings, sign_in::SignIn,
        sync::SyncScreen,
    },
};
use leptos::prelude::*;

/// No screen of the desk leaves anything behind.
pub const fn provide_contexts() {}

/// The screen of a route.
pub fn screen_of(route: Route) -> AnyView {
    match route {
        Route::Board => view! { <board::Board /> }.into_any(),
        Route::Devices => view! { <devices::Devices /> }.into_any(),
        Route::Case(id) => view! { <CaseScreen id /> }.into_any(),
        Route::Sync => view! { <SyncScreen /> }.into_any(),
        Route::Settings => view! { <Settings /> }.into_any(),
        Route::SignIn => view! { <SignIn again=true /> }.into_any(),
        Route::Home | Route::Capture | Route::Records | Route::Tasks | Route::NotFound => {
            view! { <NotFound /> }.into_any()
        }
    }
}
