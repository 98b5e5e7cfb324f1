//! Before and after in one frame, with a slider between them: dragged by finger or
//! mouse, moved by the arrow keys.

use domain::PhotoHash;
use leptos::{ev, html, prelude::*};

use super::{
    dom,
    icon::{self, Icon},
    photo_image::PhotoImage,
};
use crate::{model::Size, text::words};

#[component]
pub fn PhotoCompare(before: PhotoHash, after: PhotoHash) -> impl IntoView {
    let words = words();
    let frame = NodeRef::<html::Div>::new();
    let moved = move |event: ev::Event| {
        if let Some(frame) = frame.get_untracked() {
            // A property set by script, which the content policy allows.
            let part = format!("{}%", dom::value_of(&event));
            let _set = web_sys::HtmlElement::style(&frame).set_property("--cut", &part);
        }
    };
    view! {
        <div class="compare" data-test="compare" node_ref=frame>
            <PhotoImage hash=before size=Size::Screen alt=words.before class="before" fixed=true/>
            <PhotoImage hash=after size=Size::Screen alt=words.after class="after" fixed=true/>
            <span class="tag left" aria-hidden="true">{words.before}</span>
            <span class="tag right" aria-hidden="true">{words.after}</span>
            <span class="edge" aria-hidden="true">
                <span>
                    <Icon icon=icon::CHEVRONS_LEFT_RIGHT/>
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
