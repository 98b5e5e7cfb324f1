//! Signing out: at once when everything has arrived, and not over a full outbox
//! without saying what is safe.

use leptos::{ev, prelude::*, task::spawn_local};

use crate::{
    components::{
        icon::Icon,
        markup::{IntoView, button, el, show, show_or, views},
        message::{Tone, message},
    },
    model::Model,
    text::words,
};

pub fn sign_out() -> impl IntoView {
    let words = words();
    let model = Model::here();
    let asked = RwSignal::new(false);
    let error = RwSignal::new(None::<String>);
    let leave = move || {
        spawn_local(async move {
            if let Err(trouble) = model.sign_out().await {
                let _gone = error.try_set(Some(words.trouble(&trouble)));
            }
        });
    };
    let full = move || {
        model
            .status
            .with(|status| (!status.is_all_there()).then_some(status.operations_here.max(1)))
    };
    let ask = move |_| if full().is_some() { asked.set(true) } else { leave() };
    views![
        show(move || full().is_none(), move || el("p").class("s quiet").child(words.sign_out_safe)),
        show_or(
            move || asked.get() && full().is_some(),
            move || message(
                Tone::Warn,
                words.sign_out_full(full().unwrap_or_default()),
                "message",
                views![
                    button("btn btn-main")
                        .on(ev::click, move |_| asked.set(false))
                        .child(words.sign_out_wait),
                    button("btn btn-bad")
                        .hook("sign-out-anyway")
                        .on(ev::click, move |_| leave())
                        .child(words.sign_out_anyway)
                ]
            ),
            move || {
                button("btn")
                    .hook("sign-out")
                    .on(ev::click, ask)
                    .child(Icon::LogOut)
                    .child(words.sign_out)
            }
        ),
        move || error.get().map(|text| message(Tone::Bad, text, "message", ()))
    ]
}
