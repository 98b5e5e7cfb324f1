//! Making a rescue bundle, and taking one in.

use leptos::{ev, prelude::*, task::spawn_local};
use web_sys::File;

use super::{
    icon::Icon,
    markup::{IntoView, button, el, views},
    message::{Tone, message},
    picker::Picker,
};
use crate::{model::Model, text::words};

/// What is going on, or what came of it.
#[derive(Clone, PartialEq)]
enum Said {
    Nothing,
    Busy(String),
    Done(String),
    Failed(String),
}

/// `can_import` where somebody is signed in; making one needs nobody.
pub fn rescue_block(can_import: bool) -> impl IntoView {
    let words = words();
    let model = Model::here();
    let said = RwSignal::new(Said::Nothing);
    // The screen may be gone when it is done.
    let say = move |what| drop(said.try_set(what));
    let make = move |_| {
        say(Said::Busy(words.loading.into()));
        spawn_local(async move {
            let made = model.rescue(move |done| say(Said::Busy(words.rescue_making(done)))).await;
            say(match made {
                Ok(made) => Said::Done(words.rescue_made(made)),
                Err(trouble) => Said::Failed(words.trouble(&trouble)),
            });
        });
    };
    let import = move |files: Vec<File>| {
        let Some(file) = files.into_iter().next() else { return };
        say(Said::Busy(words.loading.into()));
        spawn_local(async move {
            let told = move |done| say(Said::Busy(words.rescue_sending(done)));
            say(match model.take_in_rescue(&file, told).await {
                Ok(report) => Said::Done(words.rescue_taken(&report)),
                Err(trouble) => Said::Failed(words.trouble(&trouble)),
            });
        });
    };
    let busy = move || said.with(|said| matches!(said, Said::Busy(_)));
    el("section")
        .class("block stack")
        .hook("rescue")
        .child(el("h2").child(words.rescue_title()))
        .child(el("p").child(words.rescue_text()))
        .child(
            el("div")
                .class("acts")
                .child(
                    button("btn")
                        .hook("rescue-make")
                        .attr("disabled", busy)
                        .on(ev::click, make)
                        .child(Icon::Download)
                        .child(words.rescue_make()),
                )
                .child(can_import.then(|| {
                    let gallery = Picker::gallery("rescue-import", "btn", Callback::new(import));
                    let accept = ".rescue,application/octet-stream";
                    Picker { accept, ..gallery }
                        .labelled(views![Icon::Upload, words.rescue_import()])
                })),
        )
        .child(el("div").attr("aria-live", "polite").child(move || match said.get() {
            Said::Nothing => ().into_view(),
            Said::Busy(text) => {
                el("p").class("s quiet").attr("role", "status").child(text).into_view()
            }
            Said::Done(text) => message(Tone::Plain, text, "rescue-done", ()).into_view(),
            Said::Failed(text) => message(Tone::Bad, text, "rescue-failed", ()).into_view(),
        }))
}
