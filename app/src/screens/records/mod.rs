//! My records: everything this person reported, newest first, with its true state.

mod answer;
pub mod receipt;
mod row;

use std::sync::Arc;

use leptos::{ev, prelude::*};

use self::row::record_row;
use crate::{
    components::{
        chips::{Chip, chip_line},
        empty::empty,
        icon::Icon,
        markup::{IntoView, el, list, show_or, views},
    },
    model::{Model, OperationState, PhotoState, Record},
    reactive::{Kept, kept},
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

pub fn records() -> impl IntoView {
    let words = words();
    let records = Model::here().records;
    let filter = RwSignal::new(Filter::All);
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
    let shown = kept(move || {
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
    el("div").class("page stack").child(show_or(
        move || !none_at_all(),
        move || {
            views![
                chip_line(words.filters, "record-filter", chips, filter),
                show_or(
                    move || !shown.with(Vec::is_empty),
                    move || record_list(shown),
                    move || {
                        empty(Icon::LayoutList, words.none_in_filter, words.none_in_filter_text, ())
                    }
                )
            ]
        },
        move || {
            empty(
                Icon::Camera,
                words.no_records,
                words.no_records_text,
                el("a")
                    .class("btn btn-main")
                    .attr("href", "/capture")
                    .on(ev::click, follow(Router::here(), Route::Capture))
                    .child(words.take_first),
            )
        },
    ))
}

/// One row a case; a row is rendered anew only when its record has changed.
fn record_list(shown: Kept<Vec<Arc<Record>>>) -> impl IntoView {
    el("ul").class("rows").child(list(
        move || shown.get(),
        |record| (Some(record.case), 0),
        move |first| {
            let id = first.case;
            let record = kept(move || {
                shown
                    .with(|shown| shown.iter().find(|record| record.case == id).cloned())
                    .unwrap_or_else(|| first.clone())
            });
            el("li").child(move || record_row(record.get()))
        },
    ))
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
