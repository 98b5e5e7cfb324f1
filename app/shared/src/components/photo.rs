//! One photo: from this phone while it is here, else from the server; a skeleton until
//! it shows, and a word where it cannot.

use domain::PhotoHash;
use leptos::prelude::*;

use super::icon::{self, Icon};
use crate::{
    model::{Model, PhotoSource, Size},
    text::words,
};

#[component]
pub fn Photo(
    hash: PhotoHash,
    size: Size,
    /// Empty where the text beside it says the same.
    #[prop(into)]
    alt: String,
    class: &'static str,
) -> impl IntoView {
    let words = words();
    let source = Model::here().photo_src(hash, size);
    let failed = RwSignal::new(false);
    let shown = move || {
        match source.get() {
        PhotoSource::Ready(address) if !failed.get() => view! { <img src=address alt=alt.clone() decoding="async" on:error=move |_| failed.set(true) /> }
        .into_any(),
        PhotoSource::Loading => view! { <span class="none bone"></span> }.into_any(),
        PhotoSource::Ready(_) => view! { <NoPhoto why=words.photo_offline /> }.into_any(),
        PhotoSource::Missing => view! { <NoPhoto why=words.photo_not_here /> }.into_any(),
    }
    };
    view! { <span class=class>{shown}</span> }
}

#[component]
fn NoPhoto(why: &'static str) -> impl IntoView {
    view! {
        <span class="none">
            <Icon icon=icon::IMAGE />
            <span class="why">{why}</span>
        </span>
    }
}
