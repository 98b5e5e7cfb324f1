//! The strip of photos of a draft, each with its remove button.

use std::collections::HashMap;

use domain::{PhotoHash, case::Report};
use leptos::prelude::*;

use super::{
    icon::{self, Icon},
    photo::Photo,
};
use crate::{
    model::{DraftPhoto, Size},
    text::words,
};

#[component]
pub fn PhotoStrip(
    #[prop(into)] photos: Signal<Vec<DraftPhoto>>,
    /// Handed the photo's place in the strip.
    #[prop(into)]
    remove: Callback<usize>,
    /// Stands at the end while there is room: the way to another photo.
    #[prop(optional, into)]
    last: Option<ViewFn>,
) -> impl IntoView {
    let words = words();
    let keys = Memo::new(move |_| photos.with(|photos| keys_of(photos)));
    let thumb = move |key: Key| {
        let place = Memo::new(move |_| keys.with(|keys| place_of(keys, key)));
        let name = Signal::derive(move || {
            let (index, all) = (place.get().unwrap_or_default(), keys.with(Vec::len));
            words.photo_number(index + 1, all)
        });
        let removed = move |_| {
            if let Some(index) = place.get_untracked() {
                remove.run(index);
            }
        };
        let from_gallery = move || {
            let index = place.get().unwrap_or(usize::MAX);
            photos.with(|photos| photos.get(index).is_some_and(DraftPhoto::is_from_gallery))
        };
        view! {
            <li data-test="photo-thumb">
                <Photo hash=key.hash size=Size::Thumb alt=name class="photo"/>
                <Show when=from_gallery>
                    <span class="origin" data-test="from-gallery" title=words.from_gallery>
                        <Icon icon=icon::IMAGES small=true/>
                        <span class="unseen">{words.from_gallery}</span>
                    </span>
                </Show>
                <button
                    type="button"
                    class="remove"
                    data-test="photo-remove"
                    aria-label=move || format!("{}: {}", words.remove_photo, name.get())
                    on:click=removed
                >
                    <span>
                        <Icon icon=icon::X small=true/>
                    </span>
                </button>
            </li>
        }
    };
    let has_room = move || photos.with(Vec::len) < Report::MAX_PHOTOS;
    let last = last.map(|last| {
        view! {
            <Show when=has_room>
                <li>{last.run()}</li>
            </Show>
        }
    });
    view! {
        <ul class="thumbs" aria-label=words.photos>
            <For each=move || keys.get() key=|key| *key children=thumb/>
            {last}
        </ul>
    }
}

/// One photo of the strip. The same file may have been chosen twice.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
struct Key {
    hash: PhotoHash,
    copy: usize,
}

fn keys_of(photos: &[DraftPhoto]) -> Vec<Key> {
    let mut copies = HashMap::<PhotoHash, usize>::new();
    let mut key = |hash| {
        let seen = copies.entry(hash).or_default();
        let copy = *seen;
        *seen += 1;
        Key { hash, copy }
    };
    photos.iter().map(|photo| key(photo.hash())).collect()
}

/// `None` where it has just been taken out.
fn place_of(keys: &[Key], key: Key) -> Option<usize> {
    keys.iter().position(|own| *own == key)
}
