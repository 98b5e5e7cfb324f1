//! The chosen queue on paper: whose list it is, of which week, when it was printed, and a
//! line a case with its number and due date. It is in the page only while it is printed, and
//! has the cases of the queue, not only those near the eye.

use leptos::prelude::*;

use super::{BoardContext, DistrictClock, board_item::BoardItem, queue};
use app_shared::{
    model::Model,
    route::after_render,
    text::{Words, words},
};

/// Follows the browser's own command to print.
pub fn follow_printing(printing: RwSignal<bool>) {
    let before = window_event_listener_untyped("beforeprint", move |_| printing.set(true));
    let after = window_event_listener_untyped("afterprint", move |_| printing.set(false));
    on_cleanup(move || {
        before.remove();
        after.remove();
    });
}

/// Prints once all of the list is in the page: effects do not run inside a call of `print`.
pub fn print(board: BoardContext) {
    leptos::task::spawn_local(async move {
        board.list.load_all().await;
        if board.printing.try_set(true).is_none() {
            after_render(|| {
                let _shown = window().print();
            });
        }
    });
}

#[component]
pub fn PrintedList() -> impl IntoView {
    let board = BoardContext::here();
    view! {
        <Show when=move || board.printing.get()>
            <PrintedPage />
        </Show>
    }
}

#[component]
fn PrintedPage() -> impl IntoView {
    let words = words();
    let board = BoardContext::here();
    let clock = board.clock.get_untracked();
    let district = Model::here().district.with_untracked(|district| {
        district.as_ref().map(|district| district.pack().names.get(words.lang).to_owned())
    });
    let queue = queue::word(board.queue.get_untracked(), words);
    let search = board.choice.search.get_untracked();
    let parts = Model::here().district.with_untracked(|district| {
        board.choice.filter.get_untracked().parts(district.as_deref(), words)
    });
    let parts: Vec<String> = parts.into_iter().map(|(_, text)| text).collect();
    let items = board.rows.get_untracked();
    let columns = words.printed_columns();
    let lines = items
        .iter()
        .map(|item| {
            let line = PrintedLine::of(item, clock, words);
            view! {
                <tr>
                    <td>{line.number}</td>
                    <td>{line.category}</td>
                    <td>{line.place}</td>
                    <td>{line.holder}</td>
                    <td>{line.due}</td>
                    <td>{line.state}</td>
                </tr>
            }
        })
        .collect_view();
    view! {
        <section class="print-only printed" data-test="printed-list">
            <h2>{district} " · " {words.week(clock.now, clock.utc_offset_minutes)}</h2>
            <p>{words.printed_choice(queue, items.len(), &search)}</p>
            {(!parts.is_empty()).then(|| view! { <p>{parts.join(" · ")}</p> })}
            <p>{words.printed_at(clock.now, clock.utc_offset_minutes)}</p>
            <table>
                <thead>
                    <tr>
                        <th>{columns.number}</th>
                        <th>{columns.category}</th>
                        <th>{columns.place}</th>
                        <th>{columns.holder}</th>
                        <th>{columns.due}</th>
                        <th>{columns.state}</th>
                    </tr>
                </thead>
                <tbody>{lines}</tbody>
            </table>
        </section>
    }
}

/// What one case is on paper.
#[derive(Clone, Debug, PartialEq, Eq)]
struct PrintedLine {
    number: String,
    category: String,
    place: String,
    holder: String,
    /// The date itself: "in 3 h" means nothing on paper.
    due: String,
    state: &'static str,
}

impl PrintedLine {
    fn of(item: &BoardItem, clock: DistrictClock, words: Words) -> Self {
        let due = item.due();
        Self {
            number: item.row.number.clone(),
            category: item.category.clone(),
            place: item.place.clone(),
            holder: item.holder.clone().unwrap_or_else(|| words.no_unit.into()),
            due: due
                .map_or_else(|| "–".into(), |due| words.date_time(due, clock.utc_offset_minutes)),
            state: words.state(item.state()),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use domain::{Lang, Timestamp};

    use super::*;
    use crate::screens::board::test_cases::{HOUR_MS, NOON_MS, TestCase, district};

    const CLOCK: DistrictClock =
        DistrictClock { now: Timestamp::from_millis(NOON_MS), utc_offset_minutes: 480 };

    #[test]
    fn printed_line_has_number_category_place_holder_due_date_and_state() {
        let case = TestCase::assigned().number("2026-000017").due(NOON_MS + 5 * HOUR_MS);
        let row = Arc::new(case.row());
        for (lang, expected) in [
            (
                Lang::Hans,
                [
                    "2026-000017",
                    "占道经营",
                    "人民路 · 中心市场",
                    "城管局 · 徐昌华",
                    "2026年11月29日 17:00",
                ],
            ),
            (
                Lang::Hant,
                [
                    "2026-000017",
                    "佔道經營",
                    "人民路 · 中心市場",
                    "城管局 · 徐昌華",
                    "2026年11月29日 17:00",
                ],
            ),
            (
                Lang::En,
                [
                    "2026-000017",
                    "Stalls blocking the way",
                    "People’s Road · Central market",
                    "Urban Management · Xu Changhua",
                    "29 Nov 2026 17:00",
                ],
            ),
        ] {
            let words = Words::of(lang);
            let item = BoardItem::new(row.clone(), Some(&district()), words);
            let line = PrintedLine::of(&item, CLOCK, words);
            let printed =
                [line.number, line.category, line.place, line.holder, line.due].map(String::from);
            assert_eq!(printed, expected.map(String::from));
            assert_eq!(line.state, words.state_assigned);
        }
    }

    #[test]
    fn printed_line_of_a_case_in_the_tray_says_that_unit_and_due_date_are_not_there_yet() {
        for lang in Lang::ALL {
            let words = Words::of(lang);
            let row = Arc::new(TestCase::in_tray().row());
            let item = BoardItem::new(row, Some(&district()), words);
            let line = PrintedLine::of(&item, CLOCK, words);
            assert_eq!(line.holder, words.no_unit);
            assert_eq!(line.due, "–");
        }
    }
}
