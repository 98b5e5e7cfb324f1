//! The board: queues with their counts, a dense list, the case itself. Nothing reloads;
//! what arrives slides in above, with a count when the list is scrolled. On a wide screen
//! three panes and a keyboard, on a phone one column.

mod board_item;
mod board_items;
mod board_row;
mod bulk;
mod bulk_account;
mod bulk_bar;
mod bulk_offers;
mod case_list;
mod choice;
mod filter;
mod filter_panel;
mod item_list;
mod keys;
mod keys_help;
mod list_head;
mod pick_box;
mod picking;
mod picks;
mod printed_list;
mod queue;
mod queue_nav;
mod selection;
#[cfg(test)]
mod test_cases;
mod views;

use std::{collections::BTreeMap, sync::Arc};

use domain::{
    Timestamp,
    summary::{CaseQuery, Moment, Queue, QueueCounts},
};
use leptos::prelude::*;

use self::{
    board_items::{BoardItems, ItemCache},
    bulk::Bulk,
    bulk_account::BulkOutcome,
    bulk_bar::BulkBar,
    case_list::{Answer, CaseList},
    filter::BoardFilter,
    item_list::ItemList,
    keys::listen,
    keys_help::KeysHelp,
    list_head::ListHead,
    picking::{Picking, keep_picks_listed},
    printed_list::{PrintedList, follow_printing},
    queue_nav::QueueNav,
    selection::move_on_after_acts,
    views::Views,
};
pub use self::{choice::BoardChoice, views::LastViews};
use app_shared::{
    components::{case_text, dom, empty::EmptyState, icon, skeleton::SkeletonRows},
    device::timer::Timer,
    model::Model,
    screens::case::{
        CaseView,
        acts::{Asked, AskedAct},
    },
    text::words,
};

/// Who types is not asked for before a pause of so long.
const TYPING_MS: i64 = 200;

/// What the server last said, for who comes back to the board. Never for the next person who signs
/// in on this device.
#[derive(Clone, Copy)]
pub struct LastAnswers {
    queues: RwSignal<BTreeMap<Queue, Answer>>,
    counts: RwSignal<Option<QueueCounts>>,
}

impl LastAnswers {
    /// Puts it into context, above the screens.
    pub fn provide() {
        provide_context(Self { queues: RwSignal::default(), counts: RwSignal::new(None) });
    }
}

/// Now, and what the clocks of the district show.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DistrictClock {
    pub now: Timestamp,
    pub utc_offset_minutes: i16,
}

/// What the parts of the board share. In context.
#[derive(Clone, Copy)]
pub struct BoardContext {
    choice: BoardChoice,
    /// The chosen queue; the tray until it is known which one has something to do.
    queue: Memo<Queue>,
    /// How many cases each queue has; `None` until the server has answered.
    counts: RwSignal<Option<QueueCounts>>,
    /// What the list is asked for.
    question: Memo<CaseQuery>,
    list: CaseList,
    /// Items of the chosen queue that the search finds, in its order.
    rows: Memo<BoardItems>,
    /// What the list shows: `rows`, but for what arrived above a scrolled list.
    shown: RwSignal<BoardItems>,
    /// Which cases are picked for one act.
    picking: Picking,
    clock: Memo<DistrictClock>,
    wide: RwSignal<bool>,
    asked: RwSignal<Option<Asked>>,
    help: RwSignal<bool>,
    printing: RwSignal<bool>,
}

impl BoardContext {
    fn provide() -> Self {
        let choice = BoardChoice::here();
        let last: LastAnswers = expect_context();
        let queue = Memo::new(move |_| choice.queue.get().unwrap_or(Queue::Tray));
        let search = settled(choice.search);
        // What is asked but for the queue.
        let model = Model::here();
        // Another moment of the same day is the same question.
        let narrowed =
            Memo::new(move |_| choice.filter.get().narrow(CaseQuery::default(), moment_of(model)));
        let question = Memo::new(move |_| {
            let queue = queue::whole(queue.get());
            CaseQuery {
                q: search.with(|text| queue::words_of(text)),
                queue: queue.queue,
                sort: queue.sort,
                ..narrowed.get()
            }
        });
        let list = CaseList::keep(question, last.queues);
        keep_counts(narrowed, last.counts);
        let board = Self {
            choice,
            queue,
            counts: last.counts,
            question,
            list,
            rows: board_rows(list, question),
            shown: RwSignal::new(BoardItems::default()),
            picking: Picking::new(),
            clock: district_clock(),
            wide: dom::wide(),
            asked: RwSignal::new(None),
            help: RwSignal::new(false),
            printing: RwSignal::new(false),
        };
        provide_context(board);
        provide_context(AskedAct(board.asked));
        board
    }

