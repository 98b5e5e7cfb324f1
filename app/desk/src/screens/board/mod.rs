//! The board: queues with their counts, a dense list, the case itself. Nothing reloads;
//! what arrives slides in above, with a count when the list is scrolled. At a board three
//! panes and a keyboard, on a phone one column.

mod board_items;
mod board_row;
mod item_list;
mod keys;
mod queue;

use domain::CaseId;
use leptos::prelude::*;

use self::{
    board_items::{BoardItems, board_items},
    item_list::ItemList,
    keys::{KeysHelp, listen},
    queue::{Queue, Queues},
};
use app_shared::{
    components::{
        dom,
        empty::EmptyState,
        icon::{self, Icon},
        skeleton::SkeletonRows,
    },
    model::{Link, Model},
    screens::case::{
        CaseView,
        acts::{Asked, AskedAct},
    },
    text::words,
};

/// What the parts of the board share. In context.
#[derive(Clone, Copy)]
pub struct BoardContext {
    queue: RwSignal<Queue>,
    search: RwSignal<String>,
    selected: RwSignal<Option<CaseId>>,
    /// BoardItems of the chosen queue, in its order.
    rows: Signal<BoardItems>,
    /// What the list shows: `rows`, but for what arrived above a scrolled list.
    shown: RwSignal<BoardItems>,
    wide: RwSignal<bool>,
    asked: RwSignal<Option<Asked>>,
    help: RwSignal<bool>,
}

#[component]
pub fn Board() -> impl IntoView {
    let words = words();
    let queue = RwSignal::new(Queue::Tray);
    let search = RwSignal::new(String::new());
    let all = board_items();
    let board = BoardContext {
        queue,
        search,
        selected: RwSignal::new(None),
        rows: Memo::new(move |_| {
            let text = search.get();
            all.with(|all| queue.get().of(all, &text))
        })
        .into(),
        shown: RwSignal::new(BoardItems::default()),
        wide: dom::wide(),
        asked: RwSignal::new(None),
        help: RwSignal::new(false),
    };
    provide_context(board);
    provide_context(AskedAct(board.asked));
    listen(board);
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
    view! {
        <div class="board">
            <Queues all />
            <section class="pane-list" aria-label=move || queue.get().word(words)>
                <ListHead />
                <ShownRows all />
            </section>
            <Show when=move || board.wide.get()>
                <section class="pane-case" aria-label=words.case tabindex="-1" id="pane-case">
                    <Pane />
                </section>
            </Show>
        </div>
        <KeysHelp />
    }
}

#[component]
fn ListHead() -> impl IntoView {
    let words = words();
    let board: BoardContext = expect_context();
    let model = Model::here();
    let count = move || board.rows.with(|rows| rows.len());
    let printed = move || {
        let place = model.district.with(|district| {
            district
                .as_ref()
                .map_or_else(String::new, |it| it.pack().names.get(words.lang).to_owned())
        });
        words.print_heading(&place, board.queue.get().word(words), count())
    };
    view! {
        <div class="list-head">
            <p class="print-only strong">{printed}</p>
            <div class="line">
                <div class="search grow">
                    <Icon icon=icon::SEARCH />
                    <input
                        id="board-search"
                        type="search"
                        data-test="board-search"
                        aria-label=words.search_board
                        placeholder=words.search_board
                        prop:value=board.search
                        on:input=move |event| board.search.set(dom::value_of(&event))
                    />
                </div>
                <Show when=move || board.wide.get()>
                    <button
                        type="button"
                        class="btn btn-icon"
                        aria-label=words.print
                        on:click=move |_| {
                            let _shown = window().print();
                        }
                    >
                        <Icon icon=icon::PRINTER />
                    </button>
                    <button
                        type="button"
                        class="btn btn-icon"
                        data-test="keys-open"
                        aria-label=words.shortcuts
                        on:click=move |_| board.help.set(true)
                    >
                        <Icon icon=icon::KEYBOARD />
                    </button>
                </Show>
            </div>
        </div>
    }
}

#[component]
fn ShownRows(#[prop(into)] all: Signal<BoardItems>) -> impl IntoView {
    let words = words();
    let board: BoardContext = expect_context();
    let model = Model::here();
    let nothing = Memo::new(move |_| board.rows.with(|rows| rows.is_empty()));
    let first_load = move || {
        let early = model.status.with(|it| matches!(it.link, Link::Starting | Link::Trying));
        early && all.with(|all| all.is_empty())
    };
    move || {
        if !nothing.get() {
            return view! { <ItemList /> }.into_any();
        }
        if first_load() {
            return view! {
                <div class="board-skeleton">
                    <SkeletonRows count=7 />
                </div>
            }
            .into_any();
        }
        let searching = board.search.with(|text| !text.trim().is_empty());
        if searching {
            return view! { <EmptyState icon=icon::SEARCH title=words.nothing_found text=words.nothing_found_text /> }.into_any();
        }
        view! { <EmptyState icon=icon::INBOX title=words.nothing_queue text=words.nothing_queue_text /> }.into_any()
    }
}

/// The case that is chosen; it stays when it leaves its queue.
#[component]
fn Pane() -> impl IntoView {
    let words = words();
    let board: BoardContext = expect_context();
    move || {
        match board.selected.get() {
        Some(id) => view! { <CaseView id /> }.into_any(),
        None => view! { <EmptyState icon=icon::COLUMNS3 title=words.choose_case text=words.choose_case_text /> }.into_any(),
    }
    }
}
