//! Under the type: who will get it, until when and why, as the server will decide; that the
//! place is to be chosen where it is not certain; and whether a stall is permitted here now.

use domain::duty::{Assignment, Destination, Why};
use leptos::prelude::*;

use super::CaptureContext;
use app_shared::components::{
    case_text,
    icon::{self, Icon},
};

#[component]
pub fn Preview() -> impl IntoView {
    let capture = CaptureContext::here();
    let words = capture.words;
    let routing = Memo::new(move |_| {
        // The time moves the due time, so it moves the preview.
        capture.model.now.track();
        capture.model.draft.with(|draft| capture.model.preview(draft))
    });
    let said = move || match routing.get().map(|routing| routing.destination) {
        Some(Destination::Unit(assignment)) => {
            view! { <ToUnit assignment=*assignment /> }.into_any()
        }
        Some(Destination::Headquarters { why, sentence, .. }) => view! {
            <div class="preview preview-tray" data-test="preview" data-to="headquarters">
                <p class="to">
                    <Icon icon=icon::INBOX />
                    <span>{words.goes_to_tray}</span>
                </p>
                <p class="s" data-test="preview-sentence">
                    {sentence.get(words.lang).to_owned()}
                </p>
                {asks_for_place(why).then(|| view! { <ChoosePlaceFirst /> })}
            </div>
        }
        .into_any(),
        None => view! { <p class="s quiet">{words.choose_type_first}</p> }.into_any(),
    };
    view! { <div aria-live="polite">{said}</div> }
}

/// Whether a choice of the place would make somebody answerable.
const fn asks_for_place(why: Why) -> bool {
    match why {
        Why::PositionStale | Why::PositionCoarse | Why::PlaceAmbiguous | Why::PlaceUnknown => true,
        Why::NoBasisFound | Why::OutsideDistrict => false,
    }
}

/// Asked before it is saved, and not demanded.
#[component]
fn ChoosePlaceFirst() -> impl IntoView {
    let capture = CaptureContext::here();
    let words = capture.words;
    view! {
        <p class="s">{words.choose_or_tray}</p>
        <button
            type="button"
            class="btn"
            data-test="choose-place-first"
            on:click=move |_| capture.choosing_place.set(true)
        >
            <Icon icon=icon::MAP_PIN />
            {words.choose_section}
        </button>
    }
}

#[component]
fn ToUnit(assignment: Assignment) -> impl IntoView {
    let capture = CaptureContext::here();
    let words = capture.words;
    let offset = capture.model.district.with_untracked(|it| case_text::offset_of(it.as_deref()));
    let due = words.when(assignment.due.at, capture.model.now.get_untracked(), offset);
    let person = assignment.person.as_ref().map(|person| {
        view! { <span data-test="preview-person">" · " {person.names.get(words.lang).to_owned()}</span> }
    });
    view! {
        <div class="preview" data-test="preview" data-to="unit">
            <p class="to">
                <Icon icon=icon::ARROW_RIGHT />
                <span>
                    <span class="unseen">{words.goes_to} " "</span>
                    <span data-test="preview-unit" data-code=assignment.unit.code.to_string()>
                        {assignment.unit.names.get(words.lang).to_owned()}
                    </span>
                    {person}
                    <span data-test="preview-due">" · " {words.due_by(&due)}</span>
                </span>
            </p>
            <p class="s" data-test="preview-sentence">
                {assignment.sentence.get(words.lang).to_owned()}
            </p>
        </div>
    }
}

/// The notice that a stall is allowed here until an hour.
pub struct Permitted;

impl Permitted {
    pub fn memo(capture: CaptureContext) -> Memo<Option<String>> {
        Memo::new(move |_| {
            let now = capture.model.now.get();
            let permitted =
                capture.model.draft.with(|draft| capture.model.preview(draft))?.permitted?;
            let offset = capture.model.district.with(|it| case_text::offset_of(it.as_deref()));
            let until = capture.words.when(permitted.until, now, offset);
            Some(capture.words.permitted_until(permitted.names.get(capture.words.lang), &until))
        })
    }
}
