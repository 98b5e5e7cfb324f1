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

/// A chip whose count changes stays the same button, so that it keeps the focus.
#[component]
pub fn ChipRow<T>(
    label: &'static str,
    hook: &'static str,
    #[prop(into)] chips: Signal<Vec<Chip<T>>>,
    chosen: RwSignal<T>,
) -> impl IntoView
where
    T: Copy + PartialEq + Send + Sync + 'static,
{
    let chip = move |Chip { value, code, word, .. }: Chip<T>| {
        let count = Memo::new(move |_| chips.with(|chips| count_of(chips, value)));
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
                {move || count.get().map(|count| view! { <span class="count">{count}</span> })}
            </button>
        }
    };
    view! {
        <div class="chips chips-edge" role="group" aria-label=label>
            <For each=move || chips.get() key=|chip| (chip.code, chip.word) children=chip/>
        </div>
    }
}

/// What the chip of this value counts now; nothing where it shows no number.
fn count_of<T: PartialEq>(chips: &[Chip<T>], value: T) -> Option<usize> {
    chips.iter().find(|chip| chip.value == value)?.count
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chip(value: u8, count: Option<usize>) -> Chip<u8> {
        Chip { value, code: "code", word: "word", count }
    }

    #[test]
    fn count_is_found_by_the_value_of_the_chip_wherever_it_stands() {
        let chips = [chip(1, Some(4)), chip(2, Some(0)), chip(3, None)];
        for (value, count) in [(1, Some(4)), (2, Some(0)), (3, None), (9, None)] {
            assert_eq!(count_of(&chips, value), count, "value {value}");
        }
    }

    #[test]
    fn chip_that_left_the_row_counts_nothing() {
        assert_eq!(count_of::<u8>(&[], 1), None);
    }
}
