//! The strip on top: section, point and zone as understood from the position, with its
//! accuracy; candidates where it cannot tell (in the sheet while that is raised); choosing
//! where there is no position or one that tells nothing.

use leptos::prelude::*;

use super::{
    CaptureContext,
    choose_place::ChoosePlace,
    place_candidates::PlaceCandidates,
    place_sentence::{PlaceSentence, place_sentence},
    whereabouts::Whereabouts,
};
use app_shared::components::icon::{self, Icon};

#[component]
pub fn PlaceStrip() -> impl IntoView {
    let capture = CaptureContext::here();
    let words = capture.words;
    let choosing = capture.choosing_place;
    let said = PlaceSentence::memo(capture);
    let located = move || !matches!(said.with(|said| said.code), "seeking" | "none" | "stale");
    view! {
        <button
            type="button"
            class="where"
            data-test="place-strip"
            data-state=move || said.with(|said| said.code)
            on:click=move |_| choosing.set(true)
        >
            {move || {
                let icon = if located() { icon::MAP_PIN } else { icon::LOCATE_OFF };
                view! { <Icon icon /> }
            }}
            <span class="names" aria-live="polite">
                <span class="strong two-lines">{move || said.with(|said| said.main.clone())}</span>
                <span class="sub two-lines">{move || said.with(|said| said.sub.clone())}</span>
            </span>
            <span class="s change" data-test="place-choose">
                {words.change_type}
            </span>
        </button>
        <Show when=move || !capture.raised.get()>
            <PlaceCandidates place=said class="where-choices" />
        </Show>
        <ChoosePlace open=choosing />
    }
}

impl PlaceSentence {
    /// As position, draft and time change.
    pub fn memo(capture: CaptureContext) -> Memo<Self> {
        let model = capture.model;
        Memo::new(move |_| {
            let (state, now) = (model.position.get(), model.device_now());
            let about = model.draft.with(|draft| Whereabouts::of(draft, state, now));
            place_sentence(&about, model.district.get().as_deref(), capture.words)
        })
    }
}
