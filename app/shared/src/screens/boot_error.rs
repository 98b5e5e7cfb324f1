//! The phone's store did not open: what is safe, and trying again.

use leptos::ev;

use crate::{
    components::{
        markup::{IntoView, button, el},
        message::{Tone, message},
    },
    model::{Model, Trouble},
    text::words,
};

pub fn boot_trouble(trouble: Trouble) -> impl IntoView {
    let words = words();
    let model = Model::here();
    el("main").class("page stack-l").attr("id", "main").child(el("h1").child(words.app_name)).child(
        message(
            Tone::Bad,
            words.trouble(&trouble),
            "message",
            button("btn").on(ev::click, move |_| model.start_again()).child(words.retry),
        ),
    )
}
