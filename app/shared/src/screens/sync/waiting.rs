//! What waits on this phone, one line an act, with what keeps it.

use std::sync::Arc;

use domain::{DeviceTime, Timestamp};
use leptos::prelude::*;

use crate::{
    components::{
        case_text,
        icon::{self, Icon, IconData},
    },
    model::{CaseEntry, Model, OperationState, Pending},
    route::{Route, Router, follow},
    text::{Words, words},
};

#[component]
pub fn Waiting() -> impl IntoView {
    let words = words();
    let model = Model::here();
    let waiting = move || {
        let mut found: Vec<(Arc<CaseEntry>, Pending)> = model.cases.with(|cases| {
            cases
                .values()
                .flat_map(|entry| entry.pending.iter().map(|it| (entry.clone(), it.clone())))
                .collect()
        });
        found.sort_by_key(|(_, pending)| pending.done.claimed.millis());
        found
    };
    let list = move || {
        let waiting = waiting();
        if waiting.is_empty() {
            let photos = model.status.with(|status| status.photos_here);
            return view! { <p class="quiet">{words.no_operation_waits(photos)}</p> }.into_any();
        }
        let rows = waiting
            .into_iter()
            .map(|(entry, pending)| view! { <WaitingLine entry pending /> })
            .collect_view();
        view! { <ul>{rows}</ul> }.into_any()
    };
    view! {
        <section class="block" data-test="sync-waiting">
            <h2>{words.waiting_list}</h2>
            {list}
        </section>
    }
}

#[component]
fn WaitingLine(entry: Arc<CaseEntry>, pending: Pending) -> impl IntoView {
    let words = words();
    let model = Model::here();
    let router = Router::here();
    let route = Route::Case(entry.id);
    let district = model.district.get_untracked();
    let category = case_text::category_of(&entry.case.report, district.as_deref(), words);
    let offset = case_text::offset_of(district.as_deref());
    let DeviceTime { claimed, .. } = pending.done;
    let when = move || words.when(claimed, model.now.get(), offset);
    let state = pending.state.clone();
    let text = move || operation_text(&state, words, model.now.get());
    view! {
        <li class="op">
            <Icon icon=icon_of(&pending.state)/> <p class="strong">
                <a href=router.path(route) on:click=follow(router, route)>
                    {words.command(&pending.command)}
                    " · "
                    {category}
                </a>
            </p> <p class="s quiet">{when}</p> <p class="s">{text}</p>
        </li>
    }
}

/// What has become of an operation, in words; `now` is for the time of the next try.
pub fn operation_text(state: &OperationState, words: Words, now: Timestamp) -> String {
    match state {
        OperationState::Waiting { next_try, tries, last_failure } => {
            let mut text = words.state_on_phone.to_owned();
            if let Some(failure) = last_failure {
                text.push_str(" · ");
                text.push_str(&words.failure(failure));
            }
            if *tries > 0 {
                text.push_str(" · ");
                text.push_str(&words.times_tried(*tries));
            }
            if let Some(at) = next_try {
                text.push_str(" · ");
                text.push_str(words.next_try);
                text.push(' ');
                text.push_str(&words.soon(*at, now));
            }
            text
        }
        OperationState::Sending => words.state_sending.into(),
        OperationState::Arrived { .. } => words.photo_arrived.into(),
        OperationState::Refused { refusal, .. } => refusal.sentence(words.lang),
        OperationState::Quarantined { reason, .. } => words.quarantine(*reason).into(),
    }
}

const fn icon_of(state: &OperationState) -> IconData {
    match state {
        OperationState::Waiting { .. } => icon::SMARTPHONE,
        OperationState::Sending => icon::ARROW_UP,
        OperationState::Arrived { .. } => icon::CIRCLE_CHECK,
        OperationState::Refused { .. } | OperationState::Quarantined { .. } => icon::TRIANGLE_ALERT,
    }
}

#[cfg(test)]
mod tests;
