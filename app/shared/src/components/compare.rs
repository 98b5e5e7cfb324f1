//! Before and after in one frame, with a slider between them: dragged by finger or
//! mouse, moved by the arrow keys.

use domain::PhotoHash;
use leptos::{html, prelude::*};

use super::{
    dom,
    icon::{self, Icon},
};
use crate::{
    model::{Model, PhotoSource, Size},
    text::words,
};

#[component]
pub fn PhotoCompare(before: PhotoHash, after: PhotoHash) -> impl IntoView {
    let words = words();
    let frame = NodeRef::<html::Div>::new();
    let moved = move |event| {
        if let Some(frame) = frame.get() {
            // A property set by script, which the content policy allows.
            let part = format!("{}%", dom::value_of(&event));
            let _set = web_sys::HtmlElement::style(&frame).set_property("--cut", &part);
        }
    };
    view! {
        <div class="compare" data-test="compare" node_ref=frame>
            <Half hash=before class="before" alt=words.before />
            <Half hash=after class="after" alt=words.after />
            <span class="tag left" aria-hidden="true">
                {words.before}
            </span>
            <span class="tag right" aria-hidden="true">
                {words.after}
            </span>
            <span class="edge" aria-hidden="true">
                <span>
                    <Icon icon=icon::CHEVRONS_LEFT_RIGHT />
                </span>
            </span>
            <input
                type="range"
                min="0"
                max="100"
                value="50"
                step="1"
                data-test="compare-slider"
                aria-label=words.compare_hint
                on:input=moved
            />
        </div>
    }
}

#[component]
fn Half(hash: PhotoHash, class: &'static str, alt: &'static str) -> impl IntoView {
    let words = words();
    let source = Model::here().photo_src(hash, Size::Screen);
    move || match source.get() {
        PhotoSource::Ready(address) => {
            view! { <img class=class src=address alt=alt draggable="false" /> }.into_any()
        }
        PhotoSource::Loading => view! { <span class="bone"></span> }.into_any(),
        PhotoSource::Missing => {
            view! { <span class="none">{words.photo_not_here}</span> }.into_any()
        }
    }
}
