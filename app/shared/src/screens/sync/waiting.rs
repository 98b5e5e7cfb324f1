//! What waits on this phone, one line an act, with what keeps it.

use std::sync::Arc;

use domain::DeviceTime;
use leptos::ev;

use crate::{
    components::{
        case_text,
        icon::Icon,
        markup::{IntoView, View, el},
        order::ordered,
    },
    model::{CaseEntry, Model, OperationState, Pending},
    route::{Route, Router, follow},
    text::{Words, words},
};

pub fn waiting() -> impl IntoView {
    let words = words();
    let model = Model::here();
    let waiting = move || {
        let found: Vec<(Arc<CaseEntry>, Pending)> = model.cases.with(|cases| {
            cases
                .values()
                .flat_map(|entry| entry.pending.iter().map(|it| (entry.clone(), it.clone())))
                .collect()
        });
        ordered(found, |(_, pending)| pending.done.claimed.millis())
    };
    let list = move || {
        let waiting = waiting();
        if waiting.is_empty() {
            return el("p").class("quiet").child(words.nothing_waiting).into_view();
        }
        let rows = waiting
            .into_iter()
            .map(|(entry, pending)| waiting_line(entry, pending))
            .collect::<View>();
        el("ul").child(rows).into_view()
    };
    el("section")
        .class("block")
        .hook("sync-waiting")
        .child(el("h2").child(words.waiting_list))
        .child(list)
}

fn waiting_line(entry: Arc<CaseEntry>, pending: Pending) -> impl IntoView {
    let words = words();
    let model = Model::here();
    let route = Route::Case(entry.id);
    let district = model.district.get_untracked();
    let kind = case_text::kind_of(&entry.case.report, district.as_deref(), words);
    let offset = case_text::offset_of(district.as_deref());
    let DeviceTime { claimed, .. } = pending.done;
    let when = move || words.when(claimed, model.now.get(), offset);
    let state = pending.state.clone();
    let said = move || state_of(&state, words, model);
    el("li")
        .class("op")
        .child(icon(&pending.state))
        .child(
            el("p").class("strong").child(
                el("a")
                    .attr("href", route.path())
                    .on(ev::click, follow(Router::here(), route))
                    .child(words.command(&pending.command))
                    .child(" · ")
                    .child(kind),
            ),
        )
        .child(el("p").class("s quiet").child(when))
        .child(el("p").class("s").child(said))
}

/// What has become of an operation, in words.
pub fn state_of(state: &OperationState, words: Words, model: Model) -> String {
    match state {
        OperationState::Waiting { next_try, tries, last_failure } => {
            let mut said = words.state_on_phone.to_owned();
            if let Some(failure) = last_failure {
                said.push_str(" · ");
                said.push_str(&words.failure(failure));
            }
            if *tries > 0 {
                said.push_str(" · ");
                said.push_str(&words.times_tried(*tries));
            }
            if let Some(at) = next_try {
                said.push_str(" · ");
                said.push_str(words.next_try);
                said.push(' ');
                said.push_str(&words.soon(*at, model.now.get()));
            }
            said
        }
        OperationState::Sending => words.state_sending.into(),
        OperationState::Arrived { .. } => words.photo_arrived.into(),
        OperationState::Refused { refusal, .. } => refusal.sentence(words.lang),
        OperationState::Quarantined { reason, .. } => words.quarantine(*reason).into(),
    }
}

const fn icon(state: &OperationState) -> Icon {
    match state {
        OperationState::Waiting { .. } => Icon::Smartphone,
        OperationState::Sending => Icon::ArrowUp,
        OperationState::Arrived { .. } => Icon::CircleCheck,
        OperationState::Refused { .. } | OperationState::Quarantined { .. } => Icon::TriangleAlert,
    }
}
