//! Skeletons: the shape of what is being read, so that nothing jumps when it comes.

use leptos::prelude::*;

use crate::text::words;

/// Rows of a list of cases.
#[component]
pub fn SkeletonRows(count: usize) -> impl IntoView {
    let rows = (0..count)
        .map(|_| {
            view! {
                <div class="skeleton-row">
                    <div class="skeleton"></div>
                    <div class="skeleton skeleton-text"></div>
                    <div class="skeleton skeleton-text"></div>
                    <div class="skeleton skeleton-text skeleton-short"></div>
                </div>
            }
        })
        .collect_view();
    view! {
        <div role="status" aria-busy="true">
            <span class="unseen">{words().loading}</span>
            <div aria-hidden="true">{rows}</div>
        </div>
    }
}

/// A whole screen before anything is known.
#[component]
pub fn SkeletonPage() -> impl IntoView {
    view! {
        <div class="page">
            <SkeletonRows count=6 />
        </div>
    }
}
