//! The exact mark of each photo of a record: on this phone, arriving, arrived.

use leptos::prelude::*;

use super::icon::{Icon, Svg};
use crate::{
    model::{PhotoState, RecordPhoto},
    text::words,
};

#[component]
pub fn PhotoMarks(photos: Vec<RecordPhoto>) -> impl IntoView {
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
            view! {
                <li class="mark" data-test="photo-mark" data-state=state>
                    <Svg icon />
                    <span>
                        <span class="unseen">{words.photos}</span>
                        {format!("{} ", index + 1)}
                        {said}
                    </span>
                </li>
            }
        })
        .collect_view();
    view! { <ul class="marks">{marks}</ul> }
}
