//! Making a rescue bundle, and taking one in.

use leptos::{prelude::*, task::spawn_local};
use web_sys::File;

use super::{
    icon::{self, Icon},
    message::{Message, Tone},
    picker::FilePicker,
};
use crate::{model::Model, text::words};

/// What is going on, or what came of it.
#[derive(Clone, PartialEq)]
enum RescueState {
    Nothing,
    Busy(String),
    Done(String),
    Failed(String),
}

/// `can_import` where somebody is signed in; making one needs nobody.
#[component]
pub fn RescueFile(can_import: bool) -> impl IntoView {
    let words = words();
    let model = Model::here();
    let state = RwSignal::new(RescueState::Nothing);
    // The screen may be gone when it is done.
    let say = move |what| drop(state.try_set(what));
    let make = move |_| {
        say(RescueState::Busy(words.loading.into()));
        spawn_local(async move {
            let made =
                model.rescue(move |done| say(RescueState::Busy(words.rescue_making(done)))).await;
            say(match made {
                Ok(made) => RescueState::Done(words.rescue_made(made)),
                Err(error) => RescueState::Failed(words.error(&error)),
            });
        });
    };
    let import = move |files: Vec<File>| {
        let Some(file) = files.into_iter().next() else { return };
        say(RescueState::Busy(words.loading.into()));
        spawn_local(async move {
            let told = move |done| say(RescueState::Busy(words.rescue_sending(done)));
            say(match model.take_in_rescue(&file, told).await {
                Ok(report) => RescueState::Done(words.rescue_taken(&report)),
                Err(error) => RescueState::Failed(words.error(&error)),
            });
        });
    };
    let busy = move || state.with(|state| matches!(state, RescueState::Busy(_)));
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
                    <Icon icon=icon::DOWNLOAD />
                    {words.rescue_make()}
                </button>
                {can_import
                    .then(|| {
                        view! {
                            <FilePicker
                                hook="rescue-import"
                                class="btn"
                                accept=".rescue,application/octet-stream"
                                on_pick=Callback::new(import)
                            >
                                <Icon icon=icon::UPLOAD />
                                {words.rescue_import()}
                            </FilePicker>
                        }
                    })}
            </div>
            <div aria-live="polite">
                {move || match state.get() {
                    RescueState::Nothing => ().into_any(),
                    RescueState::Busy(text) => {
                        view! {
                            <p class="s quiet" role="status">
                                {text}
                            </p>
                        }
                            .into_any()
                    }
                    RescueState::Done(text) => {
                        view! { <Message tone=Tone::Plain text hook="rescue-done" /> }.into_any()
                    }
                    RescueState::Failed(text) => {
                        view! { <Message tone=Tone::Bad text hook="rescue-failed" /> }.into_any()
                    }
                }}
            </div>
        </section>
    }
}
