//! Tasks: what this person or their unit must do, by due time. An inspector verifies,
//! a handler claims and fixes, a unit lead sees the whole unit.

mod groups;

use std::sync::Arc;

use domain::access::Role;
use leptos::{prelude::*, task::spawn_local};

use self::groups::{Group, first_group, groups_of};
use app_shared::{
    components::{
        case_row::CaseRow,
        chips::{Chip, ChipRow},
        empty::EmptyState,
        icon,
        receiving::ReceivingNote,
    },
    model::{CaseEntry, Model},
    text::words,
};

#[component]
pub fn Tasks() -> impl IntoView {
    let words = words();
    let model = Model::here();
    let Some(actor) = model.profile.get_untracked().map(|profile| profile.actor.clone()) else {
        return ().into_any();
    };
    let inspector = actor.role == Role::Inspector;
    if inspector {
        spawn_local(async move { model.refresh_to_verify().await });
    }
    let text = if inspector { words.no_tasks_inspector } else { words.no_tasks_handler };
    // The unit first: a warden without an account is answered for by whoever is on duty.
    let mine = RwSignal::new(false);
    let lead_actor = actor.clone();
    let groups =
        Memo::new(move |_| model.cases.with(|cases| groups_of(cases, &lead_actor, mine.get())));
    let group = RwSignal::new(if inspector { Group::ToVerify } else { Group::ToClaim });
    // Until the person chooses; cases come from the store a moment after the screen.
    let has_begun = StoredValue::new(false);
    Effect::new(move |_| {
        if let Some(first) = groups.with(first_group)
            && !has_begun.get_value()
        {
            has_begun.set_value(true);
            group.set(first);
        }
    });
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
    view! {
        <div class="page stack">
            <Show when=move || !inspector>
                <ChipRow
                    label=words.tasks
                    hook="task-group"
                    chips=Signal::derive(chips)
                    chosen=group
                />
                <div class="tabs-line">
                    <ChipRow
                        label=words.who_has_it
                        hook="task-owner"
                        chips=Signal::derive(own_chips)
                        chosen=mine
                    />
                </div>
            </Show>
            <ReceivingNote />
            <Show
                when=move || !shown.with(Vec::is_empty)
                fallback=move || {
                    view! { <EmptyState icon=icon::CLIPBOARD_CHECK title=words.no_tasks text /> }
                }
            >
                <TaskList shown />
            </Show>
        </div>
    }
    .into_any()
}

#[component]
fn TaskList(#[prop(into)] shown: Signal<Vec<Arc<CaseEntry>>>) -> impl IntoView {
    view! {
        <ul class="rows">
            <For each=move || shown.get() key=|entry| entry.id let:first>
                <TaskItem shown first />
            </For>
        </ul>
    }
}

/// A case of the list as it changes.
#[component]
fn TaskItem(shown: Signal<Vec<Arc<CaseEntry>>>, first: Arc<CaseEntry>) -> impl IntoView {
    let id = first.id;
    let entry = Memo::new(move |_| {
        shown
            .with(|shown| shown.iter().find(|entry| entry.id == id).cloned())
            .unwrap_or_else(|| first.clone())
    });
    view! { <li>{move || view! { <CaseRow entry=entry.get() /> }}</li> }
}
