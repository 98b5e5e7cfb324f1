//! The places that a position may mean, to choose one by one tap.

use leptos::prelude::*;

use super::{
    CaptureContext,
    place_sentence::{Candidate, PlaceSentence},
};

/// Nothing where the position means one place, or none.
#[component]
pub fn PlaceCandidates(
    place: Memo<PlaceSentence>,
    /// Of the group of chips.
    class: &'static str,
) -> impl IntoView {
    let words = CaptureContext::here().words;
    move || {
        let list = place.with(|place| place.candidates.clone());
        (!list.is_empty()).then(|| {
            let chips = list
                .into_iter()
                .map(|candidate| view! { <CandidateChip candidate /> })
                .collect_view();
            view! {
                <div class=class role="group" aria-label=words.ambiguous>
                    {chips}
                </div>
            }
        })
    }
}

#[component]
fn CandidateChip(candidate: Candidate) -> impl IntoView {
    let capture = CaptureContext::here();
    let Candidate { code, name, choice, is_chosen } = candidate;
    let choose = move |_| capture.model.draft.update(|draft| draft.chosen = choice.clone());
    view! {
        <button
            type="button"
            class="chip"
            data-test="place-candidate"
            data-code=code
            aria-pressed=is_chosen.to_string()
            on:click=choose
        >
            {name}
        </button>
    }
}
