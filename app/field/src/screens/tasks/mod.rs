//! Tasks: what this person or their unit must do, by due time. An inspector verifies,
//! a handler claims and fixes, a unit lead sees the whole unit.

mod groups;

use std::sync::Arc;

use domain::access::Role;
use leptos::prelude::*;

use self::groups::{Group, groups_of};
use app_shared::{
    components::{
        case_row::case_row,
        chips::{Chip, chip_line},
        empty::empty,
        icon::Icon,
        markup::{IntoView, el, list, show, show_or, views},
    },
    model::{CaseEntry, Model},
    text::words,
};

pub fn tasks() -> impl IntoView {
    let words = words();
    let model = Model::here();
    let Some(actor) = model.profile.get_untracked().map(|profile| profile.actor.clone()) else {
        return ().into_view();
    };
    let inspector = actor.role == Role::Inspector;
    let text = if inspector { words.no_tasks_inspector } else { words.no_tasks_handler };
    // The unit first: a warden without an account is answered for by whoever is on duty.
    let mine = RwSignal::new(false);
    let lead_actor = actor.clone();
    let groups = Memo::new(move |_| model.cases.with(|cases| groups_of(cases, &lead_actor, mine.get())));
    let group = RwSignal::new(if inspector { Group::ToVerify } else { Group::ToClaim });
    let chips = move || {
        groups.with(|groups| {
            groups
                .iter()
                .map(|(group, cases)| Chip {
                    value: *group,
                    code: group.code(),
                    word: group.word(words),
                    count: Some(cases.len()),
                })
                .collect()
        })
    };
    let shown = Memo::new(move |_| {
        let chosen = group.get();
        groups.with(|groups| {
            groups
                .iter()
                .find(|(group, _)| *group == chosen)
                .map(|(_, cases)| cases.clone())
                .unwrap_or_default()
        })
    });
    let own_chips = move || {
        vec![
            Chip { value: true, code: "mine", word: words.tasks_mine, count: None },
            Chip { value: false, code: "unit", word: words.tasks_unit, count: None },
        ]
    };
    el("div")
        .class("page stack")
        .child(show(
            move || !inspector,
            move || {
                views![
                    chip_line(words.tasks, "task-group", chips, group),
                    el("div").class("tabs-line").child(chip_line(
                        words.who_has_it,
                        "task-owner",
                        own_chips,
                        mine
                    ))
                ]
            },
        ))
        .child(show_or(
            move || !shown.with(Vec::is_empty),
            move || task_list(shown),
            move || empty(Icon::ClipboardCheck, words.no_tasks, text, ()),
        ))
        .into_view()
}

fn task_list(shown: Signal<Vec<Arc<CaseEntry>>>) -> impl IntoView {
    el("ul").class("rows").child(list(
        move || shown.get(),
        |entry| (Some(entry.id), 0),
        move |first| {
            let id = first.id;
            let entry = Memo::new(move |_| {
                shown
                    .with(|shown| shown.iter().find(|entry| entry.id == id).cloned())
                    .unwrap_or_else(|| first.clone())
            });
            el("li").child(move || case_row(entry.get()))
        },
    ))
}
