//! A drawn empty state: what would be here, and what to do about it.

use leptos::prelude::*;

use super::icon::{Icon, IconData};

/// `children` are the way out.
#[component]
pub fn EmptyState(
    icon: IconData,
    title: &'static str,
    text: &'static str,
    #[prop(optional)] children: Option<Children>,
) -> impl IntoView {
    view! {
        <div class="empty">
            <div class="drawing" aria-hidden="true">
                <i></i>
                <i></i>
                <i></i>
                <b>
                    <Icon icon />
                </b>
            </div>
            <h2>{title}</h2>
            <p>{text}</p>
            {children.map(|children| children())}
        </div>
    }
}
