//! The phone's store did not open: what is safe, and trying again.

use leptos::prelude::*;

use crate::{
    components::message::{Message, Tone},
    model::{AppError, Model},
    text::words,
};

#[component]
pub fn BootError(error: AppError) -> impl IntoView {
    let words = words();
    let model = Model::here();
    view! {
        <main class="page stack-l" id="main">
            <h1>{words.app_name}</h1>
            <Message tone=Tone::Bad text=words.error(&error) hook="message">
                <button type="button" class="btn" on:click=move |_| model.start_again()>
                    {words.retry}
                </button>
            </Message>
        </main>
    }
}
