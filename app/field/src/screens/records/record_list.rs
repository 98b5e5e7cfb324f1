//! The rows of the list, the newest first, and the button for older ones.

use std::sync::Arc;

use leptos::prelude::*;

use super::{
    ListState,
    record_row::{RecordRow, link_id},
};
use app_shared::{components::dom, model::Record, route::after_render, text::words};

#[component]
pub fn RecordList(#[prop(into)] records: Signal<Vec<Arc<Record>>>) -> impl IntoView {
    let words = words();
    let list_state = ListState::here();
    let limit = list_state.limit;
    let rows = move || {
        records.with(|records| records.iter().take(limit.get()).cloned().collect::<Vec<_>>())
    };
    let hidden = move || records.with(Vec::len).saturating_sub(limit.get());
    let show_more = move |_| {
        let first_new =
            records.with_untracked(|records| Some(records.get(limit.get_untracked())?.case));
        list_state.show_more();
        // The button, which had the focus, may be gone.
        after_render(move || {
            if let Some(case) = first_new {
                dom::focus(&link_id(case));
            }
        });
    };
    view! {
        <ul class="rows">
            <For each=rows key=|record| record.case let:record>
                <RecordItem records record />
            </For>
        </ul>
        <Show when=move || hidden() != 0>
            <button type="button" class="btn" data-test="more-records" on:click=show_more>
                {move || words.more_records(hidden())}
            </button>
        </Show>
    }
}

/// One record as it changes. `<For>` makes it once a key; the memo finds the record again when
/// the list changes, and renders its row anew only when the record itself has changed.
#[component]
fn RecordItem(records: Signal<Vec<Arc<Record>>>, record: Arc<Record>) -> impl IntoView {
    let case = record.case;
    let current = Memo::new(move |_| {
        let found =
            records.with(|records| records.iter().find(|record| record.case == case).cloned());
        // It has just left the list, and this view with it.
        found.unwrap_or_else(|| record.clone())
    });
    view! { <li>{move || view! { <RecordRow record=current.get() /> }}</li> }
}
