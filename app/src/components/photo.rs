//! One photo: from this phone while it is here, else from the server; a skeleton until
//! it shows, and a word where it cannot.

use domain::PhotoHash;
use leptos::prelude::*;

use super::icon::{Icon, Svg};
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
    #[prop(default = "photo")] class: &'static str,
) -> impl IntoView {
    let source = Model::here().photo_src(hash, size);
    let failed = RwSignal::new(false);
    let shown = move || {
        let alt = alt.clone();
        match source.get() {
            PhotoSource::Ready(address) if !failed.get() => view! {
                <img src=address alt=alt decoding="async" on:error=move |_| failed.set(true) />
            }
            .into_any(),
            PhotoSource::Loading => view! { <span class="none bone"></span> }.into_any(),
            PhotoSource::Ready(_) => none(words().photo_offline).into_any(),
            PhotoSource::Missing => none(words().photo_not_here).into_any(),
        }
    };
    view! { <span class=class>{shown}</span> }
}

fn none(why: &'static str) -> impl IntoView {
    view! {
        <span class="none">
            <Svg icon=Icon::Image />
            <span class="why">{why}</span>
        </span>
    }
}
