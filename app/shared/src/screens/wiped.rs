//! "The storage of this phone was cleared": what is gone, what is safe, what to do.

use leptos::ev;

use crate::{
    components::{
        markup::{IntoView, button, el},
        message::{Tone, message},
    },
    model::Model,
    text::words,
};

pub fn wiped_note() -> impl IntoView {
    let words = words();
    let model = Model::here();
    move || {
        model.wipe.get().map(|wipe| {
            let tone = if wipe.put_back.is_some() { Tone::Warn } else { Tone::Bad };
            el("div").class("over").child(message(
                tone,
                words.wiped(wipe),
                "wiped",
                button("btn")
                    .hook("wiped-read")
                    .on(ev::click, move |_| model.acknowledge_wipe())
                    .child(words.understood()),
            ))
        })
    }
}
