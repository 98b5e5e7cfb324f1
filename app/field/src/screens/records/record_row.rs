//! One of my records: photo, type, place, state in words, a mark for each photo.

use std::sync::Arc;

use domain::CaseId;
use leptos::prelude::*;

use super::record_answer::RecordAnswer;
use app_shared::{
    components::{case_text, photo::Photo, photo_marks::PhotoMarks},
    model::{Model, OperationState, Record, Size},
    route::{Route, Router, follow},
    screens::sync::waiting::state_of,
    text::{Words, words},
};

#[component]
pub fn RecordRow(record: Arc<Record>) -> impl IntoView {
    let words = words();
    let model = Model::here();
    let router = Router::here();
    let route = Route::Case(record.case);
    let district = model.district.get_untracked();
    let district = district.as_deref();
    let kind = case_text::kind_of(&record.report, district, words);
    let place = case_text::place_of(&record.place, district, words);
    let offset = case_text::offset_of(district);
    let claimed = record.done.claimed;
    let when = move || words.when(claimed, model.now.get(), offset);
    let said = {
        let record = record.clone();
        move || state(&record, words, model)
    };
    let photo =
        record.report.photos.first().map(
            |shot| view! { <Photo hash=shot.hash size=Size::Thumb alt="" class="photo thumb" /> },
        );
    let number = record.number.clone();
    let code = code(&record);
    let case = record.case.to_string();
    let marks = record.photos.clone();
    view! {
        <article class="record" data-test="record-row" data-case=case data-state=code>
            <a
                class="row"
                id=link_id(record.case)
                href=router.path(route)
                on:click=follow(router, route)
            >
                {photo}
                <span class="title">
                    <span class="kind">{kind}</span>
                    <time>{when}</time>
                </span>
                <span class="sub">{place}</span>
                <span class="facts">
                    <span class="strong">{said}</span>
                    <span class="quiet">{number}</span>
                </span>
            </a>
            <PhotoMarks photos=marks />
            <RecordAnswer record />
        </article>
    }
}

/// The link of a row, for who comes to it by the keyboard.
pub fn link_id(case: CaseId) -> String {
    format!("record-{case}")
}

/// Where it stands: the way to the server first, then the case.
fn state(record: &Record, words: Words, model: Model) -> String {
    match (&record.operation, record.state) {
        (OperationState::Arrived { .. }, Some(state)) => words.state(state).into(),
        (OperationState::Refused { .. }, _) => words.state_refused.into(),
        (OperationState::Quarantined { .. }, _) => words.state_quarantined.into(),
        (other, _) => state_of(other, words, model.now.get()),
    }
}

/// For tests: `waiting`, `sending`, `refused`, `quarantined`, or the case's state.
fn code(record: &Record) -> &'static str {
    match &record.operation {
        OperationState::Waiting { .. } => "waiting",
        OperationState::Sending => "sending",
        OperationState::Refused { .. } => "refused",
        OperationState::Quarantined { .. } => "quarantined",
        OperationState::Arrived { .. } => record.state.map_or("arrived", |state| state.code()),
    }
}
