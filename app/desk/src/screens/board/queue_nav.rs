//! The chips of the queues, with how many cases each has.

use leptos::prelude::*;

use super::{BoardContext, board_items::BoardItems, queue::Queue};
use app_shared::text::words;

#[component]
pub fn QueueNav(all: Memo<BoardItems>) -> impl IntoView {
    let words = words();
    let board: BoardContext = expect_context();
    let chips = Queue::ALL
        .into_iter()
        .map(|queue| {
            let count = Memo::new(move |_| all.with(|all| queue.count(all, board.clock.get())));
            view! {
                <button
                    type="button"
                    class="chip"
                    data-test=queue.hook()
                    aria-pressed=move || (board.queue.get() == queue).to_string()
                    on:click=move |_| board.choice.queue.set(Some(queue))
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
