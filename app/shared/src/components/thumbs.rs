//! The strip of photos of a draft, each with its remove button.

use domain::case::Report;
use leptos::{ev, prelude::*};

use super::{
    icon::Icon,
    markup::{IntoView, View, button, el, show},
    photo::photo,
};
use crate::{
    model::{DraftPhoto, Size},
    text::words,
};

/// `last` stands at the end while there is room: the way to another photo.
pub fn thumb_strip(
    photos: Signal<Vec<DraftPhoto>>,
    remove: Callback<usize>,
    last: Option<Box<dyn Fn() -> View>>,
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
                el("li")
                    .hook("photo-thumb")
                    .child(photo(shot.hash(), Size::Thumb, name.clone(), "photo"))
                    .child(
                        button("remove")
                            .hook("photo-remove")
                            .attr("aria-label", format!("{}: {name}", words.remove_photo))
                            .on(ev::click, move |_| remove.run(index))
                            .child(el("span").child(Icon::X.small())),
                    )
            })
            .collect::<View>()
    };
    let more = move || photos.with(Vec::len) < Report::MOST_PHOTOS;
    let last = last.map(|last| show(more, move || el("li").child(last())));
    el("ul").class("thumbs").attr("aria-label", words.photos).child(each).child(last)
}
