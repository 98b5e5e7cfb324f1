//! Making a rescue bundle, and taking one in.

use leptos::{prelude::*, task::spawn_local};
use web_sys::File;

use super::{
    icon::{Icon, Svg},
    message::{Message, Tone},
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
#[component]
pub fn RescueBlock(can_import: bool) -> impl IntoView {
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
    view! {
        <section class="block stack" data-test="rescue">
            <h2>{words.rescue_title()}</h2>
            <p>{words.rescue_text()}</p>
            <div class="acts">
                <button
                    type="button"
                    class="btn"
                    data-test="rescue-make"
                    disabled=busy
                    on:click=make
                >
                    <Svg icon=Icon::Download />
                    {words.rescue_make()}
                </button>
                {can_import
                    .then(|| {
                        view! {
                            <Picker
                                hook="rescue-import"
                                class="btn"
                                accept=".rescue,application/octet-stream"
                                picked=Callback::new(import)
                            >
                                <Svg icon=Icon::Upload />
                                {words.rescue_import()}
                            </Picker>
                        }
                    })}
            </div>
            <div aria-live="polite">
                {move || match said.get() {
                    Said::Nothing => ().into_any(),
                    Said::Busy(text) => view! { <p class="s quiet" role="status">{text}</p> }.into_any(),
                    Said::Done(text) => {
                        view! { <Message tone=Tone::Plain text hook="rescue-done" /> }.into_any()
                    }
                    Said::Failed(text) => {
                        view! { <Message tone=Tone::Bad text hook="rescue-failed" /> }.into_any()
                    }
                }}
            </div>
        </section>
    }
}
