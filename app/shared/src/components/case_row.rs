//! One case in a list: photo, type, place, who and until when.

use std::sync::Arc;

use domain::case::State;
use leptos::ev;

use super::{
    case_text,
    lamp::lamp_view,
    markup::{IntoView, el},
    photo::photo,
};
use crate::{
    model::{CaseEntry, Model, Size},
    route::{Route, Router, follow},
    text::words,
};

pub fn case_row(entry: Arc<CaseEntry>) -> impl IntoView {
    let words = words();
    let model = Model::here();
    let route = Route::Case(entry.id);
    let district = model.district.get_untracked();
    let district = district.as_deref();
    let case = &entry.case;
    let kind = case_text::kind_of(&case.report, district, words);
    let place = case_text::place_of(&case.routing.place, district, words);
    let holder = case_text::holder_of(case, words);
    let photo =
        case.report.photos.first().map(|shot| photo(shot.hash, Size::Thumb, "", "photo thumb"));
    let state = case.state;
    let waits = !entry.pending.is_empty();
    let lamp_entry = entry.clone();
    let lamp = move || {
        let now = model.now.get();
        case_text::lamp_of(&lamp_entry, now).map(|lamp| {
            let text = case_text::left_of(&lamp_entry.case, now, words).unwrap_or_default();
            lamp_view(lamp, Some(text))
        })
    };
    el("a")
        .class("row")
        .attr("href", route.path())
        .hook("task-row")
        .attr("data-case", entry.id.to_string())
        .attr("data-state", state.code())
        .on(ev::click, follow(Router::here(), route))
        .child(photo)
        .child(el("span").class("title").child(el("span").class("kind").child(kind)))
        .child(el("span").class("sub").child(place))
        .child(
            el("span").class("facts").child(lamp).child(
                (state != State::Unassigned).then(|| el("span").class("quiet").child(holder)),
            ),
        )
        .child(waits.then(|| el("span").class("sub").child(words.pending_event)))
}
