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
pub fn Chips<T>(
    label: &'static str,
    hook: &'static str,
    #[prop(into)] chips: Signal<Vec<Chip<T>>>,
    chosen: RwSignal<T>,
) -> impl IntoView
where
    T: Copy + PartialEq + Send + Sync + 'static,
{
    let row = move || {
        chips.with(|chips| chips.iter().map(|c| (c.code, c.word, c.count)).collect::<Vec<_>>())
    };
    let position = move || {
        let chosen = chosen.get();
        chips.with(|chips| chips.iter().position(|chip| chip.value == chosen))
    };
    let choose = move |position: usize| {
        if let Some(chip) = chips.with_untracked(|chips| chips.get(position).cloned()) {
            chosen.set(chip.value);
        }
    };
    view! {
        <Row
            label
            hook
            chips=Signal::derive(row)
            chosen=Signal::derive(position)
            choose=Callback::new(choose)
        />
    }
}

/// The same for every type of value, so that a phone downloads it once.
#[component]
fn Row(
    label: &'static str,
    hook: &'static str,
    /// Code, word and count.
    chips: Signal<Vec<(&'static str, &'static str, Option<usize>)>>,
    chosen: Signal<Option<usize>>,
    choose: Callback<usize>,
) -> impl IntoView {
    let list = move || {
        chips
            .get()
            .into_iter()
            .enumerate()
            .map(|(position, (code, word, count))| {
                view! {
                    <button
                        type="button"
                        class="chip"
                        data-test=hook
                        data-value=code
                        aria-pressed=move || (chosen.get() == Some(position)).to_string()
                        on:click=move |_| choose.run(position)
                    >
                        <span>{word}</span>
                        {count.map(|count| view! { <span class="count">{count}</span> })}
                    </button>
                }
            })
            .collect_view()
    };
    view! {
        <div class="chips chips-edge" role="group" aria-label=label>
            {list}
        </div>
    }
}
