//! One case in a list: photo, type, place, who and until when.

use std::sync::Arc;

use domain::case::State;
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
    let case = &entry.case;
    let (kind, place) = model.district.with_untracked(|district| {
        let district = district.as_deref();
        (
            case_text::kind_of(&case.report, district, words),
            case_text::place_of(&case.routing.place, district, words),
        )
    });
    let holder = case_text::holder_of(case, words);
    let photo = case.report.photos.first().map(|shot| shot.hash);
    let (id, state) = (entry.id, case.state);
    let waits = !entry.pending.is_empty();
    let lamp = Memo::new(move |_| {
        let now = model.now.get();
        let lamp = case_text::lamp_of(&entry, now)?;
        Some((lamp, case_text::left_of(&entry.case, now, words).unwrap_or_default()))
    });
    view! {
        <a
            class="row"
            href=router.path(route)
            data-test="task-row"
            data-case=id.to_string()
            data-state=state.code()
            on:click=follow(router, route)
        >
            {photo.map(|hash| view! { <Photo hash size=Size::Thumb alt="" class="photo thumb"/> })}
            <span class="title">
                <span class="kind">{kind}</span>
            </span>
            <span class="sub">{place}</span>
            <span class="facts">
                {move || lamp.get().map(|(lamp, text)| view! { <DeadlineLamp lamp text/> })}
                {(state != State::Unassigned).then(|| view! { <span class="quiet">{holder}</span> })}
            </span>
            {waits.then(|| view! { <span class="sub">{words.pending_event}</span> })}
        </a>
    }
}
