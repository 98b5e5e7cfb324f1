//! For headquarters: which devices owe something and what could not be taken, so that
//! somebody can be asked today and not when the case is missed.

mod answer;
mod device_block;

use leptos::{prelude::*, task::spawn_local};

pub use self::answer::LastAnswer;
use self::{answer::DevicesAnswer, device_block::DeviceBlock};
use app_shared::{
    components::{
        case_text,
        empty::EmptyState,
        icon,
        message::{Message, Tone},
        skeleton::SkeletonRows,
    },
    model::{AppError, Link, Model},
    text::words,
};

#[component]
pub fn Devices() -> impl IntoView {
    let words = words();
    let model = Model::here();
    let LastAnswer(answer) = LastAnswer::here();
    let error = RwSignal::new(None::<AppError>);
    let ask = Callback::new(move |()| {
        error.set(None);
        spawn_local(async move {
            // The screen may be gone by now; an answer outlives it.
            match model.devices().await {
                Ok(found) => answer.set(Some(DevicesAnswer::of(found))),
                Err(why) => {
                    let _gone = error.try_set(Some(why));
                }
            }
        });
    });
    ask.run(());
    // What failed is asked again when the server answers again.
    let is_connected = Memo::new(move |_| model.status.with(|it| it.link == Link::Connected));
    let ask_again = move |is_connected: &bool, _: Option<&bool>, _: Option<()>| {
        if *is_connected && error.with_untracked(Option::is_some) {
            ask.run(());
        }
    };
    Effect::watch(move || is_connected.get(), ask_again, false);
    view! {
        <div class="page stack-l" data-test="devices">
            <p>{words.devices_text()}</p>
            {move || error.get().map(|error| view! { <NotAnswered error ask /> })}
            {move || match answer.get() {
                Some(answer) => view! { <DeviceList answer /> }.into_any(),
                None if error.with(Option::is_none) => {
                    view! { <SkeletonRows count=4 /> }.into_any()
                }
                None => ().into_any(),
            }}
        </div>
    }
}

/// Why the question was not answered, above what an earlier answer said.
#[component]
fn NotAnswered(error: AppError, ask: Callback<()>) -> impl IntoView {
    let words = words();
    let model = Model::here();
    let LastAnswer(answer) = LastAnswer::here();
    let why = words.error(&error);
    let text = move || {
        let offset = model.district.with(|it| case_text::offset_of(it.as_deref()));
        answer.with(|answer| match answer {
            Some(answer) => {
                let at = words.when(answer.at, model.now.get(), offset);
                words.answer_is_old(&why, &at)
            }
            None => why.clone(),
        })
    };
    move || {
        view! {
            <Message tone=Tone::Bad text=text() hook="devices-error">
                <button type="button" class="btn" on:click=move |_| ask.run(())>
                    {words.retry}
                </button>
            </Message>
        }
    }
}

#[component]
fn DeviceList(answer: DevicesAnswer) -> impl IntoView {
    let words = words();
    if answer.devices.is_empty() {
        return view! {
            <EmptyState
                icon=icon::SMARTPHONE
                title=words.no_devices()
                text=words.no_devices_text()
            />
        }
        .into_any();
    }
    let blocks =
        answer.devices.into_iter().map(|report| view! { <DeviceBlock report /> }).collect_view();
    view! { <ul class="stack">{blocks}</ul> }.into_any()
}
