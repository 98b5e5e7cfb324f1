//! A row of chips of which one is chosen: filters, queues, small choices.

use leptos::prelude::*;

/// One chip: its value, its word and how many it holds.
#[derive(Clone, Debug, PartialEq)]
pub struct Chip<T> {
    pub value: T,
    /// Stable name for tests.
    pub code: &'static str,
    pub word: &'static str,
    pub count: Option<usize>,
}

#[component]
pub fn ChipRow<T>(
    label: &'static str,
    /// The stable name by which tests find its chips.
    hook: &'static str,
    #[prop(into)] chips: Signal<Vec<Chip<T>>>,
    chosen: RwSignal<T>,
) -> impl IntoView
where
    T: Copy + PartialEq + Send + Sync + 'static,
{
    let chip = move |chip: Chip<T>| {
        let Chip { value, code, word, count } = chip;
        view! {
            <button
                type="button"
                class="chip"
                data-test=hook
                data-value=code
                aria-pressed=move || (chosen.get() == value).to_string()
                on:click=move |_| chosen.set(value)
            >
                <span>{word}</span>
                {count.map(|count| view! { <span class="count">{count}</span> })}
            </button>
        }
    };
    view! {
        <div class="chips chips-edge" role="group" aria-label=label>
            {move || chips.get().into_iter().map(chip).collect_view()}
        </div>
    }
}
