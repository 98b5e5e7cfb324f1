//! The strip of photos of a draft, each with its remove button.

use domain::case::Report;
use leptos::prelude::*;

use super::{
    icon::{self, Icon},
    photo::Photo,
};
use crate::{
    model::{DraftPhoto, Size},
    text::words,
};

/// `last` stands at the end while there is room: the way to another photo.
#[component]
pub fn PhotoStrip(
    #[prop(into)] photos: Signal<Vec<DraftPhoto>>,
    remove: Callback<usize>,
    #[prop(optional, into)] last: Option<ViewFn>,
) -> impl IntoView {
    let words = words();
    let each = move || {
        let photos = photos.get();
        let all = photos.len();
        photos
            .into_iter()
            .enumerate()
            .map(|(index, shot)| {
                let name = words.photo_number(index + 1, all);
                view! {
                    <li data-test="photo-thumb">
                        <Photo hash=shot.hash() size=Size::Thumb alt=name.clone() class="photo" />
                        <button
                            type="button"
                            class="remove"
                            data-test="photo-remove"
                            aria-label=format!("{}: {name}", words.remove_photo)
                            on:click=move |_| remove.run(index)
                        >
                            <span>
                                <Icon icon=icon::X small=true />
                            </span>
                        </button>
                    </li>
                }
            })
            .collect_view()
    };
    let more = move || photos.with(Vec::len) < Report::MOST_PHOTOS;
    let last = last.map(|last| {
        view! {
            <Show when=more>
                <li>{last.run()}</li>
            </Show>
        }
    });
    view! {
        <ul class="thumbs" aria-label=words.photos>
            {each}
            {last}
        </ul>
    }
}
