//! The screens that only the desk has: one folder a task of a person.

mod board;
mod devices;
mod jobs;
mod offline_note;

use app_shared::{
    route::Route,
    screens::{
        case::CaseScreen, not_found::NotFound, settings::Settings, sign_in::SignIn,
        sync::SyncScreen,
    },
};
use leptos::prelude::*;

use self::offline_note::OfflineNote;

/// What outlives a screen: what was chosen on the board, and what the server last said.
pub fn provide_contexts() {
    board::BoardChoice::provide();
    board::LastAnswers::provide();
    board::LastViews::provide();
    devices::LastAnswer::provide();
    jobs::LastAnswer::provide();
}

/// The screen of a route. Those that show what the server says tell when it does not answer.
pub fn screen_of(route: Route) -> AnyView {
    match route {
        Route::Board => view! { <OfflineNote /> <board::Board /> }.into_any(),
        Route::Devices => view! { <OfflineNote /> <devices::Devices /> }.into_any(),
        Route::Jobs => view! { <OfflineNote /> <jobs::JobsScreen /> }.into_any(),
        Route::Case(id) => view! { <OfflineNote /> <CaseScreen id /> }.into_any(),
        Route::Sync => view! { <SyncScreen /> }.into_any(),
        Route::Settings => view! { <Settings /> }.into_any(),
        Route::SignIn => view! { <SignIn again=true /> }.into_any(),
        Route::Home | Route::Capture | Route::Records | Route::Tasks | Route::NotFound => {
            view! { <NotFound /> }.into_any()
        }
    }
}
