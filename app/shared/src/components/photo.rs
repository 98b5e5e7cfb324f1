//! One photo: from this phone while it is here, else from the server; a skeleton until
//! it shows, and a word where it cannot.

use domain::PhotoHash;
use leptos::{ev, prelude::*};

use super::{
    icon::Icon,
    markup::{IntoView, View, el},
};
use crate::{
    model::{Model, PhotoSource, Size},
    text::words,
};

/// `alt` is empty where the text beside it says the same.
pub fn photo(
    hash: PhotoHash,
    size: Size,
    alt: impl Into<String>,
    class: &'static str,
) -> impl IntoView {
    photo_of(hash, size, alt.into(), class)
}

fn photo_of(hash: PhotoHash, size: Size, alt: String, class: &'static str) -> View {
    let source = Model::here().photo_src(hash, size);
    let failed = RwSignal::new(false);
    let shown = move || {
        let alt = alt.clone();
        match source.get() {
            PhotoSource::Ready(address) if !failed.get() => el("img")
                .attr("src", address)
                .attr("alt", alt)
                .attr("decoding", "async")
                .on(ev::error, move |_| failed.set(true))
                .into_view(),
            PhotoSource::Loading => el("span").class("none bone").into_view(),
            PhotoSource::Ready(_) => none(words().photo_offline).into_view(),
            PhotoSource::Missing => none(words().photo_not_here).into_view(),
        }
    };
    el("span").class(class).child(shown).into_view()
}

fn none(why: &'static str) -> impl IntoView {
    el("span").class("none").child(Icon::Image).child(el("span").class("why").child(why))
}
