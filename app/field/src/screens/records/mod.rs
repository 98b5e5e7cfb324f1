//! My records: everything this person reported, newest first, with its true state.

mod answer;
pub mod look;
pub mod receipt;
mod row;

use std::sync::Arc;

use leptos::{ev, prelude::*};

use self::{
    look::{Filter, Look},
    row::{link_id, record_row},
};
use app_shared::{
    components::{
        chips::{Chip, chip_line},
        dom,
        empty::empty,
        icon::Icon,
        markup::{IntoView, button, el, list, show, show_or, views},
    },
    model::{Model, Record},
    route::{Route, Router, after_render, follow},
    text::words,
};

pub fn records() -> impl IntoView {
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
    el("div").class("page stack").child(show_or(
        move || !none_at_all(),
        move || {
            views![
                chip_line(words.filters, "record-filter", chips, filter),
                show_or(
                    move || !shown.with(Vec::is_empty),
                    move || record_list(shown, look),
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
fn record_list(shown: Signal<Vec<Arc<Record>>>, look: Look) -> impl IntoView {
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
    let rows = list(
        move || {
            let most = look.most.get();
            shown.with(|shown| shown.iter().take(most).cloned().collect())
        },
        |record: &Arc<Record>| (Some(record.case), 0),
        move |first| {
            let id = first.case;
            let record = Memo::new(move |_| {
                shown
                    .with(|shown| shown.iter().find(|record| record.case == id).cloned())
                    .unwrap_or_else(|| first.clone())
            });
            el("li").child(move || record_row(record.get()))
        },
    );
    views![
        el("ul").class("rows").child(rows),
        show(
            move || rest() > 0,
            move || {
                button("btn")
                    .hook("more-records")
                    .on(ev::click, more)
                    .child(move || words.more_records(rest()))
            }
        )
    ]
}
