//! One timeline for everybody: what happened, who did it, when; and below it what
//! waits on this phone.

use domain::{
    access::Role,
    case::{Event, Outcome, Recorded},
};
use leptos::{ev, prelude::*};

use super::{Entry, acts::Acts};
use crate::{
    components::{
        case_text,
        icon::Icon,
        markup::{IntoView, View, button, el, show},
        message::{Tone, message},
    },
    model::{Model, OperationState, Pending},
    text::{Words, words},
};

pub fn timeline(entry: Entry) -> impl IntoView {
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
                    event_line(it.clone(), pending)
                })
                .collect::<View>()
        })
    };
    let refused = move || {
        entry.with(|entry| {
            entry
                .pending
                .iter()
                // What wants a decision stands at the top.
                .filter(|it| it.acknowledged || !it.state.is_settled())
                .filter_map(|it| refusal(it, words))
                .map(|text| message(Tone::Bad, text, "pending-refusal", ()))
                .collect::<View>()
        })
    };
    el("section")
        .class("block stack")
        .attr("aria-labelledby", "timeline")
        .child(
            el("h2").attr("id", "timeline").class("line").child(Icon::Clock).child(words.timeline),
        )
        .child(el("ol").class("timeline").hook("timeline").child(events))
        .child(refused)
        .child(show(
            move || acts.may_only_void(),
            move || {
                button("btn btn-bad")
                    .hook("void")
                    .on(ev::click, move |_| acts.void.set(true))
                    .child(Icon::Ban)
                    .child(words.act_void)
            },
        ))
        .child(show(
            move || acts.may_comment(),
            move || {
                button("btn")
                    .hook("comment")
                    .on(ev::click, move |_| acts.comment.set(true))
                    .child(Icon::MessageSquare)
                    .child(words.act_comment)
            },
        ))
}

/// What the server, or this phone already, says no to: act and sentence.
fn refusal(pending: &Pending, words: Words) -> Option<String> {
    let why = match (&pending.state, &pending.foreseen) {
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

fn event_line(it: Recorded, pending: bool) -> impl IntoView {
    let words = words();
    let model = Model::here();
    let offset = model.district.with_untracked(|it| case_text::offset_of(it.as_deref()));
    let (icon, word, what) = named(&it.event, words);
    let who = match &it.by {
        Some(by) => format!("{} · {}", by.name, words.role_of(by.role)),
        None if matches!(it.event, Event::Reported { .. }) => words.role_of(Role::Inspector).into(),
        None => words.by_system.into(),
    };
    let at = it.done.filter(|_| pending).map_or(it.at, |done| done.estimate());
    let when = move || words.when(at, model.now.get(), offset);
    let said = said(&it.event);
    let waits = pending
        .then(|| el("span").class("mark").child(Icon::Smartphone).child(words.pending_event));
    el("li")
        .class(pending.then_some("pending"))
        .hook("event")
        .attr("data-what", what)
        .attr("data-pending", pending.to_string())
        .child(el("span").class("node").child(icon))
        .child(
            el("div")
                .child(
                    el("p")
                        .child(el("span").class("strong").child(word))
                        .child(el("span").class("s quiet").child(" · ").child(when)),
                )
                .child(el("p").class("s quiet").child(who))
                .child(waits)
                .child(said.map(|said| el("p").class("said").child(said))),
        )
}

fn said(event: &Event) -> Option<String> {
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

fn named(event: &Event, words: Words) -> (Icon, &'static str, &'static str) {
    match event {
        Event::Reported { .. } => (Icon::Flag, words.event_reported, "reported"),
        Event::Assigned { .. } => (Icon::ArrowRight, words.event_assigned, "assigned"),
        Event::Claimed { .. } => (Icon::Hand, words.event_claimed, "claimed"),
        Event::Rectified { .. } => (Icon::Wrench, words.event_rectified, "rectified"),
        Event::Verified { outcome: Outcome::Pass, .. } => (Icon::Check, words.event_pass, "pass"),
        Event::Verified { outcome: Outcome::Rework, .. } => {
            (Icon::RotateCcw, words.event_rework, "rework")
        }
        Event::Closed { .. } => (Icon::CircleCheck, words.event_closed, "closed"),
        Event::Voided { .. } => (Icon::Ban, words.event_void, "voided"),
        Event::Commented { .. } => (Icon::MessageSquare, words.event_comment, "commented"),
        Event::PhotoArrived { .. } => (Icon::Image, words.event_photo, "photo_arrived"),
        Event::Unknown => (Icon::Info, words.event_unknown, "unknown"),
    }
}
