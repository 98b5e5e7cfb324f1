//! Own acts on this case that were not carried out. Where somebody else came first:
//! both sides, field by field, and the choice between them.

use domain::case::{Case, Command};
use leptos::{ev, prelude::*, task::spawn_local};

use super::{Entry, acts::Acts};
use crate::{
    components::{
        case_text,
        markup::{IntoView, View, button, el, show, views},
        message::{Tone, message},
    },
    model::{CaseEntry, Model, OperationState, Pending},
    text::{Words, words},
};

pub fn conflicts(entry: Entry) -> impl IntoView {
    let list = Memo::new(move |_| entry.with(|entry| entry.unsettled().cloned().collect::<Vec<_>>()));
    move || list.get().into_iter().map(|pending| conflict(entry, pending)).collect::<View>()
}

fn conflict(entry: Entry, pending: Pending) -> impl IntoView {
    let words = words();
    let acts = Acts::here();
    let model = Model::here();
    let offset = model.district.with_untracked(|it| case_text::offset_of(it.as_deref()));
    let act = words.command(&pending.command);
    let when = words.when(pending.done.claimed, model.now.get_untracked(), offset);
    let why = match &pending.state {
        OperationState::Refused { refusal, .. } => refusal.sentence(words.lang),
        OperationState::Quarantined { reason, .. } => words.quarantine(*reason).into(),
        _ => String::new(),
    };
    let is_conflict =
        matches!(&pending.state, OperationState::Refused { refusal, .. } if refusal.is_conflict());
    let sides = is_conflict.then(|| {
        let mine = pending.clone();
        views![el("p").child(words.conflict_text()), move || entry
            .with(|entry| side_by_side(sides(entry, &mine, words)))]
    });
    let id = pending.id;
    let case = entry.with_untracked(|entry| entry.id);
    let done = move || {
        spawn_local(async move {
            if let Err(trouble) = model.acknowledge(id).await {
                acts.refuse(&trouble);
            }
        });
    };
    let again = {
        let command = pending.command.clone();
        let possible = {
            let command = command.clone();
            move || is_conflict && model.would(case, &command).is_ok()
        };
        show(possible, move || {
            choice("conflict-again", words.do_mine_again(), {
                let command = command.clone();
                Callback::new(move |()| acts.now(command.clone(), done))
            })
        })
    };
    let note = {
        let text =
            words.mine_as_note(act, &when, pending.command.text(), pending.command.photos().len());
        (acts.may_comment() && !matches!(pending.command, Command::Report(_))).then(|| {
            choice(
                "conflict-both",
                words.keep_both(),
                Callback::new(move |()| acts.now(Command::Comment { text: text.clone() }, done)),
            )
        })
    };
    el("section")
        .class("block stack")
        .hook("conflict")
        .attr("data-operation", id.to_string())
        .child(el("h3").child(words.conflict_title(act, &when)))
        .child(message(Tone::Warn, why, "conflict-why", ()))
        .child(sides)
        .child(el("div").class("acts").child(again).child(note).child(choice(
            "conflict-theirs",
            words.keep_theirs(),
            Callback::new(move |()| done()),
        )))
}

fn choice(hook: &'static str, word: &'static str, chosen: Callback<()>) -> impl IntoView {
    button("btn").hook(hook).on(ev::click, move |_| chosen.run(())).child(word)
}

/// A field of the case: its name, as the person saw it, as it is.
type Field = (&'static str, String, String);

fn side_by_side(rows: Vec<Field>) -> impl IntoView {
    let words = words();
    let rows = rows
        .into_iter()
        .map(|(name, seen, now)| {
            let class = if seen == now { "" } else { "strong" };
            el("tr")
                .child(el("th").attr("scope", "row").child(name))
                .child(el("td").child(seen))
                .child(el("td").class(class).child(now))
        })
        .collect::<View>();
    el("table")
        .class("sides")
        .child(
            el("thead").child(
                el("tr")
                    .child(el("td"))
                    .child(el("th").attr("scope", "col").child(words.when_you_acted()))
                    .child(el("th").attr("scope", "col").child(words.as_it_is_now())),
            ),
        )
        .child(el("tbody").child(rows))
}

fn sides(entry: &CaseEntry, pending: &Pending, words: Words) -> Vec<Field> {
    let Some(seen) = entry.as_seen_by(pending) else { return Vec::new() };
    let now = &entry.case;
    let unit = |case: &Case| {
        let unit = case.assignment.as_ref().map(|it| it.unit.names.get(words.lang).to_owned());
        unit.unwrap_or_else(|| words.state_unassigned.into())
    };
    let person = |case: &Case| {
        let person = case.assignment.as_ref().and_then(|it| it.person.as_ref());
        person.map(|it| it.names.get(words.lang).to_owned()).unwrap_or_default()
    };
    let mut rows = vec![
        (words.state_field(), words.state(seen.state).into(), words.state(now.state).into()),
        (words.unit, unit(&seen), unit(now)),
        (words.person, person(&seen), person(now)),
    ];
    let photos = |case: &Case| case.after_photos().len().to_string();
    if !now.rectifications.is_empty() || !seen.rectifications.is_empty() {
        rows.push((words.after, photos(&seen), photos(now)));
    }
    rows
}
