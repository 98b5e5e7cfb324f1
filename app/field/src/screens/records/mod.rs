//! My records: everything this person reported, newest first, with its true state.

mod filter;
mod list_state;
mod record_answer;
mod record_row;

use std::sync::Arc;

use leptos::prelude::*;

pub use list_state::ListState;

use self::{
    filter::Filter,
    record_row::{RecordRow, link_id},
};
use app_shared::{
    components::{
        chips::{Chip, ChipRow},
        dom,
        empty::EmptyState,
        icon,
        link::RouteLink,
    },
    model::{Model, Record},
    route::{Route, after_render},
    text::words,
};

#[component]
pub fn Records() -> impl IntoView {
    let words = words();
    let records = Model::here().records;
    let list_state = ListState::here();
    let filter = list_state.filter;
    let chips = move || {
        let chip = |filter: Filter| Chip {
            value: filter,
            code: filter.code(),
            word: filter.word(words),
            count: (filter != Filter::All).then(|| {
                records.with(|records| records.iter().filter(|it| filter.takes(it)).count())
            }),
        };
        Filter::ALL.into_iter().map(chip).collect()
    };
    let shown = Memo::new(move |_| {
        let filter = filter.get();
        records.with(|records| {
            records
                .iter()
                .filter(|record| filter.takes(record))
                .cloned()
                .map(Arc::new)
                .collect::<Vec<_>>()
        })
    });
    let none_at_all = move || records.with(|records| records.is_empty());
    view! {
        <div class="page stack">
            <Show
                when=move || !none_at_all()
                fallback=move || {
                    view! {
                        <EmptyState
                            icon=icon::CAMERA
                            title=words.no_records
                            text=words.no_records_text
                        >
                            <RouteLink to=Route::Capture class="btn btn-main">
                                {words.take_first}
                            </RouteLink>
                        </EmptyState>
                    }
                }
            >
                <ChipRow
                    label=words.filters
                    hook="record-filter"
                    chips=Signal::derive(chips)
                    chosen=filter
                />
                <Show
                    when=move || !shown.with(Vec::is_empty)
                    fallback=move || {
                        view! {
                            <EmptyState
                                icon=icon::LAYOUT_LIST
                                title=words.none_in_filter
                                text=words.none_in_filter_text
                            />
                        }
                    }
                >
                    <RecordList shown list_state />
                </Show>
            </Show>
        </div>
    }
}

/// One row a case; a row is rendered anew only when its record has changed.
#[component]
fn RecordList(
    #[prop(into)] shown: Signal<Vec<Arc<Record>>>,
    list_state: ListState,
) -> impl IntoView {
    let words = words();
    let rest = move || shown.with(Vec::len).saturating_sub(list_state.most.get());
    let has_more = move || rest() != 0;
    // The focus goes to the first of them: the button, which had it, may be gone.
    let more = move |_| {
        let most = list_state.most.get_untracked();
        let first = shown.with_untracked(|shown| shown.get(most).map(|record| record.case));
        list_state.more();
        after_render(move || {
            if let Some(case) = first {
                dom::focus(&link_id(case));
            }
        });
    };
    let rows = move || {
        let most = list_state.most.get();
        shown.with(|shown| shown.iter().take(most).cloned().collect::<Vec<_>>())
    };
    view! {
        <ul class="rows">
            <For each=rows key=|record| record.case let:first>
                <RecordItem shown first />
            </For>
        </ul>
        <Show when=has_more>
            <button type="button" class="btn" data-test="more-records" on:click=more>
                {move || words.more_records(rest())}
            </button>
        </Show>
    }
}

/// A record as it changes.
#[component]
fn RecordItem(shown: Signal<Vec<Arc<Record>>>, first: Arc<Record>) -> impl IntoView {
    let case = first.case;
    let record = Memo::new(move |_| {
        shown
            .with(|shown| shown.iter().find(|record| record.case == case).cloned())
            .unwrap_or_else(|| first.clone())
    });
    view! { <li>{move || view! { <RecordRow record=record.get() /> }}</li> }
}
