//! The exact mark of each photo of a record: on this phone, arriving, arrived.

use super::icon::{self, Icon};
use crate::{
    model::{PhotoState, RecordPhoto},
    text::words,
};
use leptos::prelude::*;

#[component]
pub fn PhotoMarks(photos: Vec<RecordPhoto>) -> impl IntoView {
    let words = words();
    let marks = photos
        .into_iter()
        .enumerate()
        .map(|(index, photo)| {
            let (state, icon, said) = match &photo.state {
                PhotoState::OnPhone => ("on_phone", icon::SMARTPHONE, words.photo_on_phone.into()),
                PhotoState::Arriving { sent, of } => {
                    ("arriving", icon::ARROW_UP, words.progress(*sent, *of))
                }
                PhotoState::Arrived { .. } => {
                    ("arrived", icon::CIRCLE_CHECK, words.photo_arrived.to_owned())
                }
                PhotoState::Rejected { .. } => {
                    ("attention", icon::TRIANGLE_ALERT, words.photo_attention.into())
                }
                PhotoState::Damaged => {
                    ("attention", icon::TRIANGLE_ALERT, words.photo_damaged().into())
                }
            };
            view! {
                <li class="mark" data-test="photo-mark" data-state=state>
                    <Icon icon />
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
