//! "The storage of this phone was cleared": what is gone, what is safe, what to do.

use leptos::prelude::*;

use crate::{
    components::message::{Message, Tone},
    model::Model,
    text::words,
};

#[component]
pub fn StoreWipedNote() -> impl IntoView {
    let words = words();
    let model = Model::here();
    move || {
        model.wipe.get().map(|wipe| {
            let tone = if wipe.put_back.is_some() { Tone::Warn } else { Tone::Bad };
            view! {
                <div class="over">
                    <Message tone text=words.wiped(wipe) hook="wiped">
                        <button
                            type="button"
                            class="btn"
                            data-test="wiped-read"
                            on:click=move |_| model.acknowledge_wipe()
                        >
                            {words.understood()}
                        </button>
                    </Message>
                </div>
            }
        })
    }
}
