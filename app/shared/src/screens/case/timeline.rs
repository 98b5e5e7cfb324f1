//! One timeline for everybody: what happened, who did it, when; and below it what
//! waits on this phone.

use domain::{
    access::Role,
    case::{Event, Outcome, Recorded},
};
use leptos::prelude::*;

use super::{Entry, acts::Acts};
use crate::{
    components::{
        case_text,
        icon::{self, Icon, IconData},
        message::{Message, Tone},
    },
    model::{Model, OperationState, Pending},
    text::{Words, words},
};

#[component]
pub fn Timeline(entry: Entry) -> impl IntoView {
    let words = words();
    let acts = Acts::here();
    let events = move || {
        entry.with(|entry| {
            let confirmed = entry.confirmed;
            entry
                .log
                .iter()
                .enumerate()
                // Photos arrive by themselves; their count stands at the top.
                .filter(|(_, it)| !matches!(it.event, Event::PhotoArrived { .. }))
                .map(|(index, it)| {
                    let pending = index >= confirmed;
                    view! { <EventLine it=it.clone() pending /> }
                })
                .collect_view()
        })
    };
    let refused = move || {
        entry.with(|entry| {
            entry
                .pending
                .iter()
                // What wants a decision stands at the top.
                .filter(|it| it.acknowledged || !it.state.is_answered())
                .filter_map(|it| refusal(it, words))
                .map(|text| view! { <Message tone=Tone::Bad text hook="pending-refusal" /> })
                .collect_view()
        })
    };
    view! {
        <section class="block stack" aria-labelledby="timeline">
            <h2 id="timeline" class="line">
                <Icon icon=icon::CLOCK />
                {words.timeline}
            </h2>
            <ol class="timeline" data-test="timeline">
                {events}
            </ol>
            {refused}
            <Show when=move || acts.may_only_void()>
                <button
                    type="button"
                    class="btn btn-bad"
                    data-test="void"
                    on:click=move |_| acts.void.set(true)
                >
                    <Icon icon=icon::BAN />
                    {words.act_void}
                </button>
            </Show>
            <Show when=move || acts.may_comment()>
                <button
                    type="button"
                    class="btn"
                    data-test="comment"
                    on:click=move |_| acts.comment.set(true)
                >
                    <Icon icon=icon::MESSAGE_SQUARE />
                    {words.act_comment}
                </button>
            </Show>
        </section>
    }
}

/// What the server, or this phone already, says no to: act and sentence.
fn refusal(pending: &Pending, words: Words) -> Option<String> {
    let why = match (&pending.state, &pending.predicted) {
        (OperationState::Refused { refusal, .. }, _) | (_, Some(refusal)) => {
            refusal.sentence(words.lang)
        }
        (OperationState::Quarantined { reason, .. }, _) => words.quarantine(*reason).into(),
        _ => return None,
    };
    let text = pending.command.text();
    let wrote = if text.is_empty() { String::new() } else { format!(" “{text}”") };
    Some(format!("{}{wrote}: {why}", words.command(&pending.command)))
}

#[component]
fn EventLine(it: Recorded, pending: bool) -> impl IntoView {
    let words = words();
    let model = Model::here();
    let offset = model.district.with_untracked(|it| case_text::offset_of(it.as_deref()));
    let (icon, word, what) = named(&it.event, words);
    let who = match &it.by {
        Some(by) => format!("{} · {}", words.person_name(&by.name), words.role_of(by.role)),
        None if matches!(it.event, Event::Reported { .. }) => words.role_of(Role::Inspector).into(),
        None => words.by_system.into(),
    };
    let at = it.done.filter(|_| pending).map_or(it.at, |done| done.estimate());
    let when = move || words.when(at, model.now.get(), offset);
    let note = note_of(&it.event);
    let waits = pending.then(|| {
        view! {
            <span class="mark">
                <Icon icon=icon::SMARTPHONE />
                {words.pending_event}
            </span>
        }
    });
    view! {
        <li
            class=pending.then_some("pending")
            data-test="event"
            data-what=what
            data-pending=pending.to_string()
        >
            <span class="node"><Icon icon/></span>
            <div>
                <p>
                    <span class="strong">{word}</span>
                    <span class="s quiet">" · " {when}</span>
                </p>
                <p class="s quiet">{who}</p>
                {waits}
                {note.map(|note| view! { <p class="said">{note}</p> })}
            </div>
        </li>
    }
}

fn note_of(event: &Event) -> Option<String> {
    let text = match event {
        Event::Assigned { assignment } => match &assignment.basis {
            domain::duty::Basis::Order { reason } => reason,
            domain::duty::Basis::Rule { .. } => return None,
        },
        Event::Rectified { note, .. } | Event::Verified { note, .. } | Event::Closed { note } => {
            note
        }
        Event::Voided { reason } => reason,
        Event::Commented { text } => text,
        _ => return None,
    };
    (!text.is_empty()).then(|| text.clone())
}

fn named(event: &Event, words: Words) -> (IconData, &'static str, &'static str) {
    match event {
        Event::Reported { .. } => (icon::FLAG, words.event_reported, "reported"),
        Event::Assigned { .. } => (icon::ARROW_RIGHT, words.event_assigned, "assigned"),
        Event::Claimed { .. } => (icon::HAND, words.event_claimed, "claimed"),
        Event::Rectified { .. } => (icon::WRENCH, words.event_rectified, "rectified"),
        Event::Verified { outcome: Outcome::Pass, .. } => (icon::CHECK, words.event_pass, "pass"),
        Event::Verified { outcome: Outcome::Rework, .. } => {
            (icon::ROTATE_CCW, words.event_rework, "rework")
        }
        Event::Closed { .. } => (icon::CIRCLE_CHECK, words.event_closed, "closed"),
        Event::Voided { .. } => (icon::BAN, words.event_void, "voided"),
        Event::Commented { .. } => (icon::MESSAGE_SQUARE, words.event_comment, "commented"),
        Event::PhotoArrived { .. } => (icon::IMAGE, words.event_photo, "photo_arrived"),
        Event::PhotoUndecodable { .. } => {
            (icon::TRIANGLE_ALERT, words.event_photo_undecodable(), "photo_undecodable")
        }
        Event::Unknown => (icon::INFO, words.event_unknown, "unknown"),
    }
}
