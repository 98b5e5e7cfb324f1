//! My records: everything this person reported, newest first, with its true state.

mod answer;
pub mod receipt;
mod row;

use std::sync::Arc;

use leptos::prelude::*;

use self::row::RecordRow;
use crate::{
    components::{
        chips::{Chip, Chips},
        empty::Empty,
        icon::Icon,
    },
    model::{Model, OperationState, PhotoState, Record},
    route::{Route, Router, follow},
    text::words,
};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Filter {
    All,
    /// The record or one of its photos has not arrived.
    Waiting,
    Open,
    Done,
    Refused,
}

#[component]
pub fn Records() -> impl IntoView {
    let words = words();
    let records = Model::here().records;
    let filter = RwSignal::new(Filter::All);
    let chips = Signal::derive(move || {
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
    });
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
                        <Empty icon=Icon::Camera title=words.no_records text=words.no_records_text>
                            <a
                                class="btn btn-main"
                                href="/capture"
                                on:click=follow(Router::here(), Route::Capture)
                            >
                                {words.take_first}
                            </a>
                        </Empty>
                    }
                }
            >
                <Chips label=words.filters hook="record-filter" chips chosen=filter />
                <Show
                    when=move || !shown.with(Vec::is_empty)
                    fallback=move || {
                        view! {
                            <Empty
                                icon=Icon::LayoutList
                                title=words.none_in_filter
                                text=words.none_in_filter_text
                            />
                        }
                    }
                >
                    <List shown />
                </Show>
            </Show>
        </div>
    }
}

/// One row a case; a row is rendered anew only when its record has changed.
#[component]
fn List(shown: Memo<Vec<Arc<Record>>>) -> impl IntoView {
    view! {
        <ul class="rows">
            <For
                each=move || shown.get()
                key=|record| record.case
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
        </ul>
    }
}

impl Filter {
    fn takes(self, record: &Record) -> bool {
        let refused = matches!(
            record.operation,
            OperationState::Refused { .. } | OperationState::Quarantined { .. }
        );
        let open = record.state.is_some_and(|state| state.is_open());
        match self {
            Self::All => true,
            Self::Waiting => {
                let photo_here = record.photos.iter().any(|photo| match photo.state {
                    PhotoState::Arrived { .. } => false,
                    // It will not come, and the person knows.
                    PhotoState::Damaged => !record.acknowledged,
                    _ => true,
                });
                !record.operation.is_settled() || photo_here
            }
            Self::Open => open && !refused,
            Self::Done => record.state.is_some() && !open && !refused,
            Self::Refused => refused,
        }
    }
}
