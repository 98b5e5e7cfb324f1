//! Making a rescue file, and taking one in.

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
enum Progress {
    Idle,
    Busy(String),
    Done(String),
    Failed(String),
}

#[component]
pub fn RescueFile(
    /// Where somebody is signed in; making one needs nobody.
    can_import: bool,
) -> impl IntoView {
    let words = words();
    let model = Model::here();
    let progress = RwSignal::new(Progress::Idle);
    // The screen may be gone when it is done.
    let set = move |to| {
        let _view_gone = progress.try_set(to);
    };
    let make = move |_| {
        set(Progress::Busy(words.loading.into()));
        spawn_local(async move {
            let made = model.rescue(move |done| set(Progress::Busy(words.rescue_making(done))));
            set(match made.await {
                Ok(made) => Progress::Done(words.rescue_made(made)),
                Err(trouble) => Progress::Failed(words.trouble(&trouble)),
            });
        });
    };
    let import = move |files: Vec<File>| {
        let Some(file) = files.into_iter().next() else { return };
        set(Progress::Busy(words.loading.into()));
        spawn_local(async move {
            let sending = move |done| set(Progress::Busy(words.rescue_sending(done)));
            set(match model.take_in_rescue(&file, sending).await {
                Ok(report) => Progress::Done(words.rescue_taken(&report)),
                Err(trouble) => Progress::Failed(words.trouble(&trouble)),
            });
        });
    };
    let importer = can_import.then(|| {
        view! {
            <FilePicker
                hook="rescue-import"
                class="btn"
                accept=".rescue,application/octet-stream"
                on_pick=import
            >
                <Icon icon=icon::UPLOAD/>
                {words.rescue_import()}
            </FilePicker>
        }
    });
    let result = move || match progress.get() {
        Progress::Idle => ().into_any(),
        Progress::Busy(text) => view! { <p class="s quiet" role="status">{text}</p> }.into_any(),
        Progress::Done(text) => {
            view! { <Message tone=Tone::Plain text hook="rescue-done"/> }.into_any()
        }
        Progress::Failed(text) => {
            view! { <Message tone=Tone::Bad text hook="rescue-failed"/> }.into_any()
        }
    };
    view! {
        <section class="block stack" data-test="rescue">
            <h2>{words.rescue_title()}</h2>
            <p>{words.rescue_text()}</p>
            <div class="acts">
                <button
                    type="button"
                    class="btn"
                    data-test="rescue-make"
                    disabled=move || progress.with(|it| matches!(it, Progress::Busy(_)))
                    on:click=make
                >
                    <Icon icon=icon::DOWNLOAD/>
                    {words.rescue_make()}
                </button>
                {importer}
            </div>
            <div aria-live="polite">{result}</div>
        </section>
    }
}
