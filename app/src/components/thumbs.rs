//! The strip of photos of a draft, each with its remove button.

use domain::case::Report;
use leptos::prelude::*;

use super::{
    icon::{Icon, Svg},
    photo::Photo,
};
use crate::{
    model::{DraftPhoto, Size},
    text::words,
};

#[component]
pub fn Thumbs(
    #[prop(into)] photos: Signal<Vec<DraftPhoto>>,
    #[prop(into)] remove: Callback<usize>,
    /// What stands at the end: the way to another photo.
    #[prop(optional)]
    children: Option<ChildrenFn>,
) -> impl IntoView {
    let words = words();
    let each = move || {
        let photos = photos.get();
        let all = photos.len();
        photos
            .into_iter()
            .enumerate()
            .map(|(index, photo)| {
                let name = words.photo_number(index + 1, all);
                view! {
                    <li data-test="photo-thumb">
                        <Photo hash=photo.hash() size=Size::Thumb alt=name.clone() />
                        <button
                            type="button"
                            class="remove"
                            data-test="photo-remove"
                            aria-label=format!("{}: {name}", words.remove_photo)
                            on:click=move |_| remove.run(index)
                        >
                            <span>
                                <Svg icon=Icon::X small=true />
                            </span>
                        </button>
                    </li>
                }
            })
            .collect_view()
    };
    let more = move || photos.with(Vec::len) < Report::MOST_PHOTOS;
    let last = children.map(|children| {
        view! { <Show when=more>{let children = children.clone(); view! { <li>{children()}</li> }}</Show> }
    });
    view! {
        <ul class="thumbs" aria-label=words.photos>
            {each}
            {last}
        </ul>
    }
}
