//! My records: everything this person reported, newest first, with its true state.

mod answer;
pub mod look;
pub mod receipt;
mod row;

use std::sync::Arc;

use leptos::{ev, prelude::*};

use self::{
    look::{Filter, Look},
    row::{link_id, RecordRow},
};
use app_shared::{
    components::{
        chips::{Chip, ChipRow},
        dom,
        empty::EmptyState,
        icon::{self, Icon},
        },
    model::{Model, Record},
    route::{Route, Router, after_render, follow},
    text::words,
};

#[component]
pub fn Records() -> impl IntoView {
    let words = words();
    let records = Model::here().records;
    let look = Look::here();
    let filter = look.filter;
    let chips = move || {
        records.with(|records| {
            let chip = |value: Filter, code, word| {
                let count = records.iter().filter(|record| value.takes(record)).count();
                Chip { value, code, word, count: (value != Filter::All).then_some(count) }
            };
            vec![
                chip(Filter::All, "all", words.filter_all),
                chip(Filter::Waiting, "waiting", words.filter_waiting),
                chip(Filter::Open, "open", words.filter_open),
                chip(Filter::Done, "done", words.filter_done),
                chip(Filter::Refused, "refused", words.filter_refused),
            ]
        })
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
                            <a
                                class="btn btn-main"
                                href=router.path(Route::Capture)
                                on:click=follow(router, Route::Capture)
                            >
                                {words.take_first}
                            </a>
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
                    <RecordList shown look />
                </Show>
            </Show>
        </div>
    }
}

/// One row a case; a row is rendered anew only when its record has changed.
#[component]
fn RecordList(#[prop(into)] shown: Signal<Vec<Arc<Record>>>, look: Look) -> impl IntoView {
    let words = words();
    let rest = move || shown.with(Vec::len).saturating_sub(look.most.get());
    // The focus goes to the first of them: the button, which had it, may be gone.
    let more = move |_| {
        let most = look.most.get_untracked();
        let first = shown.with_untracked(|shown| shown.get(most).map(|record| record.case));
        look.more();
        after_render(move || {
            if let Some(case) = first {
                dom::focus(&link_id(case));
            }
        });
    };
    let rows = view! {
        <For
            each=move || {
                let most = look.most.get();
                shown.with(|shown| shown.iter().take(most).cloned().collect())
            }
            key=|record: &Arc<Record>| (Some(record.case), 0)
            children=move |first| {
                let id = first.case;
                let record = Memo::new(move |_| {
                    shown
                        .with(|shown| shown.iter().find(|record| record.case == id).cloned())
                        .unwrap_or_else(|| first.clone())
                });
                view! { <li>{move || view! { <RecordRow record=record.get() /> }}</li> }
            }
        />
    };
    view! {
        <ul class="rows">{rows}</ul>
        <Show when={move || rest() > 0}>
            <button type="button" class="btn" data-test="more-records" on:click=more>
                {move || words.more_records(rest())}
            </button>
        </Show>
    }
}
