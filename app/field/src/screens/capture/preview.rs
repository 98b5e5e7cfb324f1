//! Above Save, and in sight whenever Save is: who will get the report, until when and why, as
//! the server will decide; and that the place is to be chosen where it is not certain.

use domain::duty::Routing;
use leptos::prelude::*;

use super::{
    CaptureContext,
    place_candidates::PlaceCandidates,
    place_sentence::PlaceSentence,
    routing_line::{RoutingLine, UnitLine, permitted_notice, routing_line},
};
use app_shared::components::{
    case_text,
    icon::{self, Icon},
};

/// As the draft is now; the time moves the due time, so it moves this.
pub fn routing_of(capture: CaptureContext) -> Memo<Option<Routing>> {
    Memo::new(move |_| capture.model.draft.with(|draft| capture.model.preview(draft)))
}

/// The notice that a stall is allowed here until an hour.
pub fn permitted_text(
    capture: CaptureContext,
    routing: Memo<Option<Routing>>,
) -> Memo<Option<String>> {
    Memo::new(move |_| {
        let now = capture.model.now.get();
        routing.with(|it| permitted_notice(it.as_ref(), capture.words, now, offset_of(capture)))
    })
}

#[component]
pub fn Preview(routing: Memo<Option<Routing>>) -> impl IntoView {
    let capture = CaptureContext::here();
    let words = capture.words;
    let line = Memo::new(move |_| {
        let now = capture.model.now.get();
        routing.with(|it| routing_line(it.as_ref(), words, now, offset_of(capture)))
    });
    let text = move || match line.get() {
        RoutingLine::ChooseCategory => {
            view! { <p class="s quiet">{words.choose_type_first}</p> }.into_any()
        }
        RoutingLine::ToUnit(line) => view! { <ToUnit line /> }.into_any(),
        RoutingLine::ToHeadquarters { because, asks_for_place } => view! {
            <div class="preview preview-tray" data-test="preview" data-to="headquarters">
                <p class="to">
                    <Icon icon=icon::INBOX />
                    <span>{words.goes_to_tray}</span>
                </p>
                <p class="s" data-test="preview-sentence">
                    {because}
                </p>
                {asks_for_place.then(|| view! { <ChoosePlaceFirst /> })}
            </div>
        }
        .into_any(),
    };
    view! { <div aria-live="polite">{text}</div> }
}

/// Asked before it is saved, and not demanded.
#[component]
fn ChoosePlaceFirst() -> impl IntoView {
    let capture = CaptureContext::here();
    let words = capture.words;
    view! {
        <p class="s">{words.choose_or_tray}</p>
        <PlaceCandidates place=PlaceSentence::memo(capture) class="chips" />
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
fn ToUnit(line: UnitLine) -> impl IntoView {
    let words = CaptureContext::here().words;
    let person =
        line.person.map(|person| view! { <span data-test="preview-person">" · " {person}</span> });
    view! {
        <div class="preview" data-test="preview" data-to="unit">
            <p class="to">
                <Icon icon=icon::ARROW_RIGHT />
                <span>
                    <span class="unseen">{words.goes_to} " "</span>
                    <span data-test="preview-unit" data-code=line.code.to_string()>
                        {line.unit}
                    </span>
                    {person}
                    <span data-test="preview-due">" · " {line.due}</span>
                </span>
            </p>
            <p class="s" data-test="preview-sentence">
                {line.because}
            </p>
        </div>
    }
}

fn offset_of(capture: CaptureContext) -> i16 {
    capture.model.district.with(|district| case_text::offset_of(district.as_deref()))
}
