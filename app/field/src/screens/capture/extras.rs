//! Folded: the note, and how headquarters learned of it.

use domain::case::{Report, Source};
use leptos::prelude::*;

use super::CaptureContext;
use app_shared::components::{
    dom,
    icon::{self, Icon},
};

#[component]
pub fn Extras() -> impl IntoView {
    let capture = CaptureContext::here();
    let words = capture.words;
    let draft = capture.model.draft;
    // Open from the start when there is something in it, as after a reload.
    let open = draft.with_untracked(|draft| !draft.note.is_empty());
    let source = Memo::new(move |_| draft.with(|draft| draft.source));
    let sources = Source::ALL
        .into_iter()
        .map(|value| {
            view! {
                <button
                    type="button"
                    class="chip"
                    data-test="source"
                    data-value=source_code(value)
                    aria-pressed=move || (source.get() == value).to_string()
                    on:click=move |_| draft.update(|draft| draft.source = value)
                >
                    {words.source_of(value)}
                </button>
            }
        })
        .collect_view();
    view! {
        <details class="extras" open=open>
            <summary data-test="extras">
                <Icon icon=icon::MESSAGE_SQUARE small=true />
                <span class="grow">
                    {words.note_and_source}
                    <span class="s quiet">" · " {move || words.source_of(source.get())}</span>
                </span>
                <span class="turn">
                    <Icon icon=icon::CHEVRON_RIGHT small=true />
                </span>
            </summary>
            <div class="stack">
                <div class="field">
                    <label for="note">{words.note}</label>
                    <textarea
                        id="note"
                        data-test="note"
                        rows="3"
                        maxlength=Report::LONGEST_TEXT.to_string()
                        placeholder=words.note_hint
                        prop:value=move || draft.with(|draft| draft.note.clone())
                        on:input=move |event| {
                            let note = dom::value_of(&event);
                            draft.update(|draft| draft.note = note);
                        }
                    ></textarea>
                </div>
                <div class="field" role="group" aria-label=words.source>
                    <span class="label">{words.source}</span>
                    <div class="chips-wrap">{sources}</div>
                </div>
            </div>
        </details>
    }
}

/// The stable name by which tests find the chip.
const fn source_code(source: Source) -> &'static str {
    match source {
        Source::Patrol => "patrol",
        Source::Unannounced => "unannounced",
        Source::Public => "public",
        Source::HandedDown => "handed_down",
    }
}
