//! One of my records: photo, type, place, state in words, a mark for each photo.

use std::sync::Arc;

use domain::CaseId;
use leptos::ev;

use super::answer::answer;
use app_shared::{
    components::{
        case_text,
        markup::{IntoView, el},
        photo::photo,
        photo_marks::photo_marks,
    },
    model::{Model, OperationState, Record, Size},
    route::{Route, Router, follow},
    screens::sync::waiting::state_of,
    text::{Words, words},
};

pub fn record_row(record: Arc<Record>) -> impl IntoView {
    let words = words();
    let model = Model::here();
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
        record.report.photos.first().map(|shot| photo(shot.hash, Size::Thumb, "", "photo thumb"));
    let number = record.number.clone();
    let code = code(&record);
    let case = record.case.to_string();
    let marks = record.photos.clone();
    el("article")
        .class("record")
        .hook("record-row")
        .attr("data-case", case)
        .attr("data-state", code)
        .child(
            el("a")
                .class("row")
                .attr("id", link_id(record.case))
                .attr("href", route.path())
                .on(ev::click, follow(Router::here(), route))
                .child(photo)
                .child(
                    el("span")
                        .class("title")
                        .child(el("span").class("kind").child(kind))
                        .child(el("time").child(when)),
                )
                .child(el("span").class("sub").child(place))
                .child(
                    el("span")
                        .class("facts")
                        .child(el("span").class("strong").child(said))
                        .child(el("span").class("quiet").child(number)),
                ),
        )
        .child(photo_marks(marks))
        .child(answer(record))
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
        (other, _) => state_of(other, words, model),
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
