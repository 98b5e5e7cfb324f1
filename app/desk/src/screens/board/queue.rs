//! The queues: what waits for headquarters, what is late, what is done.

use domain::{Timestamp, calendar::Lamp, case::State};
use leptos::prelude::*;

use super::{
    BoardContext,
    board_items::{BoardItem, BoardItems},
};
use app_shared::{
    components::case_text,
    model::Model,
    text::{Words, same_day, words},
};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Queue {
    Tray,
    ToVerify,
    ToClose,
    Overdue,
    Near,
    Open,
    ClosedToday,
    All,
}

impl Queue {
    const ALL: [Self; 8] = [
        Self::Tray,
        Self::ToVerify,
        Self::ToClose,
        Self::Overdue,
        Self::Near,
        Self::Open,
        Self::ClosedToday,
        Self::All,
    ];

    /// Those in which headquarters has something to do.
    pub const WORK: [Self; 3] = [Self::Tray, Self::ToVerify, Self::ToClose];

    /// The queue's rows that a search finds, in the queue's order.
    pub fn of(self, all: &BoardItems, search: &str) -> BoardItems {
        let (now, offset) = time();
        let text = domain::lower(search.trim());
        let found =
            all.iter().filter(|row| self.takes(row, now, offset) && row.holds(&text)).cloned();
        if matches!(self, Self::Overdue | Self::Near) {
            let mut found: Vec<_> = found.collect();
            found.sort_by_key(|row| case_text::due_ms(&row.entry.case));
            found.into()
        } else {
            found.collect::<Vec<_>>().into()
        }
    }

    pub fn count(self, all: &BoardItems) -> usize {
        let (now, offset) = time();
        all.iter().filter(|row| self.takes(row, now, offset)).count()
    }

    fn takes(self, row: &BoardItem, now: Timestamp, offset: i16) -> bool {
        match self {
            Self::Tray => row.state() == State::Unassigned,
            Self::ToVerify => row.state() == State::Rectified,
            Self::ToClose => row.state() == State::Verified,
            Self::Overdue => row.lamp(now) == Some(Lamp::Over),
            Self::Near => row.lamp(now) == Some(Lamp::Near),
            Self::Open => row.state().is_open(),
            Self::ClosedToday => {
                row.entry.case.closed_at.is_some_and(|at| same_day(at, now, offset))
            }
            Self::All => true,
        }
    }

    const fn hook(self) -> &'static str {
        match self {
            Self::Tray => "queue-tray",
            Self::ToVerify => "queue-to_verify",
            Self::ToClose => "queue-to_close",
            Self::Overdue => "queue-overdue",
            Self::Near => "queue-near",
            Self::Open => "queue-open",
            Self::ClosedToday => "queue-closed_today",
            Self::All => "queue-all",
        }
    }

    pub fn word(self, words: Words) -> &'static str {
        match self {
            Self::Tray => words.queue_tray,
            Self::ToVerify => words.queue_to_verify,
            Self::ToClose => words.queue_to_close,
            Self::Overdue => words.queue_overdue,
            Self::Near => words.queue_near,
            Self::Open => words.queue_open,
            Self::ClosedToday => words.queue_closed_today,
            Self::All => words.queue_all,
        }
    }
}

/// Now, and the district's offset; both are followed.
fn time() -> (Timestamp, i16) {
    let model = Model::here();
    (model.now.get(), model.district.with(|it| case_text::offset_of(it.as_deref())))
}

#[component]
pub fn Queues(#[prop(into)] all: Signal<BoardItems>) -> impl IntoView {
    let words = words();
    let board: BoardContext = expect_context();
    let chips = Queue::ALL
        .into_iter()
        .map(|queue| {
            let count = Memo::new(move |_| all.with(|all| queue.count(all)));
            view! {
                <button
                    type="button"
                    class="chip"
                    data-test=queue.hook()
                    aria-pressed=move || (board.queue.get() == queue).to_string()
                    on:click=move |_| board.queue.set(queue)
                >
                    <span class="grow">{queue.word(words)}</span>
                    <span class="count">{move || count.get()}</span>
                </button>
            }
        })
        .collect_view();
    view! {
        <nav class="queues" aria-label=words.queues>
            <div class="chips">{chips}</div>
        </nav>
    }
}
