//! A row of chips of which one is chosen: filters, queues, small choices.

use std::rc::Rc;

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
    chips: impl Fn() -> Vec<Chip<T>> + 'static,
    chosen: RwSignal<T>,
) -> View
where
    T: Copy + PartialEq + Send + Sync + 'static,
{
    let chips = Rc::new(chips);
    let own = chips.clone();
    let row = move || own().into_iter().map(|it| (it.code, it.word, it.count)).collect();
    let own = chips.clone();
    let is_chosen = move |position: usize| {
        let chosen = chosen.get();
        own().get(position).is_some_and(|chip| chip.value == chosen)
    };
    let choose = move |position: usize| {
        if let Some(chip) = untrack(|| chips()).get(position) {
            chosen.set(chip.value);
        }
    };
    chip_row(label, hook, Box::new(row), Rc::new(is_chosen), Rc::new(choose))
}

/// Code, word and count.
type Worded = (&'static str, &'static str, Option<usize>);

/// The same for every type of value, so that a phone downloads it once.
fn chip_row(
    label: &'static str,
    hook: &'static str,
    chips: Box<dyn Fn() -> Vec<Worded>>,
    is_chosen: Rc<dyn Fn(usize) -> bool>,
    choose: Rc<dyn Fn(usize)>,
) -> View {
    let list = move || {
        chips()
            .into_iter()
            .enumerate()
            .map(|(position, (code, word, count))| {
                let (is_chosen, choose) = (is_chosen.clone(), choose.clone());
                button("chip")
                    .hook(hook)
                    .attr("data-value", code)
                    .attr("aria-pressed", move || is_chosen(position).to_string())
                    .on(ev::click, move |_| choose(position))
                    .child(el("span").child(word))
                    .child(count.map(|count| el("span").class("count").child(count)))
            })
            .collect::<View>()
    };
    el("div")
        .class("chips chips-edge")
        .attr("role", "group")
        .attr("aria-label", label)
        .child(list)
        .into_view()
}
