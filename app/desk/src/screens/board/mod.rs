//! The board: queues with their counts, a dense list, the case itself. Nothing reloads;
//! what arrives slides in above, with a count when the list is scrolled. On a wide screen
//! three panes and a keyboard, on a phone one column.

mod board_item;
mod board_items;
mod board_row;
mod choice;
mod item_list;
mod keys;
mod keys_help;
mod list_head;
mod printed_list;
mod queue;
mod queue_nav;
mod selection;
#[cfg(test)]
mod test_cases;

use leptos::prelude::*;

pub use self::choice::BoardChoice;
use self::{
    board_items::{BoardItems, board_items},
    item_list::ItemList,
    keys::listen,
    keys_help::KeysHelp,
    list_head::ListHead,
    printed_list::{PrintedList, follow_printing},
    queue::{DistrictClock, Queue},
    queue_nav::QueueNav,
    selection::move_on_after_acts,
};
use app_shared::{
    components::{case_text, dom, empty::EmptyState, icon, skeleton::SkeletonRows},
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
    choice: BoardChoice,
    /// The chosen queue; the tray until it is known which one has something to do.
    queue: Memo<Queue>,
    /// Items of the chosen queue that the search finds, in its order.
    rows: Memo<BoardItems>,
    /// What the list shows: `rows`, but for what arrived above a scrolled list.
    shown: RwSignal<BoardItems>,
    clock: Memo<DistrictClock>,
    wide: RwSignal<bool>,
    asked: RwSignal<Option<Asked>>,
    help: RwSignal<bool>,
    printing: RwSignal<bool>,
}

impl BoardContext {
    fn provide(all: Memo<BoardItems>) -> Self {
        let choice = BoardChoice::here();
        let clock = district_clock();
        let queue = Memo::new(move |_| choice.queue.get().unwrap_or(Queue::Tray));
        let rows = Memo::new(move |_| {
            let search = choice.search.get();
            all.with(|all| queue.get().items(all, &search, clock.get()))
        });
        let board = Self {
            choice,
            queue,
            rows,
            shown: RwSignal::new(BoardItems::default()),
            clock,
            wide: dom::wide(),
            asked: RwSignal::new(None),
            help: RwSignal::new(false),
            printing: RwSignal::new(false),
        };
        provide_context(board);
        provide_context(AskedAct(board.asked));
        board
    }
}

#[component]
pub fn Board() -> impl IntoView {
    let words = words();
    let all = board_items();
    let board = BoardContext::provide(all);
    listen(board);
    follow_printing(board.printing);
    move_on_after_acts(board);
    // Whoever has chosen a queue keeps it.
    Effect::new(move |_| {
        let first = all.with(|all| Queue::first_of(all, board.clock.get_untracked()));
        if first.is_some() && board.choice.queue.with_untracked(Option::is_none) {
            board.choice.queue.set(first);
        }
    });
    view! {
        <div class="board">
            <QueueNav all />
            <section class="pane-list" aria-label=move || board.queue.get().word(words)>
                <ListHead />
                <ShownRows all />
                <PrintedList />
            </section>
            <Show when=move || board.wide.get()>
                <section class="pane-case" aria-label=words.case tabindex="-1" id="pane-case">
                    <CasePane />
                </section>
            </Show>
        </div>
        <KeysHelp />
    }
}

fn district_clock() -> Memo<DistrictClock> {
    let model = Model::here();
    Memo::new(move |_| DistrictClock {
        now: model.now.get(),
        utc_offset_minutes: model.district.with(|it| case_text::offset_of(it.as_deref())),
    })
}

/// The list, or what is said in its place.
#[component]
fn ShownRows(all: Memo<BoardItems>) -> impl IntoView {
    let words = words();
    let board: BoardContext = expect_context();
    let model = Model::here();
    let is_empty = Memo::new(move |_| board.rows.with(|rows| rows.is_empty()));
    let is_searching = Memo::new(move |_| board.choice.search.with(|text| !text.trim().is_empty()));
    let is_loading = Memo::new(move |_| {
        let is_early = model.status.with(|it| matches!(it.link, Link::Starting | Link::Trying));
        is_early && all.with(|all| all.is_empty())
    });
    move || {
        if !is_empty.get() {
            return view! { <ItemList /> }.into_any();
        }
        if is_loading.get() {
            return view! {
                <div class="board-skeleton">
                    <SkeletonRows count=7 />
                </div>
            }
            .into_any();
        }
        let (icon, title, text) = if is_searching.get() {
            (icon::SEARCH, words.nothing_found, words.nothing_found_text)
        } else {
            (icon::INBOX, words.nothing_queue, words.nothing_queue_text)
        };
        view! { <EmptyState icon title text /> }.into_any()
    }
}

/// The case that is chosen; it stays when it leaves its queue.
#[component]
fn CasePane() -> impl IntoView {
    let words = words();
    let board: BoardContext = expect_context();
    move || match board.choice.selected.get() {
        Some(id) => view! { <CaseView id /> }.into_any(),
        None => view! {
            <EmptyState
                icon=icon::COLUMNS3
                title=words.choose_case
                text=words.choose_case_text
            />
        }
        .into_any(),
    }
}
