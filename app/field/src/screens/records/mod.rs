//! My records: everything this person reported, newest first, with its true state.
//!
//! Read on at [`filter`] for the chips, at [`record_list`] for the list, at [`record_row`] and
//! [`record_problems`] for one of them. What a row says is decided in [`record_state`] and
//! [`problem`], without a browser. Which chip is chosen outlives the screen, in [`list_state`].

mod filter;
mod list_state;
mod problem;
mod record_list;
mod record_problems;
mod record_row;
mod record_state;
#[cfg(test)]
mod test_records;

use std::sync::Arc;

use leptos::prelude::*;

pub use list_state::ListState;

use self::{filter::Filter, record_list::RecordList};
use app_shared::{
    components::{
        chips::{Chip, ChipRow},
        empty::EmptyState,
        icon,
        link::RouteLink,
        receiving::ReceivingNote,
    },
    model::{Model, Record},
    route::Route,
    text::{Words, words},
};

#[component]
pub fn Records() -> impl IntoView {
    let words = words();
    let records = Model::here().records;
    let filter = ListState::here().filter;
    let chips = Signal::derive(move || records.with(|records| chips_of(records, words)));
    let shown = Memo::new(move |_| records.with(|records| filtered(records, filter.get())));
    let has_records = move || records.with(|records| !records.is_empty());
    let has_shown = move || shown.with(|shown| !shown.is_empty());
    view! {
        <div class="page stack">
            <ReceivingNote />
            <Show when=has_records fallback=NoRecords>
                <ChipRow label=words.filters hook="record-filter" chips chosen=filter />
                <Show when=has_shown fallback=NoneUnderFilter>
                    <RecordList records=shown />
                </Show>
            </Show>
        </div>
    }
}

#[component]
fn NoRecords() -> impl IntoView {
    let words = words();
    view! {
        <EmptyState icon=icon::CAMERA title=words.no_records text=words.no_records_text>
            <RouteLink to=Route::Capture class="btn btn-main">
                {words.take_first}
            </RouteLink>
        </EmptyState>
    }
}

#[component]
fn NoneUnderFilter() -> impl IntoView {
    let words = words();
    view! {
        <EmptyState
            icon=icon::LAYOUT_LIST
            title=words.none_in_filter
            text=words.none_in_filter_text
        />
    }
}

/// One chip a filter, with how many records it holds. "All" has no number: it is the list.
fn chips_of(records: &[Record], words: Words) -> Vec<Chip<Filter>> {
    let count = |filter: Filter| records.iter().filter(|it| filter.includes(it)).count();
    let chip = |filter: Filter| Chip {
        value: filter,
        code: filter.code(),
        word: filter.word(words),
        count: (filter != Filter::All).then(|| count(filter)),
    };
    Filter::ALL.into_iter().map(chip).collect()
}

/// The records under a filter, in the order they have. Each in an `Arc`, which `<For>` and the
/// parts of a row clone.
fn filtered(records: &[Record], filter: Filter) -> Vec<Arc<Record>> {
    records.iter().filter(|record| filter.includes(record)).cloned().map(Arc::new).collect()
}

#[cfg(test)]
mod tests {
    use app_shared::model::PhotoState;
    use domain::{Lang, case::CaseState};

    use super::{
        test_records::{ARRIVED, PHOTO_ARRIVED, record, refused, waiting},
        *,
    };

    fn records() -> Vec<Record> {
        let assigned = Some(CaseState::Assigned);
        vec![
            record(waiting(), assigned, PhotoState::OnPhone),
            record(refused(), None, PHOTO_ARRIVED),
            record(ARRIVED, assigned, PHOTO_ARRIVED),
            record(ARRIVED, Some(CaseState::Closed), PHOTO_ARRIVED),
        ]
    }

    #[test]
    fn each_chip_counts_the_records_under_it_and_all_counts_none() {
        let chips = chips_of(&records(), Words::of(Lang::En));
        let counts: Vec<_> = chips.iter().map(|chip| (chip.code, chip.count)).collect();
        let expected = [
            ("all", None),
            ("needs-you", Some(1)),
            ("waiting", Some(1)),
            ("open", Some(2)),
            ("done", Some(1)),
            ("refused", Some(1)),
        ];
        assert_eq!(counts, expected);
    }

    #[test]
    fn list_under_a_chip_holds_as_many_as_the_chip_counts_in_the_order_of_all() {
        let records = records();
        for chip in chips_of(&records, Words::of(Lang::En)) {
            let shown = filtered(&records, chip.value);
            assert_eq!(shown.len(), chip.count.unwrap_or(records.len()), "{}", chip.code);
            let mut rest = records.iter();
            assert!(shown.iter().all(|it| rest.any(|record| record == it.as_ref())));
        }
    }
}
