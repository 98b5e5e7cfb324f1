//! An address without a screen.

use leptos::prelude::*;

use crate::{
    components::{empty::EmptyState, icon, link::RouteLink},
    route::Route,
    text::words,
};

#[component]
pub fn NotFound() -> impl IntoView {
    let words = words();
    view! {
        <div class="page">
            <EmptyState icon=icon::MAP_PIN title=words.not_found text=words.not_found_text>
                <RouteLink to=Route::Home class="btn btn-main">
                    {words.go_home}
                </RouteLink>
            </EmptyState>
        </div>
    }
}
