//! The exact mark of each photo of a record: on this phone, arriving, arrived.

use super::{
    icon::Icon,
    markup::{IntoView, View, el},
};
use crate::{
    model::{PhotoState, RecordPhoto},
    text::words,
};

pub fn photo_marks(photos: Vec<RecordPhoto>) -> impl IntoView {
    let words = words();
    let marks = photos
        .into_iter()
        .enumerate()
        .map(|(index, photo)| {
            let (state, icon, said) = match &photo.state {
                PhotoState::OnPhone => ("on_phone", Icon::Smartphone, words.photo_on_phone.into()),
                PhotoState::Arriving { sent, of } => {
                    ("arriving", Icon::ArrowUp, words.progress(*sent, *of))
                }
                PhotoState::Arrived { .. } => {
                    ("arrived", Icon::CircleCheck, words.photo_arrived.to_owned())
                }
                PhotoState::Rejected { .. } => {
                    ("attention", Icon::TriangleAlert, words.photo_attention.into())
                }
                PhotoState::Damaged => {
                    ("attention", Icon::TriangleAlert, words.photo_damaged().into())
                }
            };
            el("li").class("mark").hook("photo-mark").attr("data-state", state).child(icon).child(
                el("span")
                    .child(el("span").class("unseen").child(words.photos))
                    .child(format!("{} ", index + 1))
                    .child(said),
            )
        })
        .collect::<View>();
    el("ul").class("marks").child(marks)
}
