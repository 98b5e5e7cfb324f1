//! The list, windowed: only rows near the eye are in the page, whatever its length.
//! What arrives while it is scrolled waits behind a count instead of moving the row
//! under the finger.

use std::{collections::BTreeSet, sync::Arc};

use leptos::{html, prelude::*};
use wasm_bindgen::JsCast as _;
use web_sys::HtmlElement;

use super::{BoardContext, board_item::BoardItem, board_items::BoardItems, board_row::BoardRow};
use app_shared::{
    components::icon::{self, Icon},
    route::after_render,
    text::words,
};

/// Pixels of a row at the usual size of text, until one was measured.
const HEIGHT_WIDE: i32 = 76;
const HEIGHT_NARROW: i32 = 92;
/// Rows kept beyond what is seen, so that scrolling shows no gaps.
const MARGIN: usize = 6;
/// So many rows before the end of the known ones the next are asked for.
const AHEAD: usize = 30;
/// Pixels from the top within which new rows are simply shown.
const AT_TOP: i32 = 24;

#[component]
pub fn ItemList() -> impl IntoView {
    let words = words();
    let board = BoardContext::here();
    let scroller = NodeRef::<html::Div>::new();
    let top = RwSignal::new(0);
    let seen = RwSignal::new(900);
    let fresh = RwSignal::new(0_usize);
    hold_arrivals(board, scroller, top, fresh);
    let measured = RwSignal::new(None::<i32>);
    let usual = move || if board.wide.get() { HEIGHT_WIDE } else { HEIGHT_NARROW };
    let height = move || measured.get().unwrap_or_else(usual);
    let measure = move || {
        if let Some(scroller) = scroller.get_untracked() {
            top.set(scroller.scroll_top());
            seen.set(scroller.client_height());
        }
    };
    Effect::new(move |_| {
        if scroller.get().is_some() {
            measure();
        }
    });
    // Which rows are in the page: the first and how many.
    let window = Memo::new(move |_| {
        let height = height().max(1);
        let first = usize::try_from(top.get() / height).unwrap_or(0).saturating_sub(MARGIN);
        let count = usize::try_from(seen.get() / height).unwrap_or(0) + 2 * MARGIN + 2;
        (first, count)
    });
    let visible = move || {
        let (first, count) = window.get();
        board.shown.with(|rows| rows.iter().skip(first).take(count).cloned().collect::<Vec<_>>())
    };
    let stage = NodeRef::<html::Div>::new();
    let rows = NodeRef::<html::Ul>::new();
    Effect::new(move |_| {
        let all = i32::try_from(board.shown.with(|rows| rows.len())).unwrap_or(i32::MAX);
        let first = i32::try_from(window.get().0).unwrap_or(0);
        if let Some(stage) = stage.get() {
            let tall = format!("{}px", all.saturating_mul(height()));
            let _set = HtmlElement::style(&stage).set_property("height", &tall);
        }
        if let Some(rows) = rows.get() {
            let moved = format!("translateY({}px)", first.saturating_mul(height()));
            let _set = HtmlElement::style(&rows).set_property("transform", &moved);
        }
    });
    // Rows grow with the text in them, by the style sheet.
    Effect::new(move |_| {
        // Whatever may bring other rows into the page, or show them otherwise.
        window.track();
        board.wide.track();
        board.shown.track();
        after_render(move || {
            let row = rows.try_get_untracked().flatten().and_then(|rows| row_height(&rows));
            if row.is_some() && measured.try_get_untracked().is_some_and(|known| known != row) {
                measured.set(row);
            }
        });
    });
    follow_selection(board, scroller, height);
    Effect::new(move |_| {
        let (first, count) = window.get();
        if first + count + AHEAD > board.shown.with(|rows| rows.len()) {
            board.list.load_more();
        }
    });
    let has_fresh = move || fresh.get() != 0;
    let show_fresh = move |_| {
        if let Some(scroller) = scroller.get_untracked() {
            scroller.set_scroll_top(0);
        }
        top.set(0);
        fresh.set(0);
        board.shown.set(board.rows.get_untracked());
    };
    view! {
        <div class="scroller" node_ref=scroller tabindex="-1" on:scroll=move |_| measure()>
            <div class="arrivals" aria-live="polite">
                <Show when=has_fresh>
                    <button
                        type="button"
                        class="btn btn-main"
                        data-test="arrivals"
                        on:click=show_fresh
                    >
                        <Icon icon=icon::ARROW_UP small=true />
                        {move || words.arrivals(fresh.get())}
                    </button>
                </Show>
            </div>
            <div class="virtual" node_ref=stage>
                <ul node_ref=rows class:picking=move || board.picking.is_on()>
                    <For
                        each=visible
                        key=|item| (item.id(), Arc::as_ptr(&item.row).addr())
                        let:item
                    >
                        <li>
                            <BoardRow item />
                        </li>
                    </For>
                </ul>
            </div>
        </div>
    }
}

