//! The bar at the thumb: the one main act, and the way to the others. A refusal that is
//! predicted stands above it.

use leptos::prelude::*;

use super::{Acts, offer::Offer};
use crate::components::{
    icon::{self, Icon},
    message::{Message, Tone},
};

#[component]
pub fn ActBar() -> impl IntoView {
    let acts = Acts::here();
    let words = acts.words;
    let waiting = move || acts.undoable.is_waiting(acts.id);
    let offers = Memo::new(move |_| acts.offers());
    // Only reasons that the person can do something about: photos on their way.
    let hindered = Memo::new(move |_| {
        let command = acts.main_offer()?.probe()?;
        acts.model.would(acts.id, &command).err().map(|no| no.sentence(words.lang))
    });
    let refusal = move || {
        acts.refusal.get().or_else(|| acts.undoable.refusal(acts.id)).or_else(|| hindered.get())
    };
    let shut =
        move || acts.rectify.get() || acts.rework.get() || acts.void.get() || acts.assign.get();
    let main = move || {
        let first = acts.main_offer()?;
        Some(view! { <MainAct offer=first hindered /> })
    };
    let has_more = move || offers.with(|offers| offers.len() > 1);
    view! {
        <Show when=move || !waiting() && acts.main_offer().is_some()>
            <div class="act-bar">
                {move || {
                    refusal()
                        .filter(|_| !shut())
                        .map(|text| view! { <Message tone=Tone::Warn text hook="act-refusal" /> })
                }} <div class="act-buttons">
                    <Show when=has_more>
                        <button
                            type="button"
                            class="btn more"
                            data-test="more-acts"
                            on:click=move |_| acts.more.set(true)
                        >
                            <Icon icon=icon::ELLIPSIS />
                            <span class="unseen">{words.more_acts}</span>
                        </button>
                    </Show>
                    {main}
                </div>
            </div>
        </Show>
    }
}

#[component]
fn MainAct(offer: Offer, #[prop(into)] hindered: Signal<Option<String>>) -> impl IntoView {
    let acts = Acts::here();
    let words = acts.words;
    let off = move || acts.busy.get() || hindered.with(Option::is_some);
    let judges = matches!(offer, Offer::Verify | Offer::VerifyAndClose);
    let rework = judges.then(|| {
        view! {
            <button
                type="button"
                class="btn"
                data-test="verify-rework"
                disabled=off
                on:click=move |_| acts.rework.set(true)
            >
                <Icon icon=icon::ROTATE_CCW />
                {words.verify_rework}
            </button>
        }
    });
    view! {
        {rework}
        <button
            type="button"
            class=if offer == Offer::Void {
                "btn btn-bad btn-tall"
            } else {
                "btn btn-main btn-tall"
            }
            data-test=offer.hook()
            disabled=off
            on:click=move |_| acts.run(offer)
        >
            <Icon icon=offer.icon() />
            {offer.word(words)}
        </button>
    }
}
