//! Own acts on this case that were not carried out. Where somebody else came first:
//! both sides, field by field, and the choice between them.

use domain::case::{Case, Command};
use leptos::{prelude::*, task::spawn_local};

use super::{Entry, acts::Acts};
use crate::{
    components::{
        case_text,
        message::{Message, Tone},
    },
    model::{CaseEntry, Model, OperationState, Pending},
    text::{Words, words},
};

#[component]
pub fn Conflicts(entry: Entry) -> impl IntoView {
    let list =
        Memo::new(move |_| entry.with(|entry| entry.unsettled().cloned().collect::<Vec<_>>()));
    move || {
        list.get().into_iter().map(|pending| view! { <Conflict entry pending /> }).collect_view()
    }
}

#[component]
fn Conflict(entry: Entry, pending: Pending) -> impl IntoView {
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
        view! {
            <p>{words.conflict_text()}</p>
            {move || entry.with(|entry| view! { <SideBySide rows=sides(entry, &mine, words) /> })}
        }
    });
    let id = pending.id;
    let case = entry.with_untracked(|entry| entry.id);
    let done = move || {
        spawn_local(async move {
            if let Err(error) = model.acknowledge(id).await {
                acts.refuse(&error);
            }
        });
    };
    let again = {
        let command = pending.command.clone();
        let possible = {
            let command = command.clone();
            move || is_conflict && model.would(case, &command).is_ok()
        };
        view! {
            <Show when=possible>
                <Choice
                    hook="conflict-again"
                    word=words.do_mine_again()
                    chosen={
                        let command = command.clone();
                        Callback::new(move |()| acts.now(command.clone(), done))
                    }
                />
            </Show>
        }
    };
    let note = {
        let text =
            words.mine_as_note(act, &when, pending.command.text(), pending.command.photos().len());
        (acts.may_comment() && !matches!(pending.command, Command::Report(_))).then(|| {
            view! {
                <Choice
                    hook="conflict-both"
                    word=words.keep_both()
                    chosen=Callback::new(move |()| {
                        acts
                            .now(
                                Command::Comment {
                                    text: text.clone(),
                                },
                                done,
                            )
                    })
                />
            }
        })
    };
    view! {
        <section class="block stack" data-test="conflict" data-operation=id.to_string()>
            <h3>{words.conflict_title(act, &when)}</h3>
            <Message tone=Tone::Warn text=why hook="conflict-why" />
            {sides}
            <div class="acts">
                {again} {note}
                <Choice
                    hook="conflict-theirs"
                    word=words.keep_theirs()
                    chosen=Callback::new(move |()| done())
                />
            </div>
        </section>
    }
}

#[component]
fn Choice(hook: &'static str, word: &'static str, chosen: Callback<()>) -> impl IntoView {
    view! {
        <button type="button" class="btn" data-test=hook on:click=move |_| chosen.run(())>
            {word}
        </button>
    }
}

/// A field of the case: its name, as the person saw it, as it is.
type Field = (&'static str, String, String);

#[component]
fn SideBySide(rows: Vec<Field>) -> impl IntoView {
    let words = words();
    let rows = rows
        .into_iter()
        .map(|(name, seen, now)| {
            let class = if seen == now { "" } else { "strong" };
            view! {
                <tr>
                    <th scope="row">{name}</th>
                    <td>{seen}</td>
                    <td class=class>{now}</td>
                </tr>
            }
        })
        .collect_view();
    view! {
        <table class="sides">
            <thead>
                <tr>
                    <td></td>
                    <th scope="col">{words.when_you_acted()}</th>
                    <th scope="col">{words.as_it_is_now()}</th>
                </tr>
            </thead>
            <tbody>{rows}</tbody>
        </table>
    }
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
        person.map(|it| words.person_name(it.names.get(words.lang)).into()).unwrap_or_default()
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
