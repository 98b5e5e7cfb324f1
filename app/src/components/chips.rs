//! A row of chips of which one is chosen: filters, queues, small choices.

use leptos::{ev, prelude::*};

use super::markup::{IntoView, View, button, el};
/// One chip: its value, its word and how many it holds.
#[derive(Clone, Debug, PartialEq)]
pub struct Chip<T> {
    pub value: T,
    /// Stable name for tests.
    pub code: &'static str,
    pub word: &'static str,
    pub count: Option<usize>,
}

pub fn chip_line<T>(
    label: &'static str,
    hook: &'static str,
    chips: Signal<Vec<Chip<T>>>,
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
    chip_row(label, hook, Signal::derive(row), Signal::derive(position), Callback::new(choose))
}

/// The same for every type of value, so that a phone downloads it once.
fn chip_row(
    label: &'static str,
    hook: &'static str,
    // Code, word and count.
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
                button("chip")
                    .hook(hook)
                    .attr("data-value", code)
                    .attr("aria-pressed", move || (chosen.get() == Some(position)).to_string())
                    .on(ev::click, move |_| choose.run(position))
                    .child(el("span").child(word))
                    .child(count.map(|count| el("span").class("count").child(count)))
            })
            .collect::<View>()
    };
    el("div").class("chips chips-edge").attr("role", "group").attr("aria-label", label).child(list)
}