    /// The context of the board, in which every caller stands.
    fn here() -> Self {
        expect_context()
    }
}

#[component]
pub fn Board() -> impl IntoView {
    let words = words();
    let board = BoardContext::provide();
    Bulk::provide(board);
    Views::provide(board);
    listen(board);
    keep_picks_listed(board);
    follow_printing(board.printing);
    move_on_after_acts(board);
    // Whoever has chosen a queue keeps it.
    Effect::new(move |_| {
        let first = board.counts.with(|counts| counts.as_ref().and_then(queue::first_of));
        if first.is_some() && board.choice.queue.with_untracked(Option::is_none) {
            board.choice.queue.set(first);
        }
    });
    view! {
        <div class="board">
            <QueueNav />
            <section class="pane-list" aria-label=move || queue::word(board.queue.get(), words)>
                <ListHead />
                <BulkOutcome />
                <BulkBar />
                <ShownRows />
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

/// The search once the person pauses.
fn settled(search: RwSignal<String>) -> RwSignal<String> {
    let settled = RwSignal::new(search.get_untracked().trim().to_owned());
    let timer = StoredValue::new_local(None::<Timer>);
    Effect::new(move |_| {
        let text = search.with(|text| text.trim().to_owned());
        let is_new = settled.with_untracked(|settled| *settled != text);
        timer.set_value(
            is_new.then(|| Timer::after(TYPING_MS, move || drop(settled.try_set(text)))),
        );
    });
    settled
}

/// The rows of the list, as this device knows their cases. What the person has just moved on is in
/// its queue no more.
fn board_rows(list: CaseList, question: Memo<CaseQuery>) -> Memo<BoardItems> {
    let model = Model::here();
    let words = words();
    let cache = StoredValue::new(ItemCache::default());
    Memo::new(move |_| {
        let rows = list.answer().unwrap_or_default().rows;
        let (district, cases) = (model.district.get(), model.cases.get());
        let items =
            cache.try_update_value(|cache| cache.items(&rows, &cases, district.as_ref(), words));
        let mut items = items.unwrap_or_default();
        if let Some(moment) = moment_of(model) {
            question.with(|question| {
                items.retain(|item| question.matches_but_for_q(&item.row.summary, moment))
            });
        }
        Arc::new(items)
    })
}

/// `None` before the district's pack is here.
fn moment_of(model: Model) -> Option<Moment> {
    let now = model.now.get();
    model.district.with(|district| Some(Moment::of(district.as_ref()?.calendar(), now)))
}

fn keep_counts(narrowed: Memo<CaseQuery>, counts: RwSignal<Option<QueueCounts>>) {
    let model = Model::here();
    model.keep_asking(narrowed, move |query: CaseQuery| async move {
        if let Ok(answer) = model.case_counts(&query).await
            && narrowed.try_get_untracked().as_ref() == Some(&query)
        {
            let _unless_nobody_looks = counts.try_set(Some(answer));
        }
    });
}

/// The list, or what is said in its place.
#[component]
fn ShownRows() -> impl IntoView {
    let words = words();
    let board = BoardContext::here();
    let model = Model::here();
    let is_empty = Memo::new(move |_| board.rows.with(|rows| rows.is_empty()));
    let is_searching = Memo::new(move |_| {
        let choice = board.choice;
        choice.search.with(|text| !text.trim().is_empty())
            || choice.filter.with(|filter| *filter != BoardFilter::default())
    });
    let is_loading = Memo::new(move |_| {
        board.list.answer().is_none() && model.status.with(|status| status.link.may_answer())
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
        let (icon, title, text) = if board.list.answer().is_none() {
            (icon::INBOX, words.list_unknown(), words.list_unknown_text())
        } else if is_searching.get() {
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
    let board = BoardContext::here();
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
