//! The chips of the queues, with how many cases each has, and the views that this person keeps.

use domain::summary::Queue;
use leptos::prelude::*;

use super::{BoardContext, queue, views::ViewChips};
use app_shared::text::words;

#[component]
pub fn QueueNav() -> impl IntoView {
    let words = words();
    let board = BoardContext::here();
    let chips = Queue::ALL
        .into_iter()
        .map(|queue| {
            let count = Memo::new(move |_| {
                let of = |counts: &_| queue::count_text(queue::count_of(counts, queue));
                board.counts.with(|counts| counts.as_ref().map(of))
            });
            view! {
                <button
                    type="button"
                    class="chip"
                    data-test=queue::hook(queue)
                    aria-pressed=move || (board.queue.get() == queue).to_string()
                    on:click=move |_| board.choice.queue.set(Some(queue))
                >
                    <span class="grow">{queue::word(queue, words)}</span>
                    <span class="count">{move || count.get()}</span>
                </button>
            }
        })
        .collect_view();
    view! {
        <nav class="queues" aria-label=words.queues>
            <div class="chips">{chips}</div>
            <ViewChips />
        </nav>
    }
}
