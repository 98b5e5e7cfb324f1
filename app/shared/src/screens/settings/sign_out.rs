//! Signing out: at once when everything has arrived, and not over a full outbox
//! without saying what is safe.

use leptos::{prelude::*, task::spawn_local};

use crate::{
    components::{
        icon::{self, Icon},
        message::{Message, Tone},
        undo::Undoable,
    },
    model::Model,
    text::words,
};

#[component]
pub fn SignOut() -> impl IntoView {
    let words = words();
    let model = Model::here();
    let asked = RwSignal::new(false);
    let error = RwSignal::new(None::<String>);
    let undoable = Undoable::here();
    let leave = move || {
        spawn_local(async move {
            undoable.save_waiting().await;
            if let Err(why) = model.sign_out().await {
                let _gone = error.try_set(Some(words.error(&why)));
            }
        });
    };
    let full = move || {
        model
            .status
            .with(|status| (!status.is_all_there()).then_some(status.operations_here.max(1)))
    };
    let ask = move |_| if full().is_some() { asked.set(true) } else { leave() };
    view! {
        <Show when=move || full().is_none()>
            <p class="s quiet">{words.sign_out_safe}</p>
        </Show>
        <Show
            when=move || asked.get() && full().is_some()
            fallback=move || {
                view! {
                    <button type="button" class="btn" data-test="sign-out" on:click=ask>
                        <Icon icon=icon::LOG_OUT />
                        {words.sign_out}
                    </button>
                }
            }
        >
            <Message
                tone=Tone::Warn
                text=words.sign_out_full(full().unwrap_or_default())
                hook="message"
            >
                <button type="button" class="btn btn-main" on:click=move |_| asked.set(false)>
                    {words.sign_out_wait}
                </button>
                <button
                    type="button"
                    class="btn btn-bad"
                    data-test="sign-out-anyway"
                    on:click=move |_| leave()
                >
                    {words.sign_out_anyway}
                </button>
            </Message>
        </Show>
        {move || error.get().map(|text| view! { <Message tone=Tone::Bad text hook="message" /> })}
    }
}
