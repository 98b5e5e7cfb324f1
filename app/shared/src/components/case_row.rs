//! One case in a list: photo, type, place, who and until when.

use std::sync::Arc;

use domain::case::CaseState;
use leptos::prelude::*;

use super::{case_text, lamp::DeadlineLamp, photo::Photo};
use crate::{
    model::{CaseEntry, Model, Size},
    route::{Route, Router, follow},
    text::words,
};

#[component]
pub fn CaseRow(entry: Arc<CaseEntry>) -> impl IntoView {
    let words = words();
    let model = Model::here();
    let router = Router::here();
    let route = Route::Case(entry.id);
    let district = model.district.get_untracked();
    let district = district.as_deref();
    let case = &entry.case;
    let category = case_text::category_of(&case.report, district, words);
    let place = case_text::place_of(&case.routing.place, district, words);
    let holder = case_text::holder_of(case, words);
    let photo =
        case.report.photos.first().map(
            |shot| view! { <Photo hash=shot.hash size=Size::Thumb alt="" class="photo thumb" /> },
        );
    let state = case.state;
    let waits = !entry.pending.is_empty();
    let returned = case.returned_by().is_some().then(|| words.rework_round(case.rework_count()));
    let lamp_entry = entry.clone();
    let lamp = move || {
        let now = model.now.get();
        lamp_entry.case.lamp(now).map(|lamp| {
            let text = case_text::left_of(&lamp_entry.case, now, words).unwrap_or_default();
            view! { <DeadlineLamp lamp text /> }
        })
    };
    view! {
        <a
            class="row"
            href=router.path(route)
            data-test="task-row"
            data-case=entry.id.to_string()
            data-state=state.code()
            on:click=follow(router, route)
        >
            {photo}
            <span class="title">
                <span class="kind">{category}</span>
            </span>
            <span class="sub">{place}</span>
            <span class="facts">
                {returned.map(|text| view! { <span class="badge">{text}</span> })}
                {lamp}
                {(state != CaseState::Unassigned)
                    .then(|| view! { <span class="quiet">{holder}</span> })}
            </span>
            {waits.then(|| view! { <span class="sub">{words.pending_event}</span> })}
        </a>
    }
}