/// At the top the list is what the queue is; scrolled, what is new waits behind a count.
fn hold_arrivals(
    board: BoardContext,
    scroller: NodeRef<html::Div>,
    top: RwSignal<i32>,
    fresh: RwSignal<usize>,
) {
    let mut before = None;
    Effect::new(move |_| {
        // Another question begins anew.
        let now = board.question.get();
        if before.as_ref().is_some_and(|before| *before != now) {
            if let Some(scroller) = scroller.get_untracked() {
                scroller.set_scroll_top(0);
            }
            top.set(0);
        }
        let rows = board.rows.get();
        let scrolled = top.get_untracked() > AT_TOP && before.as_ref() == Some(&now);
        before = Some(now);
        if scrolled {
            let (kept, new) = board.shown.with_untracked(|shown| keep(shown, &rows));
            fresh.set(new);
            board.shown.set(kept);
        } else {
            fresh.set(0);
            board.shown.set(rows);
        }
    });
}

/// `shown` with its items brought up to date and those that come after them, and how many of
/// `rows` it lacks.
fn keep(shown: &BoardItems, rows: &BoardItems) -> (BoardItems, usize) {
    let known: BTreeSet<_> = shown.iter().map(|item| item.id()).collect();
    let is_known = |item: &Arc<BoardItem>| known.contains(&item.id());
    let end = rows.iter().rposition(is_known).map_or(0, |last| last.saturating_add(1));
    let (until_end, further) = rows.split_at_checked(end).unwrap_or((rows, &[]));
    let kept = until_end.iter().filter(|item| is_known(item)).chain(further);
    let kept: Vec<Arc<BoardItem>> = kept.cloned().collect();
    let new = rows.len().saturating_sub(kept.len());
    (kept.into(), new)
}

/// Brings the chosen row into view when the keys move it.
fn follow_selection(
    board: BoardContext,
    scroller: NodeRef<html::Div>,
    height: impl Fn() -> i32 + Copy + 'static,
) {
    Effect::new(move |_| {
        let Some(id) = board.choice.selected.get() else { return };
        let at = board.shown.with_untracked(|rows| rows.iter().position(|row| row.id() == id));
        let (Some(at), Some(scroller)) = (at, scroller.get_untracked()) else { return };
        let from = i32::try_from(at).unwrap_or(0).saturating_mul(height());
        let (top, seen) = (scroller.scroll_top(), scroller.client_height());
        if from < top {
            scroller.set_scroll_top(from);
        } else if from + height() > top + seen {
            scroller.set_scroll_top(from + height() - seen);
        }
    });
}

/// Pixels of the first row in the page.
fn row_height(rows: &HtmlElement) -> Option<i32> {
    let row: HtmlElement = rows.first_element_child()?.dyn_into().ok()?;
    Some(row.offset_height()).filter(|height| *height > 0)
}

#[cfg(test)]
mod tests {
    use domain::{CaseId, Lang};

    use super::*;
    use crate::screens::board::test_cases::TestCase;
    use app_shared::text::Words;

    #[test]
    fn scrolled_list_keeps_its_rows_up_to_date_and_counts_what_is_new() {
        let list = |ids: &[u8]| -> BoardItems {
            let item = |id: &u8| {
                let row = Arc::new(TestCase::assigned().id(*id).row());
                Arc::new(BoardItem::new(row, None, Words::of(Lang::Hans)))
            };
            Arc::new(ids.iter().map(item).collect())
        };
        for (shown, rows, expected, new) in [
            (&[1, 2][..], &[3, 1, 2][..], &[1, 2][..], 1),
            (&[1, 2], &[4, 3, 1, 2], &[1, 2], 2),
            (&[1, 2], &[2], &[2], 0),
            (&[1, 2], &[3, 2], &[2], 1),
            // The next page.
            (&[1, 2], &[1, 2, 3, 4], &[1, 2, 3, 4], 0),
            (&[1, 2], &[5, 1, 2, 3], &[1, 2, 3], 1),
            (&[], &[1], &[1], 0),
        ] {
            let (kept, count) = keep(&list(shown), &list(rows));
            let kept: Vec<CaseId> = kept.iter().map(|item| item.id()).collect();
            let expected: Vec<CaseId> = expected.iter().copied().map(TestCase::case_id).collect();
            assert_eq!((kept, count), (expected, new), "{shown:?} {rows:?}");
        }
    }
}
