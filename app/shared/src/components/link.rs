//! A link to a screen. One of this entry point opens without loading the page anew.

use leptos::prelude::*;

use crate::route::{Route, Router, follow};

#[component]
pub fn RouteLink(
    to: Route,
    class: &'static str,
    /// The stable name by which tests find it.
    #[prop(optional)]
    hook: Option<&'static str>,
    children: Children,
) -> impl IntoView {
    let router = Router::here();
    view! {
        <a class=class href=router.path(to) data-test=hook on:click=follow(router, to)>
            {children()}
        </a>
    }
}
