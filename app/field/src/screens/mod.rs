//! The screens that only the field app has: one folder a task of a person.

mod capture;
mod records;
mod tasks;

use app_shared::{
    route::Route,
    screens::{
        case::CaseScreen, not_found::NotFound, settings::Settings, sign_in::SignIn,
        sync::SyncScreen,
    },
};
use leptos::prelude::*;

/// What outlives a screen: how the list of records is looked at.
pub fn provide_contexts() {
    records::ListState::provide();
}

/// The screen of a route.
pub fn screen_of(route: Route) -> AnyView {
    match route {
        Route::Capture => view! { <capture::Capture /> }.into_any(),
        Route::Records => view! { <records::Records /> }.into_any(),
        Route::Tasks => view! { <tasks::Tasks /> }.into_any(),
        Route::Case(id) => view! { <CaseScreen id /> }.into_any(),
        Route::Sync => view! { <SyncScreen /> }.into_any(),
        Route::Settings => view! { <Settings /> }.into_any(),
        Route::SignIn => view! { <SignIn again=true /> }.into_any(),
        Route::Home | Route::Board | Route::Devices | Route::Jobs | Route::NotFound => {
            view! { <NotFound /> }.into_any()
        }
    }
}
