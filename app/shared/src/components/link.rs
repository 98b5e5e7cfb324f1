//! A link to a screen.

use leptos::prelude::*;

use crate::route::{Route, Router, follow};

/// Moves inside the app without loading the page; a screen of the other entry point is
/// loaded. Further attributes are handed on: `attr:aria-current="page"`.
#[component]
pub fn RouteLink(
    to: Route,
    #[prop(optional, into)] class: Option<String>,
    #[prop(optional)] hook: Option<&'static str>,
    children: Children,
) -> impl IntoView {
    let router = Router::here();
    view! {
        <a class=class href=router.path(to) data-test=hook on:click=follow(router, to)>
            {children()}
        </a>
    }
}
