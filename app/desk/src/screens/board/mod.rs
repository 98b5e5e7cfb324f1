//! The board: queues with their counts, a dense list, the case itself. Nothing reloads;
//! what arrives slides in above, with a count when the list is scrolled. At a desk three
//! panes and a keyboard, on a phone one column.

mod keys;
mod list;
mod queue;
mod row;
mod rows;

use domain::CaseId;
use leptos::{ev, prelude::*};

use self::{
    keys::{keys_help, listen},
    list::row_list,
    queue::{Queue, queues},
    rows::{Rows, rows},
};
use super::case::{
    acts::{Asked, AskedAct},
    case_view,
};
use app_shared::{
    components::{
        bones::bone_rows,
        dom,
        empty::empty,
        icon::Icon,
        markup::{IntoView, button, el, show, views},
    },
    model::{Link, Model},
    text::words,
};

/// What the parts of the board share. In context.
#[derive(Clone, Copy)]
pub struct Desk {
    queue: RwSignal<Queue>,
    search: RwSignal<String>,
    selected: RwSignal<Option<CaseId>>,
    /// Rows of the chosen queue, in its order.
    rows: Signal<Rows>,
    /// What the list shows: `rows`, but for what arrived above a scrolled list.
    shown: RwSignal<Rows>,
    wide: RwSignal<bool>,
    asked: RwSignal<Option<Asked>>,
    help: RwSignal<bool>,
}

pub fn board() -> impl IntoView {
    let words = words();
    let queue = RwSignal::new(Queue::Tray);
    let search = RwSignal::new(String::new());
    let all = rows();
    let desk = Desk {
        queue,
        search,
        selected: RwSignal::new(None),
        rows: Memo::new(move |_| {
            let text = search.get();
            all.with(|all| queue.get().of(all, &text))
        }),
        shown: RwSignal::new(Rows::default()),
        wide: dom::wide(),
        asked: RwSignal::new(None),
        help: RwSignal::new(false),
    };
    provide_context(desk);
    provide_context(AskedAct(desk.asked));
    listen(desk);
    // The first queue that has something to do, once it is known; whoever has chosen
    // one keeps it.
    let began = StoredValue::new(false);
    let mut is_first = true;
    Effect::new(move |_| {
        queue.track();
        if !std::mem::take(&mut is_first) {
            began.set_value(true);
        }
    });
    Effect::new(move |_| {
        let first = all.with(|all| {
            (!all.is_empty())
                .then(|| Queue::WORK.iter().copied().find(|queue| queue.count(all) > 0))
        });
        if let Some(first) = first
            && !began.get_value()
        {
            began.set_value(true);
            queue.set(first.unwrap_or(Queue::Open));
        }
    });
    views![
        el("div")
            .class("board")
            .child(queues(all))
            .child(
                el("section")
                    .class("pane-list")
                    .attr("aria-label", move || queue.get().word(words))
                    .child(list_head())
                    .child(shown_rows(all))
            )
            .child(show(
                move || desk.wide.get(),
                move || el("section")
                    .class("pane-case")
                    .attr("aria-label", words.case)
                    .attr("tabindex", "-1")
                    .attr("id", "pane-case")
                    .child(pane())
            )),
        keys_help()
    ]
}

fn list_head() -> impl IntoView {
    let words = words();
    let desk: Desk = expect_context();
    let model = Model::here();
    let count = move || desk.rows.with(|rows| rows.len());
    let printed = move || {
        let place = model.district.with(|district| {
            district
                .as_ref()
                .map_or_else(String::new, |it| it.pack().names.get(words.lang).to_owned())
        });
        words.print_heading(&place, desk.queue.get().word(words), count())
    };
    el("div").class("list-head").child(el("p").class("print-only strong").child(printed)).child(
        el("div")
            .class("line")
            .child(
                el("div").class("search grow").child(Icon::Search).child(
                    el("input")
                        .attr("id", "board-search")
                        .attr("type", "search")
                        .hook("board-search")
                        .attr("aria-label", words.search_board)
                        .attr("placeholder", words.search_board)
                        .prop("value", desk.search)
                        .on(ev::input, move |event| desk.search.set(dom::value_of(&event))),
                ),
            )
            .child(show(
                move || desk.wide.get(),
                move || {
                    views![
                        button("btn btn-icon")
                            .attr("aria-label", words.print)
                            .on(ev::click, move |_| {
                                let _shown = window().print();
                            })
                            .child(Icon::Printer),
                        button("btn btn-icon")
                            .hook("keys-open")
                            .attr("aria-label", words.shortcuts)
                            .on(ev::click, move |_| desk.help.set(true))
                            .child(Icon::Keyboard)
                    ]
                },
            )),
    )
}

fn shown_rows(all: Signal<Rows>) -> impl IntoView {
    let words = words();
    let desk: Desk = expect_context();
    let model = Model::here();
    let nothing = Memo::new(move |_| desk.rows.with(|rows| rows.is_empty()));
    let first_load = move || {
        let early = model.status.with(|it| matches!(it.link, Link::Starting | Link::Trying));
        early && all.with(|all| all.is_empty())
    };
    move || {
        if !nothing.get() {
            return row_list().into_view();
        }
        if first_load() {
            return el("div").class("bones").child(bone_rows(7)).into_view();
        }
        let searching = desk.search.with(|text| !text.trim().is_empty());
        if searching {
            return empty(Icon::Search, words.nothing_found, words.nothing_found_text, ())
                .into_view();
        }
        empty(Icon::Inbox, words.nothing_queue, words.nothing_queue_text, ()).into_view()
    }
}

/// The case that is chosen; it stays when it leaves its queue.
fn pane() -> impl IntoView {
    let words = words();
    let desk: Desk = expect_context();
    move || match desk.selected.get() {
        Some(id) => case_view(id).into_view(),
        None => empty(Icon::Columns3, words.choose_case, words.choose_case_text, ()).into_view(),
    }
}
