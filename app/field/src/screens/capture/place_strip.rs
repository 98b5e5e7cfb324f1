//! The strip on top: section, point and zone as understood from the position, with its
//! accuracy; candidates where it cannot tell; choosing where there is no position.

use domain::place::PlaceChoice;
use leptos::prelude::*;

use super::{CaptureContext, choose_place::ChoosePlace, place_sentence::place_sentence};
use app_shared::components::icon::{self, Icon};

#[component]
pub fn PlaceStrip() -> impl IntoView {
    let capture = CaptureContext::here();
    let words = capture.words;
    let choosing = RwSignal::new(false);
    let said = Memo::new(move |_| {
        let (kept, chosen) =
            capture.model.draft.with(|draft| (draft.position, draft.chosen.clone()));
        let state = capture.model.position.get();
        let district = capture.model.district.get();
        place_sentence(state, kept, &chosen, district.as_deref(), words)
    });
    let located = move || matches!(said.with(|said| said.code), "known" | "ambiguous" | "outside");
    let candidates = move || {
        let list = said.with(|said| said.candidates.clone());
        (!list.is_empty()).then(|| {
            let chips = list
                .into_iter()
                .map(|(code, name, choice)| view! { <CandidateChip code name choice /> })
                .collect_view();
            view! {
                <div class="where-choices" role="group" aria-label=words.ambiguous>
                    {chips}
                </div>
            }
        })
    };
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
        {candidates}
        <ChoosePlace open=choosing />
    }
}

#[component]
fn CandidateChip(code: String, name: String, choice: PlaceChoice) -> impl IntoView {
    let capture = CaptureContext::here();
    let own = choice.clone();
    let pressed = move || capture.model.draft.with(|draft| draft.chosen == own).to_string();
    let choose = move |_| capture.model.draft.update(|draft| draft.chosen = choice.clone());
    view! {
        <button
            type="button"
            class="chip"
            data-test="place-candidate"
            data-code=code
            aria-pressed=pressed
            on:click=choose
        >
            {name}
        </button>
    }
}
